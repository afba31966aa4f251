import { live } from './parts/life.ts';
import { readyWords } from './parts/words.ts';

/** Before any other command: rules and verbs read words too, and a fresh clone has none compiled. */
await live(readyWords);
