import { hash, verify } from '@node-rs/argon2';
import { refuse } from '../base/errors.ts';
import { PASSWORD_LENGTH, passwordProblem } from './person.ts';

/** argon2id with OWASP's second setting: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashes a new password, or refuses one that cannot be used. */
export async function hashed(
	password: string,
	person: { name: string; email: string }
): Promise<string> {
	const problem = passwordProblem(password, person);
	if (problem) refuse(problem, { ...PASSWORD_LENGTH, field: 'password' });
	return await hash(password, COST);
}

// Nobody's password, so an unknown account takes as long to refuse as a wrong password.
const nobody = hash(crypto.randomUUID(), COST);

/** Whether the password is the one hashed; takes as long when there is no hash. */
export async function matches(stored: string | null, password: string): Promise<boolean> {
	const right = await verify(stored ?? (await nobody), password);
	return right && stored !== null;
}
