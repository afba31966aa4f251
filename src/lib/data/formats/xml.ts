import { refuse } from '../../base/errors.ts';

/**
 * Runs through XML, telling of each element and text as it comes and keeping nothing. Own names only:
 * prefixes are dropped. No document type is taken in, so no entity can be blown up; depth and the
 * length of a tag are bounded.
 */
export type Listener = {
	open?(name: string, attribute: (name: string) => string | undefined): void;
	close?(name: string): void;
	text?(text: string): void;
};

const MAX_DEPTH = 100;
const MAX_TAG = 64 * 1024;

/** Refuses what is no XML: `data.zip_damaged`; and a document type: `data.xlsx_entities`. */
export function scan(xml: string, listener: Listener): void {
	let depth = 0;
	for (let at = 0; at < xml.length;) {
		const open = xml.indexOf('<', at);
		const end = open === -1 ? xml.length : open;
		if (end > at && depth > 0 && listener.text) listener.text(decode(xml.slice(at, end)));
		if (open === -1) break;
		const next = xml.charCodeAt(open + 1);
		if (next === BANG) at = special(xml, open, listener);
		else if (next === QUESTION) at = after(xml, '?>', open);
		else {
			const close = tagEnd(xml, open + 1);
			const closing = next === SLASH;
			const empty = !closing && xml.charCodeAt(close - 1) === SLASH;
			const tag = xml.slice(open + (closing ? 2 : 1), empty ? close - 1 : close);
			const name = nameOf(tag);
			if (!closing) {
				if (++depth > MAX_DEPTH) damaged();
				listener.open?.(name, (wanted) => attributeOf(tag, wanted));
			}
			if (closing || empty) {
				if (--depth < 0) damaged();
				listener.close?.(name);
			}
			at = close + 1;
		}
	}
	if (depth !== 0) damaged();
}

const [BANG, QUESTION, SLASH] = [0x21, 0x3f, 0x2f];

function special(xml: string, at: number, listener: Listener): number {
	if (xml.startsWith('<!--', at)) return after(xml, '-->', at);
	if (!xml.startsWith('<![CDATA[', at)) return refuse('data.xlsx_entities');
	const end = after(xml, ']]>', at);
	listener.text?.(xml.slice(at + 9, end - 3));
	return end;
}

function after(xml: string, mark: string, at: number): number {
	const end = xml.indexOf(mark, at);
	return end === -1 ? damaged() : end + mark.length;
}

/** The `>` that ends the tag; one in quotation marks does not. */
function tagEnd(xml: string, from: number): number {
	let quote = 0;
	const limit = Math.min(xml.length, from + MAX_TAG);
	for (let at = from; at < limit; at++) {
		const code = xml.charCodeAt(at);
		if (quote !== 0) {
			if (code === quote) quote = 0;
		} else if (code === 0x22 || code === 0x27) quote = code;
		else if (code === 0x3e) return at;
	}
	return damaged();
}

function nameOf(tag: string): string {
	const name = /^[^\s/]+/.exec(tag)?.[0] ?? damaged();
	return name.slice(name.indexOf(':') + 1);
}

function attributeOf(tag: string, wanted: string): string | undefined {
	for (const [, name, double, single] of tag.matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g))
		if (name === wanted || name!.endsWith(`:${wanted}`)) return decode(double ?? single ?? '');
	return undefined;
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Entities that need no declaration; others stay as they are written. */
function decode(text: string): string {
	if (!text.includes('&')) return text;
	return text.replace(
		/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,4}));/gi,
		(whole, decimal, hex, name) => {
			if (name) return NAMED[name] ?? whole;
			const code = decimal ? Number(decimal) : parseInt(hex, 16);
			return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
		}
	);
}

const damaged = (): never => refuse('data.zip_damaged');
