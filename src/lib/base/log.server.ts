import { pino } from 'pino';
import { config } from './config.server.ts';

/** One line of JSON per happening. Never what people wrote, figures, passwords, tokens or e-mail addresses. */
export const log = pino({
	level: config().logLevel,
	base: undefined,
	timestamp: pino.stdTimeFunctions.isoTime
});
