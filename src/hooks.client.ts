import { overwriteGetLocale } from '#paraglide/runtime.js';

// The server chose the language and wrote it on the page; the page does not choose again.
overwriteGetLocale(() => (document.documentElement.lang === 'en' ? 'en' : 'da'));
