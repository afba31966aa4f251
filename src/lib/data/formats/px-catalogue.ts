import type { Keyword } from './px-text.ts';

/** A PX file's keywords, to be asked by name, language and subject. */
export class PxCatalogue {
	/** The main language first. */
	readonly languages: string[];
	/** The one that is read. */
	readonly language: string;
	/** Values that had to be told apart, as they were found. */
	readonly renamed: { keyword: string; value: string }[] = [];
	#by = new Map<string, Keyword>();
	#named = new Map<string, Keyword[]>();
	#mainLanguage: string;

	constructor(keywords: Keyword[], wanted: (string | null | undefined)[]) {
		for (const keyword of keywords) {
			const key = keyOf(keyword.name, keyword.language, keyword.subject);
			if (!this.#by.has(key)) this.#by.set(key, keyword);
			const named = this.#named.get(keyword.name);
			if (named) named.push(keyword);
			else this.#named.set(keyword.name, [keyword]);
		}
		this.#mainLanguage = this.main('LANGUAGE')?.items[0]?.text.toLowerCase() ?? '';
		const others = this.main('LANGUAGES')?.items.map(({ text }) => text.toLowerCase()) ?? [];
		this.languages = [...new Set([this.#mainLanguage, ...others])].filter(Boolean);
		this.language = wanted.find((one) => one && this.languages.includes(one)) ?? this.#mainLanguage;
	}

	/** In the main language. */
	main(name: string, ...subject: string[]): Keyword | undefined {
		return (
			this.#by.get(keyOf(name, null, subject)) ??
			this.#by.get(keyOf(name, this.#mainLanguage ?? null, subject))
		);
	}

	/** In one language only. */
	in(language: string, name: string, ...subject: string[]): Keyword | undefined {
		return language === this.#mainLanguage
			? this.main(name, ...subject)
			: this.#by.get(keyOf(name, language, subject));
	}

	/** Its text in the language read, or else in the main one. */
	text(name: string): string | undefined {
		return (this.in(this.language, name) ?? this.main(name))?.items[0]?.text;
	}

	/** A whole number in the main language; undefined when it is none. */
	number(name: string, ...subject: string[]): number | undefined {
		const text = this.main(name, ...subject)?.items[0]?.text.trim();
		return text && /^\d{1,2}$/.test(text) ? Number(text) : undefined;
	}

	/** Every keyword of a name in the main language, in the file's order. */
	all(name: string): Keyword[] {
		return this.inLanguage(name, this.#mainLanguage);
	}

	inLanguage(name: string, language: string): Keyword[] {
		const main = language === this.#mainLanguage;
		return (this.#named.get(name) ?? []).filter(
			(keyword) => keyword.language === language || (main && keyword.language === null)
		);
	}
}

const keyOf = (name: string, language: string | null, subject: string[]) =>
	[name, language ?? '', ...subject].join('\u0000');
