import type { DescribedMeasure } from './described.ts';
import type { PxCatalogue } from './px-catalogue.ts';
import type { Variable } from './px-variables.ts';

/** What is measured: the values of CONTVARIABLE, each with its unit, or CONTENTS alone. */
export function measuresOf(of: PxCatalogue, content: Variable | null): DescribedMeasure[] {
	const shownDecimals = of.number('SHOWDECIMALS') ?? of.number('DECIMALS');
	const decimals = (more: number | undefined) => {
		const count = more ?? shownDecimals;
		return count === undefined ? null : Math.min(6, count);
	};
	const unit = of.text('UNITS') ?? null;
	if (!content) {
		const source = of.main('CONTENTS')?.items[0]?.text || of.main('MATRIX')?.items[0]?.text || 'x';
		return [
			{
				source: source.slice(0, 200),
				label: of.text('CONTENTS') || source,
				labels: inAll(of, 'CONTENTS'),
				unit,
				units: inAll(of, 'UNITS'),
				decimals: decimals(precision(of))
			}
		];
	}
	return content.dimension.categories.map(({ code, label, note }, index) => {
		const [main, shown] = [content.labels[index]!, content.shownLabels[index]!];
		const own = of.in(of.language, 'UNITS', shown) ?? of.main('UNITS', main);
		return {
			source: code.slice(0, 200),
			label,
			labels: of.languages.flatMap((language) => valueIn(of, language, content, index) ?? []),
			unit: own?.items[0]?.text ?? unit,
			units: of.languages.flatMap((language) => unitsIn(of, language)),
			// PRECISION says more decimals for one value than the table shows.
			decimals: decimals(of.number('PRECISION', content.name, main)),
			...(note ? { note } : {})
		};
	});
}

const inAll = (of: PxCatalogue, name: string) =>
	of.languages.flatMap((language) => of.in(language, name)?.items[0]?.text ?? []);

const unitsIn = (of: PxCatalogue, language: string) =>
	of.inLanguage('UNITS', language).map(({ items }) => items[0]?.text ?? '');

/** The content's nth value in a language; the variable has another name in each. */
function valueIn(of: PxCatalogue, language: string, content: Variable, index: number) {
	const names = content.dimension.labels ?? [];
	for (const name of names) {
		const found = of.in(language, 'VALUES', name)?.items[index]?.text;
		if (found !== undefined) return found.trim();
	}
	return undefined;
}

/** Without a content variable, PRECISION is for values of others: all cells show as many as the most. */
function precision(of: PxCatalogue): number | undefined {
	const told = of
		.all('PRECISION')
		.flatMap(({ items }) => (/^\d$/.test(items[0]?.text ?? '') ? Number(items[0]!.text) : []));
	return told.length > 0 ? told.reduce((most, one) => Math.max(most, one)) : undefined;
}
