import { getSchema, type Extensions } from '@tiptap/core';
import type { Schema } from '@tiptap/pm/model';
import StarterKit from '@tiptap/starter-kit';
import { isSafeLink } from './link.ts';

/**
 * What shared text may consist of. The number rises whenever a node or a mark is added: an editor that
 * meets a node it does not know deletes it for everyone, so a tab with an older number is sent to reload.
 * Nodes are added, never removed or renamed.
 */
export const SCHEMA_NUMBER = 1;

/** Paragraphs, headings (2 and 3: the page owns 1), lists, quotes; bold, italic, links. */
export function schemaExtensions(): Extensions {
	return [
		StarterKit.configure({
			undoRedo: false, // undo belongs to each person: the collaboration extension brings it
			heading: { levels: [2, 3] },
			link: { openOnClick: false, autolink: true, isAllowedUri: allowed },
			code: false,
			codeBlock: false,
			horizontalRule: false,
			strike: false,
			underline: false,
			trailingNode: false,
			dropcursor: false,
			gapcursor: false
		})
	];
}

let built: Schema | undefined;

/** The ProseMirror schema; needs no DOM. */
export function schema(): Schema {
	return (built ??= getSchema(schemaExtensions()));
}

function allowed(uri: string): boolean {
	return isSafeLink(uri) || /^[\w-]+(\.[\w-]+)+(\/\S*)?$/.test(uri);
}
