import type { IncomingHttpHeaders } from 'node:http';

const FORM_LIMIT = 2 * 1024 * 1024; // bytes; a form is buffered whole, a file is streamed by PUT

/** Forms with a file in them, whose action judges the size before it reads, and says so in words. */
const FILE_FORM = /^\/(data\/[^/?]+\/map\?\/bring|(cases|decisions)\/[^/?]+\?\/addEvidence)$/;

type Asked = { method?: string; url?: string; headers: IncomingHttpHeaders };

/** Whether a request's body may be read at all. */
export function mayBeRead({ method, headers, url = '' }: Asked): boolean {
	if (method === 'PUT' || FILE_FORM.test(url)) return true;
	const unknown = headers['transfer-encoding'] === undefined ? 0 : Infinity;
	return Number(headers['content-length'] ?? unknown) <= FORM_LIMIT;
}
