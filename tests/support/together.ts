/**
 * What came of acts begun at the same moment, each in a transaction on a connection of its own: 'done', or the
 * code it was refused with. Anything but a refusal is a failure of the test.
 */
export async function atOnce(acts: Promise<unknown>[]): Promise<string[]> {
	return await Promise.all(
		acts.map((act) =>
			act.then(
				() => 'done',
				(error: { code?: string; name?: string }) => {
					if (error.name !== 'Refusal') throw error;
					return error.code!;
				}
			)
		)
	);
}
