import { hash } from 'node:crypto';
import { memo } from '../memo.ts';

/** Longer ones seldom come again, and take room. */
const keptLengthMax = 1024;

const kept = memo((text) => hash('md5', text));

/** In hexadecimal. A message's is asked for when it is sent, and at each receive in each queue that a topic put it into. */
export function md5(text: string): string {
  return text.length > keptLengthMax ? hash('md5', text) : kept(text);
}
