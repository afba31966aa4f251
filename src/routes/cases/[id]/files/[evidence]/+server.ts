import * as files from '#lib/case/files.server.ts';
import { disposition } from '#lib/data/download.server.ts';
import { endpoint } from '#lib/ui/door.server.ts';
import type { RequestHandler } from './$types';

/** A file put forward as evidence, to be saved: never shown as a page of this house. */
export const GET: RequestHandler = endpoint(async ({ locals, params }) => {
	const { name, type, bytes } = await files.read(
		locals.db,
		locals.person,
		params.id!,
		params.evidence!
	);
	const plain = name.normalize('NFKD').replace(/[^\x20-\x7e]/g, '');
	return new Response(new Uint8Array(bytes), {
		headers: {
			'content-type': type,
			'content-length': String(bytes.length),
			'content-disposition': disposition({ name: plain || 'fil', fullName: name }),
			'x-content-type-options': 'nosniff',
			'content-security-policy': "default-src 'none'; sandbox",
			'cache-control': 'private, no-store'
		}
	});
});
