import type { RequestEvent } from '@sveltejs/kit';
import { isRefusal } from '../base/errors.ts';
import { log } from '../base/log.server.ts';
import { explain } from './explain.server.ts';
import { endpoint } from './door.server.ts';

/**
 * A +server.ts handler whose work takes a while. To a page that takes lines of JSON
 * (`accept: application/x-ndjson`) it says how far it has come: `{"share":0.4}`, then `{"ok":…}` or
 * `{"error":…}`. What ends before it has anything to say, and whoever asks otherwise, is answered plainly.
 */
export function telling<Event extends RequestEvent & { locals: App.Locals }>(
	work: (event: Event, onprogress: (share: number) => void) => Promise<Answered>
) {
	return endpoint<Event>(async (event) => {
		const lines = new Lines();
		const done = work(event, (share) => lines.say({ share: Math.round(share * 1000) / 1000 }));
		const plain = event.request.headers.get('accept') !== LINES;
		const first = plain ? done : Promise.race([done, lines.begun]);
		const answer = await first;
		if (answer) return Response.json(answer.body, { status: answer.status ?? 200 });
		void done.then(
			({ body }) => lines.end({ ok: body }),
			(error: unknown) => {
				const known = isRefusal(error);
				if (!known)
					log.error({ route: event.route.id, err: error }, 'work that was told of failed');
				const { code, params } = known ? error : { code: 'base.unexpected', params: {} };
				lines.end({ error: { code, message: explain(code, params, event.locals.locale) } });
			}
		);
		return new Response(lines.stream, { headers: { 'content-type': LINES } });
	});
}

export type Answered = { body: unknown; status?: number };

const LINES = 'application/x-ndjson';

class Lines {
	readonly stream: ReadableStream<Uint8Array>;
	readonly begun: Promise<null>;
	#begin = () => {};
	#open: ReadableStreamDefaultController<Uint8Array> | undefined;

	constructor() {
		this.begun = new Promise((begin) => (this.#begin = () => begin(null)));
		this.stream = new ReadableStream({
			start: (controller) => void (this.#open = controller),
			cancel: () => void (this.#open = undefined)
		});
	}

	say(line: unknown): void {
		this.#open?.enqueue(new TextEncoder().encode(`${JSON.stringify(line)}\n`));
		this.#begin();
	}

	end(line: unknown): void {
		this.say(line);
		this.#open?.close();
		this.#open = undefined;
	}
}
