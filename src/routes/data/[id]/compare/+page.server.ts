import * as breaks from '#lib/data/breaks.server.ts';
import { comparison } from '#lib/data/comparison.server.ts';
import * as datasets from '#lib/data/datasets.server.ts';
import { comparedOverall } from '#lib/brief/compared.server.ts';
import { editions } from '#lib/chart/editions.server.ts';
import * as mappings from '#lib/data/mappings.server.ts';
import { m } from '#paraglide/messages.js';
import { walk } from '#lib/thread/links.server.ts';
import { page } from '#lib/ui/door.server.ts';
import type { PageServerLoad } from './$types';

/** Any two versions beside each other; the newest against the one before unless the address says otherwise. */
export const load: PageServerLoad = page(async ({ locals, params, url, depends }) => {
	const { db, person } = locals;
	depends(`object:${params.id}`);
	const dataset = await datasets.page(db, person, params.id);
	const numbers = dataset.versions.map(({ number }) => number);
	const asked = (name: string, otherwise: number) => {
		const number = Number(url.searchParams.get(name));
		return numbers.includes(number) ? number : otherwise;
	};
	const to = asked('to', numbers[0] ?? 0);
	const from = asked('from', numbers.find((number) => number < to) ?? numbers.at(-1) ?? 0);
	const measure = url.searchParams.get('measure') || null;
	const start = Number.parseInt(url.searchParams.get('start') ?? '0', 10) || 0;
	const compared =
		numbers.length > 1 && from !== to
			? await comparison(db, person, params.id, { from, to, measure, start })
			: null;
	const looked = compared?.changes.revised.at(Number(url.searchParams.get('row') ?? 0) || 0);
	return {
		title: m.data_compare_of({ title: dataset.title }),
		dataset,
		from,
		to,
		measure,
		compared,
		figure: compared && looked ? await editions(db, compared, looked) : null,
		overall: compared && looked ? await comparedOverall(db, compared, looked) : null,
		breaks: await breaks.breaksOf(db, [params.id]),
		renamed: (await mappings.lines(db, params.id)).filter(({ ended }) => !ended),
		walk: await walk(db, person, params.id),
		topics: [params.id]
	};
});
