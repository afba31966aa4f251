import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { kinds, sources } from '#lib/case/evidence.ts';
import { cleanName, FILE_ENDINGS, judgeFile, MOST_FILE_BYTES } from '#lib/case/file.ts';
import { readLine, webLink } from '#lib/case/link.ts';
import { asksForCounter, DISC, mapOf, relations, standingLinks } from '#lib/case/relations.ts';
import { LANES, timeline } from '#lib/case/timeline.ts';
import { fieldsOf, tidy, toldFields } from '#lib/case/told.ts';
import { MOST_TITLE, titleOf } from '#lib/case/turned.ts';

const RUNS = Number(process.env.FUZZ_RUNS ?? 100);
const day = (n: number) => new Date(Date.UTC(2026, 0, 1) + n * 86_400_000);

describe('a line that is pasted', () => {
	test.each([
		['10.1000/182', 'https://doi.org/10.1000/182', 'doi:10.1000/182'],
		['doi:10.1000/182', 'https://doi.org/10.1000/182', 'doi:10.1000/182'],
		['https://dx.doi.org/10.1000/182.', 'https://doi.org/10.1000/182', 'doi:10.1000/182'],
		[
			'10.1016/S0140-6736(05)67394-1',
			'https://doi.org/10.1016/S0140-6736(05)67394-1',
			'doi:10.1016/S0140-6736(05)67394-1'
		],
		['Skolefravær (https://vive.dk/da/a/)', 'https://vive.dk/da/a/', 'Skolefravær'],
		['Evaluering – doi: 10.1000/182', 'https://doi.org/10.1000/182', 'Evaluering'],
		['www.kl.dk/skole?x=1, KL om skole', 'https://www.kl.dk/skole?x=1', 'KL om skole'],
		['vive.dk/da/udgivelser', 'https://vive.dk/da/udgivelser', 'vive.dk/da/udgivelser'],
		['Samtaler med 12 familier', null, 'Samtaler med 12 familier'],
		['Notat 10/12 om 3.000 kr.', null, 'Notat 10/12 om 3.000 kr.'],
		['javascript:alert(1)', null, 'javascript:alert(1)']
	])('%s is read as its link and its title', (line, link, title) => {
		expect(readLine(line)).toEqual({ link, title });
	});

	test('a DOI’s own signs do not end its address', () => {
		expect(webLink('10.1002/(SICI)1097(1998)3:2;CO;2-#')).toBe(
			'https://doi.org/10.1002/(SICI)1097(1998)3:2;CO;2-%23'
		);
	});

	test('nothing but the web’s own addresses is ever a link, and what it makes it keeps', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.webUrl()), (line) => {
				const { title, link } = readLine(line);
				if (link) {
					expect(new URL(link).protocol).toMatch(/^https?:$/);
					expect(webLink(link)).toBe(link);
				}
				expect(title === '').toBe(line.trim() === '');
			}),
			{ numRuns: RUNS }
		);
	});

	test.each(['data:text/html,x', 'ingen adresse', 'https://a:b@kl.dk/', 'localhost', 'file:///x'])(
		'%s is no link',
		(typed) => expect(webLink(typed)).toBeNull()
	);
});

