import { readFile } from 'node:fs/promises';
import { afterAll, expect, test } from 'vitest';
import { describeSchema } from '#lib/base/schema.server.ts';
import { freshDatabase } from '../support/database.ts';

const db = await freshDatabase();
afterAll(() => db.drop());

test('migrations/schema.sql is what the migrations make (else: npm run migrate -- --dump)', async () => {
	expect(await readFile('migrations/schema.sql', 'utf8')).toBe(await describeSchema(db.sql));
});
