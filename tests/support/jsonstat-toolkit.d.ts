/** The second opinion in tests on JSON-stat; it brings no types. */
declare module 'jsonstat-toolkit' {
	type Dataset = {
		class: string;
		Dataset(index: number): Dataset;
		Data(query: Record<string, string>, status: false): number | null;
	};
	export default function JSONstat(json: unknown): Dataset;
}
