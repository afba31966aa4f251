// Runs on whatever Node the machine has (18 and later) and needs nothing installed: brings the
// project's packages, and with them Node 24, then hands over to src/bin/<command>.ts.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const commands = [
	...['demo', 'dev', 'server', 'migrate', 'test', 'check', 'build', 'bench', 'nightly'],
	'describe'
];
const root = fileURLToPath(new URL('../..', import.meta.url));
const node24 = `${root}node_modules/node/bin/node`;
const [command = '', ...rest] = process.argv.slice(2);
/** What `describe` prints is a file: nothing else may stand in it. */
const say = command === 'describe' ? console.error : console.log;

if (!commands.includes(command)) stop(`Unknown command "${command}". Use: ${commands.join(', ')}.`);
if (!installed()) await install();
const node = existsSync(node24) ? node24 : ownNode();
// What is compiled once is kept for the next process: they start in half the time.
process.env.NODE_COMPILE_CACHE ??= `${root}node_modules/.cache/node`;
process.exitCode =
	(await run(node, [`${root}src/bin/words.ts`])) ||
	(await run(node, [`${root}src/bin/${command}.ts`, ...rest]));

/** Whether node_modules holds what the lock names. Compares content: a checkout moves file times. */
function installed() {
	try {
		const wanted = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8')).packages;
		const there = JSON.parse(
			readFileSync(`${root}node_modules/.package-lock.json`, 'utf8')
		).packages;
		return Object.entries(wanted).every(([path, { version, optional }]) =>
			path === '' || (optional && !there[path]) ? true : there[path]?.version === version
		);
	} catch {
		return false;
	}
}

async function install() {
	say('Installing packages (a minute or two the first time) …');
	const began = Date.now();
	const ticking = setInterval(
		() => say(`  … ${Math.round((Date.now() - began) / 1000)} s`),
		15_000
	);
	const npm = process.env.npm_execpath?.endsWith('.js')
		? [process.execPath, process.env.npm_execpath]
		: ['npm'];
	const include = ['--include=dev', '--include=optional', '--ignore-scripts=false'];
	const code = await run(
		/** @type {string} */ (npm[0]),
		[...npm.slice(1), 'ci', '--no-audit', '--no-fund', '--loglevel=error', ...include],
		{ cwd: root, stdio: ['inherit', say === console.log ? 'inherit' : 2, 'inherit'] }
	);
	clearInterval(ticking);
	if (code !== 0) stop('The packages could not be installed; the lines above say why.', code);
	say(`Installed in ${Math.round((Date.now() - began) / 1000)} s.`);
}

/** The machine's own Node, when the one npm should have brought is not there. */
function ownNode() {
	if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
	return stop(
		'Node 24 was not installed with the packages (the optional dependency "node"). Run "npm ci", or use Node 24 or later.'
	);
}

/**
 * Runs a program with this terminal and passes on the signals that end it.
 * @param {string} program
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>} its exit code, 128 + n when a signal ended it
 */
function run(program, args, options = {}) {
	const child = spawn(program, args, { stdio: 'inherit', ...options });
	/** @type {Record<string, number>} */
	const signals = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };
	/** @param {NodeJS.Signals} signal */
	const pass = (signal) => child.kill(signal);
	for (const signal of Object.keys(signals)) process.on(signal, pass);
	return new Promise((resolve) => {
		child.on('error', (error) => stop(`${program} could not be started: ${error.message}`));
		child.on('close', (code, signal) => {
			for (const name of Object.keys(signals)) process.off(name, pass);
			resolve(code ?? 128 + (signals[signal ?? ''] ?? 9));
		});
	});
}

/**
 * @param {string} sentence
 * @returns {never}
 */
function stop(sentence, code = 1) {
	console.error(sentence);
	process.exit(code);
}
