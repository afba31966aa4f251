/**
 * What a word processor puts on the clipboard, made into the structure we know. Word writes lists as
 * paragraphs with a bullet in their text, and headings from 1; clutter such as styles, comments and
 * office tags goes by itself, because the schema does not know it.
 */
export function tidyPaste(html: string): string {
	const page = new DOMParser().parseFromString(
		html.replace(/<!\[(?:if|endif)[^>]*>/gi, ''),
		'text/html'
	);
	for (const element of page.querySelectorAll(CLUTTER)) element.remove();
	// Word makes room with empty paragraphs; here the space between paragraphs is given.
	for (const paragraph of page.querySelectorAll('p'))
		if (!paragraph.textContent?.trim() && !paragraph.querySelector('img, br')) paragraph.remove();
	lowerHeadings(page);
	makeLists(page);
	return page.body.innerHTML;
}

/** What is not the text: styles, scripts, and the comments Word sends along with their marks. */
const CLUTTER =
	'style, script, meta, link, title, xml, [style*="mso-element:comment-list" i], .MsoCommentReference, .msocomanchor, .msocomoff';

/** The page owns the first level: what was 1 becomes 2, everything deeper 3. */
function lowerHeadings(page: Document): void {
	const levels = [...page.querySelectorAll('h1, h2, h3, h4, h5, h6')].map((h) =>
		Number(h.tagName[1])
	);
	const highest = Math.min(...levels);
	for (const heading of page.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
		const level = Number(heading.tagName[1]) === highest ? 2 : 3;
		const lowered = page.createElement(`h${level}`);
		lowered.append(...heading.childNodes);
		heading.replaceWith(lowered);
	}
}

const MARKER = /^[\s\u00a0]*(?:[·•o§▪◦\u2013\u2014-]|(\d+|[a-zA-Z]|[ivxIVX]+)[.)])[\s\u00a0]*/;

function makeLists(page: Document): void {
	const items = [...page.querySelectorAll<HTMLElement>('p')].filter(levelOf);
	/** Open lists, outermost first. */
	let open: HTMLElement[] = [];
	let last: Element | undefined;
	for (const item of items) {
		const level = levelOf(item)!;
		if (!last || item.previousElementSibling !== last) open = [];
		const tag = takeMarker(item) ? 'ol' : 'ul';
		open.length = Math.min(open.length, level);
		// Bullets after numbers are another list.
		if (open.length === level && open.at(-1)!.localName !== tag) open.length--;
		while (open.length < level) {
			const list = page.createElement(tag);
			const parent = open.at(-1);
			if (!parent) item.before(list);
			else (parent.lastElementChild ?? parent).append(list);
			open.push(list);
		}
		const entry = page.createElement('li');
		const words = page.createElement('p');
		words.append(...item.childNodes);
		entry.append(words);
		open.at(-1)!.append(entry);
		item.remove();
		last = open[0];
	}
}

/** A Word paragraph's level in a list, from `mso-list:l0 level2 lfo1`. */
function levelOf(paragraph: HTMLElement): number | null {
	const style = paragraph.getAttribute('style') ?? '';
	const level = /mso-list:[^;]*level(\d)/i.exec(style)?.[1];
	if (level) return Math.max(1, Number(level));
	return /MsoListParagraph/.test(paragraph.className) ? 1 : null;
}

/** Removes the bullet or number Word has written out. True for a number. */
function takeMarker(item: HTMLElement): boolean {
	for (const ignored of item.querySelectorAll<HTMLElement>('[style*="mso-list:Ignore" i]')) {
		const number = MARKER.exec(ignored.textContent ?? '')?.[1];
		ignored.remove();
		return number !== undefined;
	}
	const walker = item.ownerDocument.createTreeWalker(item, NodeFilter.SHOW_TEXT);
	for (let text = walker.nextNode(); text; text = walker.nextNode()) {
		if (!text.textContent?.trim()) continue;
		const found = MARKER.exec(text.textContent);
		if (found) text.textContent = text.textContent.slice(found[0].length);
		return found?.[1] !== undefined;
	}
	return false;
}
