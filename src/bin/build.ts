import { build } from './parts/built.ts';
import { live } from './parts/life.ts';

/** `npm run build`: the pages, whether or not they are there. */
await live(() => build());
