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

/** 'Maja Krog' → 'MK'. */
export function initials(name: string): string {
	const words = name.trim().split(/\s+/);
	return [words[0], words.length > 1 ? words.at(-1) : undefined]
		.map((word) => word?.[0] ?? '')
		.join('')
		.toLocaleUpperCase('da');
}
