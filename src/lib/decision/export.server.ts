import type { Locale } from '../base/format.ts';
import { docx } from './export/docx.server.ts';
import { outline } from './export/outline.ts';
import { pdf } from './export/pdf.server.ts';
import type { DecisionRecord } from './record.ts';

/** A frozen record as a file. The words are the reader's; what was written stays as it was written. */
export type Exported = { body: Uint8Array<ArrayBuffer>; type: string; name: string };

export const FORMATS = ['json', 'docx', 'pdf'] as const;
export type Format = (typeof FORMATS)[number];

export async function exported(
	record: DecisionRecord,
	hash: string,
	format: Format,
	locale: Locale
): Promise<Exported> {
	const made = await MAKERS[format](record, hash, locale);
	return { body: new Uint8Array(made), type: TYPES[format], name: `${nameOf(record)}.${format}` };
}

type Maker = (record: DecisionRecord, hash: string, locale: Locale) => Promise<Buffer>;

const MAKERS: Record<Format, Maker> = {
	json: async (record, hash) => Buffer.from(JSON.stringify({ hash, record }, null, '\t')),
	docx: (record, hash, locale) => docx(record.case.title, outline(record, hash, locale)),
	pdf: (record, hash, locale) => pdf(record.case.title, outline(record, hash, locale), locale)
};

const TYPES: Record<Format, string> = {
	json: 'application/json',
	docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	pdf: 'application/pdf'
};

/** 'sag-14-beslutning-2018-10-11': only signs every file system takes. */
function nameOf(record: DecisionRecord): string {
	return `sag-${record.case.number}-beslutning-${record.decision.at.slice(0, 10)}`;
}