describe('a file', () => {
	const bytes = (...begin: number[]) => new Uint8Array([...begin, 1, 2, 3]);
	const pdf = bytes(0x25, 0x50, 0x44, 0x46, 0x2d);

	test('is served as what its bytes are, under its own name', () => {
		expect(judgeFile('C:\\rapporter\\Fravær 2025.PDF', pdf)).toEqual({
			name: 'Fravær 2025.PDF',
			type: 'application/pdf'
		});
	});
	test.each([
		['a page under a report’s name', 'rapport.pdf', new TextEncoder().encode('<html>'), 'mismatch'],
		['a page', 'side.html', new TextEncoder().encode('<html>'), 'kind'],
		['a drawing that can hold script', 'a.svg', new TextEncoder().encode('<svg>'), 'kind'],
		['a program', 'a.exe', bytes(0x4d, 0x5a), 'kind'],
		['no ending', 'rapport', pdf, 'kind'],
		['bytes that are no text', 'tal.csv', new Uint8Array([0x41, 0, 0x42]), 'mismatch'],
		['nothing', 'rapport.pdf', new Uint8Array(), 'empty'],
		['too much', 'rapport.pdf', new Uint8Array(MOST_FILE_BYTES + 1), 'too_large']
	])('%s is refused', (_, name, content, code) => {
		expect(judgeFile(name, content)).toEqual({ code: `case.file_${code}` });
	});
	test('has a name that a header and a file system can hold, whatever it was called', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(...FILE_ENDINGS), (name, end) => {
				const clean = cleanName(`${name}.${end}`);
				// eslint-disable-next-line no-control-regex -- none may be left
				expect(clean).not.toMatch(/[\u0000-\u001f"\\/<>|:*?\u202a-\u202e]/);
				expect(clean.isWellFormed()).toBe(true);
				expect(clean.endsWith(`.${end}`)).toBe(true);
				expect(clean.length).toBeLessThanOrEqual(130);
			}),
			{ numRuns: RUNS }
		);
	});
});

test('what is told keeps to its kind, and what is empty is not kept', () => {
	const told = fc.record(
		Object.fromEntries(toldFields.map((field) => [field, fc.string()])) as Record<
			(typeof toldFields)[number],
			fc.Arbitrary<string>
		>,
		{ requiredKeys: [] }
	);
	fc.assert(
		fc.property(fc.constantFrom(...kinds), told, (kind, given) => {
			const kept = tidy(kind, given);
			for (const [field, words] of Object.entries(kept)) {
				expect(fieldsOf(kind)).toContain(field);
				expect(words.trim()).toBe(words);
				expect(words).not.toBe('');
			}
			expect(tidy(kind, kept)).toEqual(kept);
		}),
		{ numRuns: RUNS }
	);
});

const board = fc
	.array(
		fc.record({
			kind: fc.constantFrom(...kinds),
			title: fc.string({ minLength: 1 }),
			addedAt: fc.integer({ min: 0, max: 30 }).map(day),
			parkedAt: fc.option(fc.constant(day(40))),
			stance: fc.constantFrom('supports' as const, 'neutral' as const, 'contradicts' as const)
		}),
		{ maxLength: 9 }
	)
	.map((items) => items.map((item, i) => ({ ...item, id: `e${i}` })))
	.chain((items) =>
		fc.record({
			items: fc.constant(items),
			links: fc
				.uniqueArray(fc.tuple(fc.nat(8), fc.nat(8), fc.constantFrom(...relations)), {
					selector: ([a, b]) => `${a}-${b}`
				})
				.map((pairs) =>
					pairs
						.filter(([a, b]) => a !== b && a < items.length && b < items.length)
						.map(([a, b, relation], i) => ({
							id: `l${i}`,
							fromId: `e${a}`,
							toId: `e${b}`,
							relation
						}))
				)
		})
	);

