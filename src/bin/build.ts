import { live, program } from './parts/life.ts';

/** `npm run build`: the pages, from nothing. */
await live(() => program('vite/bin/vite.js', ['build']));
