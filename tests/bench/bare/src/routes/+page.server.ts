/** The least a page from a server can be: one value, loaded. */
export const load = () => ({ now: Date.now() });
