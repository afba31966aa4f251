import type { Locale } from '../base/format.ts';

/** A person as the rest of the product knows one. Never holds anything secret. */
export type Person = {
	id: string;
	name: string;
	email: string;
	departmentId: string;
	departmentName: string;
	title: string;
	/** null: as the browser asks. */
	locale: Locale | null;
};

/** How an address is compared and kept. */
export function asEmail(text: string): string {
	return text.trim().normalize('NFC').toLowerCase();
}

/** NIST SP 800-63B: length is what counts; no rules about kinds of characters. */
export const PASSWORD_LENGTH = { least: 10, most: 200 };

/** Why a password cannot be used, as a refusal's code, or null when it can. */
export function passwordProblem(
	password: string,
	person: { name: string; email: string }
): 'people.password_short' | 'people.password_long' | 'people.password_guessable' | null {
	if ([...password].length < PASSWORD_LENGTH.least) return 'people.password_short';
	if ([...password].length > PASSWORD_LENGTH.most) return 'people.password_long';
	const low = password.toLowerCase();
	const own = [asEmail(person.email), person.name.toLowerCase().trim()].filter(Boolean);
	const repeated = new Set(low).size < 4;
	return repeated || own.some((word) => low === word) ? 'people.password_guessable' : null;
}
