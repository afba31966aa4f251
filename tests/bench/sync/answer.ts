/** The child's side of child.ts: answers what it is asked, and ends when nobody is there to ask. */
export type Answers = Record<string, (input: never) => unknown>;

export function answer(answers: Answers): void {
	const known: Answers = { hello: () => null, ...answers };
	process.on('message', async ({ id, what, input }: { id: number; what: string; input: never }) => {
		try {
			const asked = known[what];
			if (!asked) throw new Error(`nothing answers to ${what}`);
			process.send?.({ id, value: await asked(input) });
		} catch (error) {
			process.send?.({ id, error: error instanceof Error ? error.stack : String(error) });
		}
	});
	// By the front door, so that a profile is written.
	for (const end of ['disconnect', 'SIGTERM']) process.on(end, () => process.exit(0));
}
