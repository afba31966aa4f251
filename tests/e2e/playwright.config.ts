import { defineConfig } from '@playwright/test';
import { chromium } from '../support/browser.ts';

/** Stories as people live them, in a real browser, on the built server and real Postgres. */
export default defineConfig({
	testDir: '.',
	testMatch: '**/*.e2e.ts',
	outputDir: '../../test-results',
	globalSetup: '../support/database.ts',
	timeout: 90_000,
	expect: { timeout: 15_000 },
	workers: 2,
	fullyParallel: false,
	retries: 0,
	reporter: 'list',
	use: { locale: 'da-DK', timezoneId: 'Europe/Copenhagen', launchOptions: chromium() }
});
