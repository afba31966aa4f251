import { inflateRawSync, inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { exported } from '#lib/decision/export.server.ts';
import { lines } from '#lib/decision/export/lines.ts';
import type { Content, Node } from '#lib/document/content.ts';
import { type DecisionRecord, FORMAT, hashOf, verify } from '#lib/decision/record.ts';

const doc = (...content: Node[]): Content => ({ type: 'doc', content });
const paragraph = (text: string) => ({ type: 'paragraph', content: [{ type: 'text', text }] });

const record: DecisionRecord = {
	format: FORMAT,
	forum: { id: 'f', name: 'Centerchefforum', municipality: 'Sundby Kommune' },
	case: {
		id: 'c',
		number: 14,
		kind: 'decision',
		title: 'Fra to til otte områder?',
		question: 'Æ, ø og å?'
	},
	brief: null,
	text: {
		account: doc(paragraph('Fraværet er steget – i fem af ti områder.')),
		'option:o': doc(paragraph('Otte områder i hele perioden.'))
	},
	options: [
		{
			id: 'o',
			title: 'Otte områder',
			statusQuo: false,
			recommended: true,
			withdrawn: false,
			amount: 2_100_000,
			horizon: 'per år',
			funding: '',
			likelihood: null
		}
	],
	decision: {
		id: 'd',
		option: 'o',
		wording: 'Planen udvides.',
		rationale: { facts: 'Fakta.', values: '', sideConditions: '', constraints: '' },
		dissent: '',
		decider: 'external',
		standing: 'recommended',
		method: 'chair',
		by: { id: 'p', name: 'Maja Krog', title: 'Direktør', department: 'Direktionen' },
		at: '2018-10-11T10:00:00.000Z'
	},
	votes: [],
	evidence: [],
	figures: [],
	followUp: { goals: [], actions: [], none: 'Det er en prøve' }
};

describe('a decision as a file', () => {
	it('is JSON that carries its own hash', async () => {
		const file = await exported(record, await hashOf(record), 'json', 'da');
		const read = JSON.parse(Buffer.from(file.body).toString('utf8'));
		expect(await verify(read.record, read.hash)).toBe(true);
		expect(file.name).toBe('sag-14-beslutning-2018-10-11.json');
	});

	it('is a Word file with the words in it', async () => {
		const file = await exported(record, await hashOf(record), 'docx', 'da');
		const text = unzipped(Buffer.from(file.body), 'word/document.xml');
		for (const words of [
			'Fra to til otte områder?',
			'Æ, ø og å?',
			'Planen udvides.',
			'Det er en prøve'
		])
			expect(text).toContain(words);
	});

	it('says how evidence was told and weighed, and what contradicted what; an earlier record says none of it', async () => {
		const plain = {
			id: 'e',
			kind: 'practice',
			title: 'Morgenopkald',
			note: '',
			link: null,
			stance: 'supports',
			figure: null,
			parked: false,
			addedAt: '2018-09-01T10:00:00.000Z',
			addedBy: 'Tove Holm',
			role: 'informed' as const
		};
		const weighed: DecisionRecord = {
			...record,
			evidence: [
				{
					...plain,
					told: { role: 'Skoleleder i 12 år' },
					file: { name: 'opkald.pdf', size: 12, sha256: 'a'.repeat(64) },
					appraisals: [
						{ name: 'Jonas Bruun', credibility: 'high', relevance: 'low', reason: 'Én skole.' }
					]
				},
				{ ...plain, id: 'f', title: 'Notatet' }
			],
			links: [{ from: 'f', to: 'e', relation: 'contradicts' }],
			looks: [{ by: 'Maja Krog', at: '2018-09-02T10:00:00.000Z', where: 'VIVE' }]
		};
		const text = async (one: DecisionRecord) =>
			unzipped(
				Buffer.from((await exported(one, await hashOf(one), 'docx', 'da')).body),
				'word/document.xml'
			);
		for (const words of ['Skoleleder i 12 år', 'opkald.pdf', 'Én skole.', 'modsiger', 'VIVE'])
			expect(await text(weighed)).toContain(words);
		const earlier = { ...record, evidence: [plain] };
		expect(await text(earlier)).toContain('Morgenopkald');
		const file = await exported(earlier, await hashOf(earlier), 'pdf', 'da');
		expect(Buffer.from(file.body).subarray(0, 5).toString()).toBe('%PDF-');
	});

	it('says with each figure where it comes from, how good it is and what is hidden', async () => {
		const figure = {
			id: 'x',
			title: 'Fravær',
			why: '',
			algorithm: 'Risikomodel 2',
			spec: { kind: 'table', measure: 'b', where: {}, x: 'o' },
			dimensions: [
				{
					key: 'o',
					label: 'Område',
					role: 'area',
					categories: [
						{ code: 'N', label: 'Nord' },
						{ code: 'S', label: 'Syd' }
					]
				}
			],
			measure: { key: 'b', label: 'Børn', unit: 'antal', decimals: 0 },
			cells: [
				{ coordinates: { o: 'N' }, value: 12, status: 'ok' },
				{ coordinates: { o: 'S' }, value: null, status: 's' }
			],
			breaks: [],
			citation: {
				datasetId: 'd',
				title: 'Boligområderne',
				versionId: 'v',
				number: 2,
				asOf: '2018-08-01',
				owner: 'Else Winther',
				department: 'Økonomi',
				source: 'Kommunens register',
				registration: 'Føres af skolerne',
				grade: 'weak',
				synthetic: false,
				limit: 5
			}
		} as unknown as DecisionRecord['figures'][number];
		const file = await exported({ ...record, figures: [figure] }, 'hash', 'docx', 'da');
		const text = unzipped(Buffer.from(file.body), 'word/document.xml');
		for (const words of [
			'Boligområderne',
			'Else Winther, Økonomi',
			'Kommunens register',
			'Svag',
			'Føres af skolerne',
			'færre end 5 personer',
			'Resultat af en algoritme: Risikomodel 2'
		])
			expect(text).toContain(words);
	});

	it('is a PDF with Danish letters whole', async () => {
		const file = await exported(record, await hashOf(record), 'pdf', 'da');
		const bytes = Buffer.from(file.body);
		expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
		const text = pdfText(bytes);
		expect(text).toContain('Fra to til otte områder?');
		expect(text).toContain('Æ, ø og å?');
		expect(text).toContain('Fraværet er steget – i fem af ti områder.');
	});
});

it('shared text becomes lines: headings, lists in lists, quotes, bold and links', () => {
	const item = (...content: Node[]) => ({ type: 'listItem', content });
	const text = doc(
		{ type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: 'Overskrift' }] },
		{
			type: 'orderedList',
			attrs: { start: 3 },
			content: [
				item(paragraph('tredje'), { type: 'bulletList', content: [item(paragraph('inde i'))] }),
				item(paragraph('fjerde'))
			]
		},
		{ type: 'blockquote', content: [paragraph('citat')] },
		{
			type: 'paragraph',
			content: [
				{ type: 'text', text: 'fed', marks: [{ type: 'bold' }] },
				{ type: 'text', text: 'her', marks: [{ type: 'link', attrs: { href: 'https://x.dk' } }] }
			]
		},
		{ type: 'paragraph' }
	);
	expect(
		lines(text).map(({ kind, depth, number, runs }) => [
			kind,
			depth,
			number,
			runs.map((r) => r.text).join()
		])
	).toEqual([
		['heading', 0, null, 'Overskrift'],
		['number', 1, 3, 'tredje'],
		['bullet', 2, null, 'inde i'],
		['number', 1, 4, 'fjerde'],
		['quote', 0, null, 'citat'],
		['paragraph', 0, null, 'fed,her']
	]);
	expect(lines(text).at(-1)!.runs).toMatchObject([{ bold: true }, { href: 'https://x.dk' }]);
});

