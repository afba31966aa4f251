import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

export default ts.config(
	{ ignores: ['build/', '.svelte-kit/', '.data/', 'src/paraglide/', 'test-results/'] },
	js.configs.recommended,
	...ts.configs.recommended,
	...svelte.configs.recommended,
	{
		languageOptions: { globals: { ...globals.browser, ...globals.node } },
		rules: {
			'no-undef': 'off', // TypeScript knows better
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ argsIgnorePattern: '^_', varsIgnorePattern: '^_' }
			],
			// Links are plain addresses on one site; Kit's resolve() adds nothing without a base path.
			'svelte/no-navigation-without-resolve': 'off',
			// A Map or a URL made and read within one function need not be reactive.
			'svelte/prefer-svelte-reactivity': 'off',
			'@typescript-eslint/no-unused-expressions': [
				'error',
				{ allowTernary: true, allowShortCircuit: true }
			]
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } }
	},
	{
		// The drawing is ours: ECharts' own SVG of figures the server drew, its texts escaped by it.
		files: ['src/lib/chart/Chart.svelte'],
		rules: { 'svelte/no-at-html-tags': 'off' }
	}
);
