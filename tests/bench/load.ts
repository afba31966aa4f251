import { Agent, request } from 'node:http';

/** A fixed number of requests over a few kept-open connections; answers per second. */
export async function answersPerSecond(
	url: string,
	{
		requests,
		connections = 4,
		headers = {}
	}: { requests: number; connections?: number; headers?: Record<string, string> }
): Promise<number> {
	const agent = new Agent({ keepAlive: true, maxSockets: connections });
	let left = requests;
	const began = performance.now();
	const worker = async () => {
		while (left-- > 0) await answer(url, agent, headers);
	};
	await Promise.all(Array.from({ length: connections }, worker));
	agent.destroy();
	return requests / ((performance.now() - began) / 1000);
}

function answer(url: string, agent: Agent, headers: Record<string, string>): Promise<void> {
	return new Promise((done, failed) => {
		request(url, { agent, headers }, (response) => {
			if (response.statusCode !== 200) failed(new Error(`${url} answered ${response.statusCode}`));
			response.resume().on('end', done).on('error', failed);
		})
			.on('error', failed)
			.end();
	});
}

export const median = (values: number[]): number =>
	values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
