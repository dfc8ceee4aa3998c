import { createHash } from 'node:crypto';

const alphabet = '0123456789abcdefghijklmnopqrstuvwxyz';

/** So many random letters and digits. */
export function randomName(random: () => number, length: number): string {
  let name = '';
  for (let index = 0; index < length; index += 1) name += alphabet.charAt(Math.floor(random() * alphabet.length));
  return name;
}

/** A name that differs where the parts differ: 32 hexadecimal digits of their SHA-256. */
export function hashName(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}
