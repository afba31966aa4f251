import { readyWords } from '../../src/bin/parts/words.ts';

export default readyWords;
