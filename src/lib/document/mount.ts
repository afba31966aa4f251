import { Editor, type Extensions } from '@tiptap/core';
import Collaboration from '@tiptap/extension-collaboration';
import CollaborationCaret from '@tiptap/extension-collaboration-caret';
import { tidyPaste } from './paste.ts';
import type { Room } from './room.svelte.ts';
import { schemaExtensions } from './schema.ts';
import type { Identity } from './wire.ts';

export type MountOptions = {
	room: Room;
	section: string;
	label: string;
	editable: boolean;
	placeholder?: string | undefined;
	extensions?: Extensions | undefined;
	onchange: (editor: Editor) => void;
};

/** One section's editor, fetched when a room is open. Shares the room's document and connection. */
export function mount(element: HTMLElement, options: MountOptions): Editor {
	const { room, section, label, editable, placeholder, onchange } = options;
	return new Editor({
		element,
		editable,
		injectCSS: false,
		extensions: [
			...schemaExtensions(),
			Collaboration.configure({ document: room.doc!, field: section }),
			CollaborationCaret.configure({
				provider: room.provider!,
				user: room.person,
				render: caret,
				selectionRender: ({ color }) => ({ class: 'others-selection', style: `--who: ${color}` })
			}),
			...(options.extensions ?? [])
		],
		editorProps: {
			attributes: {
				class: 'prose',
				role: 'textbox',
				'aria-multiline': 'true',
				'aria-label': label,
				...(placeholder ? { 'aria-placeholder': placeholder } : {}),
				...(editable ? {} : { 'aria-readonly': 'true', tabindex: '0' })
			},
			transformPastedHTML: tidyPaste
		},
		onTransaction: ({ editor }) => onchange(editor),
		onFocus: ({ editor }) => onchange(editor),
		onBlur: ({ editor }) => onchange(editor)
	});
}

/** Another's caret with their name: what the server says of them, as text. */
function caret(user: Partial<Identity>): HTMLElement {
	const element = document.createElement('span');
	element.className = 'others-caret';
	element.style.setProperty('--who', user.color ?? 'currentColor');
	const name = document.createElement('span');
	name.textContent = user.name ?? '';
	element.append(name);
	return element;
}