describe('the map', () => {
	test('shows each link once and only what is linked, no disc upon another, all inside it', () => {
		fc.assert(
			fc.property(board, ({ items, links }) => {
				const map = mapOf(items, links);
				expect(map.edges.map(({ id }) => id)).toEqual(links.map(({ id }) => id));
				const linked = new Set(links.flatMap(({ fromId, toId }) => [fromId, toId]));
				expect(new Set(map.nodes.map(({ id }) => id))).toEqual(linked);
				expect(map.nodes.map(({ number }) => number)).toEqual(map.nodes.map((_, i) => i + 1));
				for (const [i, a] of map.nodes.entries()) {
					expect(a.x).toBeGreaterThanOrEqual(DISC);
					expect(a.x).toBeLessThanOrEqual(map.width - DISC);
					expect(a.y).toBeLessThanOrEqual(map.height - DISC);
					for (const b of map.nodes.slice(i + 1))
						expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(2 * DISC);
				}
				for (const { path } of map.edges) expect(path).not.toContain('NaN');
			}),
			{ numRuns: RUNS }
		);
	});
	test('has a column for a source only where something of it is linked', () => {
		expect(sources).toHaveLength(4);
		const item = (id: string, kind: (typeof kinds)[number]) => ({
			id,
			kind,
			title: id,
			addedAt: day(1)
		});
		const link = { id: 'l', fromId: 'a', toId: 'b', relation: 'supports' as const };
		const map = mapOf(
			[item('a', 'figure'), item('b', 'stakeholder'), item('c', 'research')],
			[link]
		);
		expect(map.nodes.map(({ x }) => x)).toEqual([46, 138]);
	});
});

test('what speaks against is asked for only where nothing does, and once', () => {
	fc.assert(
		fc.property(board, ({ items, links }) => {
			const standing = items.filter(({ parkedAt }) => !parkedAt);
			const against =
				standing.some(({ stance }) => stance === 'contradicts') ||
				standingLinks(links, items).some(({ relation }) => relation === 'contradicts');
			expect(asksForCounter(items, links, [])).toBe(standing.length > 1 && !against);
			expect(asksForCounter(items, links, ['looked'])).toBe(false);
		}),
		{ numRuns: RUNS }
	);
});

describe('what came first', () => {
	const at = fc.integer({ min: 0, max: 400 }).map(day);
	const told = fc.record({
		question: fc.record({ title: fc.string(), at }),
		evidence: fc.array(
			fc.record({ kind: fc.constantFrom(...kinds), title: fc.string(), addedAt: at })
		),
		options: fc.array(fc.record({ title: fc.string(), statusQuo: fc.boolean(), createdAt: at })),
		decision: fc.option(fc.record({ title: fc.string(), at }))
	});
	test('everything stands once on the axis, in its order, between its ends', () => {
		fc.assert(
			fc.property(told, (case_) => {
				const line = timeline(case_);
				const expected =
					1 +
					case_.evidence.length +
					case_.options.filter(({ statusQuo }) => !statusQuo).length +
					(case_.decision ? 1 : 0);
				if (expected < 2) {
					expect(line).toBeNull();
					return;
				}
				expect(line!.moments).toHaveLength(expected);
				for (const [i, moment] of line!.moments.entries()) {
					expect(LANES).toContain(moment.lane);
					expect(moment.x).toBeGreaterThanOrEqual(0);
					expect(moment.x).toBeLessThanOrEqual(1);
					if (i) expect(moment.x).toBeGreaterThanOrEqual(line!.moments[i - 1]!.x);
				}
			}),
			{ numRuns: RUNS }
		);
	});
	test('a question alone has no axis', () => {
		const question = { title: 'Hvilke?', at: day(1) };
		const quo = { title: 'Som nu', statusQuo: true, createdAt: day(1) };
		expect(timeline({ question, evidence: [], options: [quo], decision: null })).toBeNull();
	});
});

describe('a title made of a note', () => {
	test('is its first sentence; a short note is its own title', () => {
		expect(titleOf('Det er for højt. Vi så det i 2019.')).toBe('Det er for højt.');
		expect(titleOf(' Er det 3.5 pct.?\nJa.')).toBe('Er det 3.5 pct.?');
	});
	test('is never longer than a title, and begins as the note does', () => {
		fc.assert(
			fc.property(fc.string({ minLength: 1, maxLength: 400 }), (words) => {
				const title = titleOf(words);
				expect([...title].length).toBeLessThanOrEqual(MOST_TITLE);
				const flat = words.trim().split('\n')[0]!.replace(/\s+/g, ' ').trim();
				expect(flat.startsWith(title.replace(/…$/, ''))).toBe(true);
			}),
			{ numRuns: RUNS }
		);
	});
});
