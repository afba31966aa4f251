import { pino } from 'pino';
import { config } from './config.server.ts';

/** One line of JSON per happening. Never what people wrote, figures, passwords, tokens or e-mail addresses. */
export const log = pino({
	level: level(),
	base: undefined,
	timestamp: pino.stdTimeFunctions.isoTime
});

/** A wrong setting is told by the process that starts, in one line; it must not end whoever imports this. */
function level(): string {
	try {
		return config().logLevel;
	} catch {
		return 'info';
	}
}
