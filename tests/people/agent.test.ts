import { expect, test } from 'vitest';
import { agentOf } from '#lib/people/agent.ts';

test.each([
	[
		'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0',
		'Edge',
		'Windows'
	],
	[
		'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile Safari/604.1',
		'Safari',
		'iOS'
	],
	['Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0', 'Firefox', 'Linux'],
	[
		'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36',
		'Chrome',
		'Android'
	],
	['curl/8', '', '']
])('%.60s… is %s on %s', (name, browser, system) => {
	expect(agentOf(name)).toEqual({ browser, system });
});
