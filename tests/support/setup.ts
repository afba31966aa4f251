import { afterEach, beforeEach } from 'vitest';

/** An unexpected console.error fails the test it came from. A test that expects one spies on it. */
const said: string[] = [];
const original = console.error;
console.error = (...args: unknown[]) => {
	said.push(args.map(String).join(' '));
	original(...args);
};

beforeEach(() => void said.splice(0));
afterEach(() => {
	if (said.length > 0) throw new Error(`console.error was called: ${said.splice(0).join('\n')}`);
});
