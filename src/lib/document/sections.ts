import * as Y from 'yjs';
import type { Content, Mark, Node } from './content.ts';
import { isSection } from './keys.ts';

/** Deeper than any text a person writes; what lies below is left out. */
const DEEPEST = 60;

/**
 * Every section of a document, as ProseMirror JSON. Both sides read it alike. What is no text (a page that
 * is not ours may write anything) is left out: it must keep nobody from the rest, nor a decision from
 * being frozen.
 */
export function read(doc: Y.Doc): Record<string, Content> {
	const names = [...doc.share.keys()].filter(isSection).sort();
	return Object.fromEntries(names.map((name) => [name, readSection(doc, name)]));
}

export function readSection(doc: Y.Doc, name: string): Content {
	const content = doc
		.getXmlFragment(name)
		.toArray()
		.flatMap((child) => nodes(child, 1));
	return { type: 'doc', content };
}

/** The sections a change made here touched. */
export function touched(transaction: Y.Transaction): string[] {
	const names = new Set<string>();
	for (const type of transaction.changedParentTypes.keys()) {
		if (type._item !== null) continue;
		for (const [name, root] of transaction.doc.share) if (root === type) names.add(name);
	}
	return [...names].filter(isSection);
}

function nodes(type: unknown, depth: number): Node[] {
	if (depth > DEEPEST) return [];
	if (type instanceof Y.XmlText) return texts(type);
	if (!(type instanceof Y.XmlElement)) return [];
	const attrs = plain(type.getAttributes(), depth) as Record<string, unknown>;
	const content = type.toArray().flatMap((child) => nodes(child, depth + 1));
	return [
		{
			type: clean(type.nodeName),
			...(Object.keys(attrs).length > 0 && { attrs }),
			...(content.length > 0 && { content })
		}
	];
}

type Run = { insert: unknown; attributes?: Record<string, unknown> };

function texts(type: Y.XmlText): Node[] {
	return (type.toDelta() as Run[]).flatMap(({ insert, attributes }): Node[] => {
		const text = typeof insert === 'string' ? clean(insert) : '';
		if (text === '') return [];
		return [{ type: 'text', text, ...(attributes && { marks: marks(attributes) }) }];
	});
}

/** Marks that may overlap carry a hash behind their name. */
const HASHED = /^(.*)--[a-zA-Z0-9+/=]{8}$/;

function marks(attributes: Record<string, unknown>): Mark[] {
	return Object.entries(attributes).map(([name, value]) => {
		const attrs = plain(value, 1);
		const type = clean(HASHED.exec(name)?.[1] ?? name);
		return attrs && typeof attrs === 'object' && !Array.isArray(attrs)
			? { type, attrs: attrs as Record<string, unknown> }
			: { type };
	});
}

/** What JSON, and Postgres, can hold of a value; undefined for what they cannot. */
function plain(value: unknown, depth: number): unknown {
	if (typeof value === 'string') return clean(value);
	if (typeof value === 'boolean' || value === null) return value;
	if (typeof value === 'number') return Number.isFinite(value) ? value : null;
	if (typeof value !== 'object' || depth > DEEPEST) return undefined;
	if (Array.isArray(value)) return value.map((one) => plain(one, depth + 1) ?? null);
	const prototype: unknown = Object.getPrototypeOf(value);
	if (prototype !== Object.prototype && prototype !== null) return undefined;
	return Object.fromEntries(
		Object.entries(value).flatMap(([key, one]) => {
			const held = plain(one, depth + 1);
			return held === undefined ? [] : [[clean(key), held]];
		})
	);
}

/** Postgres' text has no NUL, and its JSON no half of a character. */
function clean(text: string): string {
	return text.replaceAll('\0', '').toWellFormed();
}
