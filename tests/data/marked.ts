import { utf8 } from './bytes.ts';

const AREAS = ['Nord', 'Syd', 'Øst', 'I alt'];
/** A file of children by area and year, with what its source says of single cells. */
export const jsonstat = (values: (number | null)[], status: Record<number, string>, more = {}) =>
	utf8(
		JSON.stringify({
			version: '2.0',
			class: 'dataset',
			label: 'Børn',
			id: ['omraade', 'aar'],
			size: [AREAS.length, 2],
			role: { time: ['aar'], geo: ['omraade'] },
			dimension: {
				omraade: { category: { index: AREAS } },
				aar: { category: { index: ['2017', '2018'] } }
			},
			value: values,
			status,
			extension: { status: { label: { e: 'anslået af kommunen' } } },
			...more
		})
	);
