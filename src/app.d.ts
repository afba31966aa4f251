import type { Locale } from '#lib/base/format.ts';
import type { Sql, Tx } from '#lib/base/sql.server.ts';
import type { Person } from '#lib/people/person.ts';
import type { Thread } from '#lib/thread/thread.ts';

declare global {
	namespace App {
		interface Error {
			message: string;
			/** A refusal's code, or 'base.unexpected'. */
			code?: string;
			/** Stands on the page and in the log, for an unexpected error. */
			reference?: string;
		}
		interface Locals {
			/** Who asks. The gate lets nobody in without, so doors behind it just use it; before it, reading refuses. */
			person: Person;
			/** Who asks, where it may be nobody: sign-in, setup, the frame. */
			visitor: Person | null;
			/** The session's public id, which it is revoked and its sockets closed by. */
			sessionId: string | null;
			/** What the database showed before anything was loaded for the page. */
			seen: string | null;
			locale: Locale;
			db: Sql;
			transact: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
		}
		interface PageData {
			/** Shown in the browser's title line before the product's name. */
			title?: string;
			/** Ids of the objects shown: the page loads again when one of them changes. */
			topics?: string[];
			/** The thread through what is shown; stands in the top line instead of the navigation. */
			walk?: Thread;
		}
	}
}

export {};
