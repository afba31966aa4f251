/** What a page may send when a note becomes a thing of a case: checked at the door. Apart from turned.ts, so that pages do without the checking. */
import { z } from 'zod';
import { BECOMES } from './turned.ts';

const text = (most: number) => z.string().trim().max(most, 'base.too_long').default('');

export const turningSchema = z.object({
	note: z.uuid(),
	into: z.enum(BECOMES),
	words: text(4000),
	/** Of a request: who is asked, and by which day. */
	asked: text(36),
	due: text(10),
	/** Of what is read differently: how oneself reads it. */
	reading: text(2000)
});
