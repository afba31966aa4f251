import { z } from 'zod';

/** Configuration is read once, here, and nowhere else. A wrong value stops the process with one line. */

const flag = z.enum(['on', 'off'], 'must be on or off').transform((value) => value === 'on');

function whole(least: number, most: number) {
	const said = `must be a whole number from ${least} to ${most}`;
	return z.coerce.number(said).int(said).min(least, said).max(most, said);
}

const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;

const schema = z.object({
	/** A Postgres to use instead of the embedded one. */
	DATABASE_URL: z
		.string()
		.regex(/^postgres(ql)?:\/\//, 'must begin with postgres://')
		.optional(),
	PORT: whole(0, 65535).default(3000),
	HOST: z.string().min(1).default('0.0.0.0'),
	/** Where people reach the product; decides cookies' `secure` and which sockets are let in. */
	ORIGIN: z
		.url({ protocol: /^https?$/, error: 'must be an address such as https://raadslag.example.dk' })
		.transform((url) => new URL(url).origin)
		.optional(),
	/** Where the embedded Postgres keeps its files. */
	DATA_DIR: z.string().min(1).default('.data'),
	/** Connections to Postgres per pool; a process has two pools. */
	POOL_SIZE: whole(2, 100).default(10),
	LOG_LEVEL: z.enum(LEVELS, `must be one of ${LEVELS.join(', ')}`).default('info'),
	/** Whether this process also carries out reactions. */
	WORKER: flag.default(true)
});

export type Config = {
	databaseUrl: string | undefined;
	port: number;
	host: string;
	origin: string | undefined;
	dataDir: string;
	poolSize: number;
	logLevel: string;
	worker: boolean;
};

/** Reads the environment. Throws `ConfigError`, whose message is one clear line per wrong value. */
export function parseConfig(env: Record<string, string | undefined>): Config {
	const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
	const parsed = schema.safeParse(given);
	if (!parsed.success) throw new ConfigError(parsed.error);
	const c = parsed.data;
	return {
		databaseUrl: c.DATABASE_URL,
		port: c.PORT,
		host: c.HOST,
		origin: c.ORIGIN,
		dataDir: c.DATA_DIR,
		poolSize: c.POOL_SIZE,
		logLevel: c.LOG_LEVEL,
		worker: c.WORKER
	};
}

export class ConfigError extends Error {
	constructor(error: z.ZodError) {
		// Names the setting and the rule, never the value: it may hold a password.
		super(error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '));
		this.name = 'ConfigError';
	}
}

let current: Config | undefined;

/** The process's configuration, parsed at first use. */
export function config(): Config {
	return (current ??= parseConfig(process.env));
}

/** Sets what is only known once the process is under way (the embedded Postgres' address, the port). */
export function settle(values: { DATABASE_URL?: string; ORIGIN?: string; PORT?: string }): void {
	Object.assign(process.env, values);
	current = undefined;
}
