import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';
import { words } from './src/bin/parts/words.ts';

export default defineConfig({
	plugins: [
		// It keeps Vitest from closing; tests compile the words beforehand (tests/support/words.ts).
		!process.env.VITEST && paraglideVitePlugin(words),
		sveltekit()
	],
	test: {
		include: ['tests/**/*.test.ts'],
		environment: 'node',
		globalSetup: ['tests/support/words.ts', 'tests/support/database.ts'],
		setupFiles: 'tests/support/setup.ts',
		expect: { requireAssertions: true },
		testTimeout: 30_000,
		hookTimeout: 60_000
	}
});
