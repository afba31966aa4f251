/** Asks the service worker to keep the page shown, and what it is made of, for when there is no network. */
export async function keepPage(): Promise<void> {
	if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
	try {
		await navigator.serviceWorker.register('/service-worker.js');
		const { active } = await navigator.serviceWorker.ready;
		const parts = performance
			.getEntriesByType('resource')
			.map(({ name }) => new URL(name).pathname);
		active?.postMessage({ keep: location.pathname, parts });
	} catch {
		// The page works without.
	}
}
