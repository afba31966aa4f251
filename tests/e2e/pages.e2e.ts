import { askOutside } from './asked.ts';
import { COUPLING, coupleAreas } from './coupled.ts';
import { accessible, expect, fits, test } from './story.ts';

/** Every page of the demo, as somebody who may see it: accessible, in both languages, at every width. */
test.use({ stage: 'demo' });
test.describe.configure({ mode: 'parallel' });

const FORUM = '/f/centerchefforum';
const LISTS = [
	'',
	'/data',
	'/data/new',
	'/data/accounts',
	'/briefs',
	'/briefs/new',
	'/cases',
	'/cases/new',
	'/meetings',
	'/goals',
	'/goals/new',
	'/members',
	'/charter',
	'/templates',
	'/budget',
	'/glossary',
	'/backlog',
	'/hand-over',
	'/log'
];

async function everyPage(sql: import('#lib/base/sql.server.ts').Sql): Promise<string[]> {
	const [made] = await sql`select from couplings where title = ${COUPLING}`;
	if (!made) await coupleAreas(sql);
	const [outside] = await sql<{ id: string }[]>`
		select r.id from brief_recognitions r join objects b on b.id = r.brief_id
		join forums f on f.id = b.forum_id where f.slug = 'direktion'`;
	const asked = outside?.id ?? (await askOutside(sql));
	const rows = await sql<{ kind: string; id: string }[]>`
		select distinct on (kind, phase) kind, id from objects order by kind, phase, created_at`;
	const places: Record<string, string> = {
		dataset: '/data',
		brief: '/briefs',
		case: '/cases',
		meeting: '/meetings',
		decision: '/decisions',
		goal: '/goals'
	};
	const objects = rows.map(({ kind, id }) => `${places[kind]}/${id}`);
	const [dataset, kase, brief] = ['dataset', 'case', 'brief'].map(
		(kind) => rows.find((row) => row.kind === kind)!.id
	);
	const [measure] = await sql<{ measure: string }[]>`
		select measure from indicators where dataset_id = ${dataset!} order by measure limit 1`;
	const indicator = `/data/${dataset}/indicators/${measure!.measure}`;
	const [compared] = await sql<{ id: string }[]>`
		select dataset_id id from versions where number = 2 order by imported_at limit 1`;
	const [other] = await sql<{ id: string }[]>`
		select dataset_id id from versions where dataset_id <> ${compared!.id} order by imported_at limit 1`;
	const [coupling] = await sql<
		{ id: string }[]
	>`select id from couplings where title = ${COUPLING}`;
	const [derived] = await sql<{ id: string; datasetId: string }[]>`
		select id, dataset_id "datasetId" from derived_measures limit 1`;
	return [
		...LISTS.map((path) => FORUM + path),
		...objects,
		`/data/${dataset}/versions/1`,
		`/data/${dataset}/versions/1/card`,
		indicator,
		`${indicator}/describe`,
		`/data/${dataset}/import`,
		`/data/${dataset}/describe`,
		`/data/${compared!.id}/compare`,
		`/data/${compared!.id}/compare?row=1#chart`,
		`/data/${compared!.id}/couple?with=${dataset === compared!.id ? other!.id : dataset}`,
		`/data/${dataset}/pull?preset=statbank`,
		`/couplings/${coupling!.id}`,
		`/data/${derived!.datasetId}/derived/${derived!.id}`,
		`/cases/${kase}/print`,
		`/cases/${kase}/history?read=now`,
		`/briefs/${brief}/history?read=now`,
		`/recognitions/${asked}`,
		'/decisions/verify',
		'/work',
		'/me'
	];
}

for (const [locale, scheme, width, other] of [
	['da-DK', 'light', 1280, 360],
	['en-GB', 'dark', 360, 1920]
] as const)
	test(`every page is accessible, whole and worded in ${locale}, ${scheme}, at ${width} px, and fits ${other} px`, async ({
		world,
		as
	}) => {
		test.setTimeout(240_000);
		const options = {
			locale,
			colorScheme: scheme,
			viewport: { width, height: 900 },
			reducedMotion: 'reduce'
		} as const;
		const [director, analyst] = [await as('maja', options), await as('else', options)];
		for (const path of await everyPage(world.db.sql)) {
			const page = /\/(import|describe|pull\?.*)$|^\/recognitions/.test(path) ? analyst : director;
			const response = await page.goto(path);
			expect.soft(response!.status(), path).toBe(200);
			await expect.soft(page.locator('html')).toHaveAttribute('lang', locale.slice(0, 2));
			await expect.soft(page.locator('h1').first(), path).toBeVisible();
			// A key instead of a sentence looks like case_section_risk.
			expect
				.soft(await page.locator('body').innerText(), path)
				.not.toMatch(
					/\b(?:base|people|forum|data|document|annotation|brief|case|meeting|decision|goal|thread|chart|ui|error)_[a-z_]+\b/
				);
			await fits(page);
			await accessible(page);
			await page.setViewportSize({ width: other, height: 900 });
			await fits(page);
			await page.setViewportSize(options.viewport);
		}
	});
