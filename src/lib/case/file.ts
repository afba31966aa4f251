/** Which files may be put forward as evidence: judged by their bytes, not by what their sender calls them. */

/** The one limit: a report with pictures is well below it. */
export const MOST_FILE_BYTES = 10 * 1024 * 1024;

const OOXML = 'application/vnd.openxmlformats-officedocument';
const ODF = 'application/vnd.oasis.opendocument';

/** By ending: the type it is served as, and how its bytes begin. Text has no beginning of its own. */
const TYPES: Record<string, { type: string; begins: 'pdf' | 'zip' | 'png' | 'jpeg' | 'text' }> = {
	pdf: { type: 'application/pdf', begins: 'pdf' },
	docx: { type: `${OOXML}.wordprocessingml.document`, begins: 'zip' },
	xlsx: { type: `${OOXML}.spreadsheetml.sheet`, begins: 'zip' },
	pptx: { type: `${OOXML}.presentationml.presentation`, begins: 'zip' },
	odt: { type: `${ODF}.text`, begins: 'zip' },
	ods: { type: `${ODF}.spreadsheet`, begins: 'zip' },
	odp: { type: `${ODF}.presentation`, begins: 'zip' },
	png: { type: 'image/png', begins: 'png' },
	jpg: { type: 'image/jpeg', begins: 'jpeg' },
	jpeg: { type: 'image/jpeg', begins: 'jpeg' },
	txt: { type: 'text/plain', begins: 'text' },
	csv: { type: 'text/csv', begins: 'text' }
};

export const FILE_ENDINGS = Object.keys(TYPES);

const BEGINNINGS = {
	pdf: [0x25, 0x50, 0x44, 0x46, 0x2d],
	zip: [0x50, 0x4b, 0x03, 0x04],
	png: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
	jpeg: [0xff, 0xd8, 0xff]
};

export type Judged =
	| { name: string; type: string; code?: undefined }
	| { code: 'case.file_empty' | 'case.file_too_large' | 'case.file_kind' | 'case.file_mismatch' };

/** What a file is called and served as, or the code of why it is not taken. */
export function judgeFile(name: string, bytes: Uint8Array): Judged {
	if (bytes.length === 0) return { code: 'case.file_empty' };
	if (bytes.length > MOST_FILE_BYTES) return { code: 'case.file_too_large' };
	const called = cleanName(name);
	const known = TYPES[/\.([a-z0-9]+)$/i.exec(called)?.[1]?.toLowerCase() ?? ''];
	if (!known) return { code: 'case.file_kind' };
	const fits =
		known.begins === 'text'
			? !bytes.subarray(0, 65_536).includes(0)
			: BEGINNINGS[known.begins].every((byte, at) => bytes[at] === byte);
	return fits ? { name: called, type: known.type } : { code: 'case.file_mismatch' };
}

/** The last part of a path, without what a file system or a header would trip over. */
export function cleanName(name: string): string {
	const last = name.toWellFormed().normalize('NFC').split(/[\\/]/).at(-1)!;
	const clean = last.replace(/[\p{Cc}\p{Bidi_Control}"<>|:*?]/gu, '');
	const [, stem = '', ending = ''] = /^(.*?)(\.[a-z0-9]{1,5})?$/is.exec(clean.trim())!;
	return stem.slice(0, 120).trim() + ending || 'fil';
}
