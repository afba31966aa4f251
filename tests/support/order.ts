import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Long ones first, so that no core waits at the end for one that was begun last. */
const LONG = [
	'document/chaos/chaos',
	'document/lifecycle',
	'document/hostile',
	'data/killed',
	'data/small/attack'
];

export class LongFirst extends BaseSequencer {
	override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
		const place = ({ moduleId }: TestSpecification) => {
			const at = LONG.findIndex((name) => moduleId.includes(name));
			return at < 0 ? LONG.length : at;
		};
		return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
	}
}
