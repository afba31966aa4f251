import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';
import { words } from './src/bin/parts/words.ts';
import { LongFirst } from './tests/support/order.ts';

export default defineConfig(({ command }) => ({
	plugins: [
		// Words follow their files in development. Builds and tests find them compiled (bin/parts/words.ts).
		command === 'serve' && !process.env.VITEST && paraglideVitePlugin(words),
		sveltekit()
	],
	// The chart engine, fetched only when a chart has to be drawn that did not come with the page.
	build: { chunkSizeWarningLimit: 600 },
	test: {
		include: ['tests/**/*.test.ts'],
		environment: 'node',
		globalSetup: ['tests/support/words.ts', 'tests/support/database.ts'],
		setupFiles: 'tests/support/setup.ts',
		expect: { requireAssertions: true },
		sequence: { sequencer: LongFirst },
		isolate: false, // a worker keeps its modules from file to file: half of an isolated run was importing
		maxWorkers: 2, // much of a test is waiting: for Postgres, for sockets, for processes that were killed
		testTimeout: 30_000,
		hookTimeout: 60_000
	}
}));
