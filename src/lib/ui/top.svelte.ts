import { createContext } from 'svelte';
import type { Snippet } from 'svelte';

/** What the page shown puts in the top line, at the right: "saved", faces. One page at a time. */
class TopLine {
	content = $state.raw<Snippet>();
}

const [get, set] = createContext<TopLine>();

/** Called once, by the frame. */
export const makeTopLine = (): TopLine => set(new TopLine());
export const topLine = get;
