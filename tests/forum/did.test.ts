import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import words from '../../src/messages/da/forum.json' with { type: 'json' };
import { asSlug } from '#lib/forum/slug.ts';
import { did } from '#lib/forum/did.server.ts';

test('every act that is written down has its words in the log', async () => {
	const entries = await readdir('src/lib', { recursive: true, withFileTypes: true });
	const unsaid = new Set<string>();
	for (const entry of entries) {
		if (!entry.name.endsWith('.server.ts')) continue;
		const text = await readFile(join(entry.parentPath, entry.name), 'utf8');
		for (const [, verb] of text.matchAll(
			/\b(?:verb: |record\w*\([^()]*)'((?:dataset|brief|case|meeting|decision|goal|document|annotation|forum|object|department)\.[a-z_]+)'/g
		))
			if (!(`forum_did_${verb!.replace('.', '_')}` in words)) unsaid.add(verb!);
	}
	expect([...unsaid].sort()).toEqual([]);
});

test('an act without words of its own is still told', () => {
	expect(did('case.circulated', 'da')).toBe('sendte sagen ud');
	expect(did('case.circulated', 'en')).toBe('circulated the case');
	expect(did('case.unheard_of', 'en')).toContain('case.unheard_of');
});

test.each([
	['Centerchefforum', 'centerchefforum'],
	['Chefforum for Børn & Unge', 'chefforum-for-boern-unge'],
	['Åben dør, æ?', 'aaben-doer-ae'],
	['Élan', 'elan'],
	['—', 'forum'],
	['x'.repeat(200), 'x'.repeat(60)]
])('%s lives at %s', (name, slug) => {
	expect(asSlug(name)).toBe(slug);
	expect(slug).toMatch(/^[a-z0-9-]{2,60}$/);
});
