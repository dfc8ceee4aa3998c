import { hash } from 'node:crypto';

/** Of so many texts of at most that length the digest is kept. */
const keptMax = 2000;
const keptLengthMax = 1024;
const kept = new Map<string, string>();

/** In hexadecimal. A message's is asked for when it is sent, and at each receive in each queue that a topic put it into. */
export function md5(text: string): string {
  if (text.length > keptLengthMax) return hash('md5', text);
  let digest = kept.get(text);
  if (digest === undefined) {
    digest = hash('md5', text);
    if (kept.size >= keptMax) kept.clear();
    kept.set(text, digest);
  }
  return digest;
}
