import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

type Pair = { page: Socket; node: Socket };

/**
 * The network between one page and the nodes: a small TCP proxy that can be cut, stop carrying without a
 * word, or lead to another node, as a load balancer does.
 */
export class Line {
	/** Where new connections lead; null: nowhere. */
	target: () => number | null;
	#server: Server;
	#pairs = new Set<Pair>();
	#held: 'up' | 'down' | 'both' | null = null;
	#off = false;

	private constructor(target: () => number | null) {
		this.target = target;
		this.#server = createServer((page) => this.#carry(page));
	}

	static async open(target: () => number | null): Promise<Line> {
		const line = new Line(target);
		await new Promise<void>((done) => line.#server.listen(0, '127.0.0.1', done));
		return line;
	}

	get port(): number {
		return (this.#server.address() as AddressInfo).port;
	}

	/** No network: what is under way is lost, and nothing new gets through. */
	off(): void {
		this.#off = true;
		this.cut();
	}

	on(): void {
		this.#off = false;
		this.release();
	}

	/** Every connection ends now, with what was on it. */
	cut(): void {
		for (const { page, node } of this.#pairs) {
			page.destroy();
			node.destroy();
		}
	}

	/** The page is cut off, and the node hears nothing of it. */
	vanish(): void {
		for (const { page, node } of this.#pairs) {
			page.removeAllListeners('close').on('close', () => {});
			page.destroy();
			node.pause();
		}
	}

	/** Half open: bytes stay under way, to the node, from it, or both. */
	hold(way: 'up' | 'down' | 'both'): void {
		this.#held = way;
		for (const pair of this.#pairs) this.#apply(pair);
	}

	/** What was held goes on. */
	release(): void {
		this.#held = null;
		for (const pair of this.#pairs) this.#apply(pair);
	}

	async close(): Promise<void> {
		this.off();
		await new Promise((done) => this.#server.close(done));
	}

	#carry(page: Socket): void {
		const port = this.#off ? null : this.target();
		page.on('error', () => {});
		if (port === null) return void page.destroy();
		const node = connect(port, '127.0.0.1');
		const pair = { page, node };
		this.#pairs.add(pair);
		node.on('error', () => {});
		for (const [from, to] of [
			[page, node],
			[node, page]
		] as const) {
			from.setNoDelay(true);
			from.on('data', (bytes) => void (to.destroyed || to.write(bytes)));
			from.on('end', () => to.end());
			from.on('close', () => {
				to.destroy();
				this.#pairs.delete(pair);
			});
		}
		this.#apply(pair);
	}

	#apply({ page, node }: Pair): void {
		if (page.destroyed) return;
		if (this.#held === 'up' || this.#held === 'both') page.pause();
		else page.resume();
		if (this.#held === 'down' || this.#held === 'both') node.pause();
		else node.resume();
	}
}