/** One file out of a ZIP, by its central directory. */
function unzipped(zip: Buffer, wanted: string): string {
	let at = zip.readUInt32LE(zip.lastIndexOf(Buffer.from('504b0506', 'hex')) + 16);
	while (zip.readUInt32LE(at) === 0x02014b50) {
		const [size, name, extra, comment] = [20, 28, 30, 32].map((offset, i) =>
			i === 0 ? zip.readUInt32LE(at + offset) : zip.readUInt16LE(at + offset)
		) as [number, number, number, number];
		if (zip.toString('utf8', at + 46, at + 46 + name) === wanted) {
			const local = zip.readUInt32LE(at + 42);
			const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
			return inflateRawSync(zip.subarray(start, start + size)).toString('utf8');
		}
		at += 46 + name + extra + comment;
	}
	throw new Error(`no ${wanted} in the file`);
}

/** What a PDF's pages show: the hex strings of its text operators, in WinAnsi. */
function pdfText(pdf: Buffer): string {
	const latin = pdf.toString('latin1');
	const decoder = new TextDecoder('windows-1252');
	let text = '';
	for (const found of latin.matchAll(/stream\r?\n([\s\S]*?)\r?\nendstream/g)) {
		let content: string;
		try {
			content = inflateSync(Buffer.from(found[1]!, 'latin1')).toString('latin1');
		} catch {
			continue;
		}
		for (const shown of content.matchAll(/\[((?:<[0-9a-f]*>|[-\d.\s]+)*)\] TJ/gi)) {
			for (const hex of shown[1]!.matchAll(/<([0-9a-f]*)>/gi))
				text += decoder.decode(Buffer.from(hex[1]!, 'hex'));
			text += ' ';
		}
	}
	return text.replace(/\s+/g, ' ');
}
