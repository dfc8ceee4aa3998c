/** An id as IAM gives them: a prefix for the kind, and 17 letters and digits. */
export function entityId(prefix: string, random: () => number): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const letters = Array.from({ length: 17 }, () => alphabet.charAt(Math.floor(random() * alphabet.length)));
  return `${prefix}${letters.join('')}`;
}
