/** A UUID of version 4 from a seeded source. */
export function uuid(random: () => number): string {
  const text = hex(random, 32);
  const variant = '89ab'.charAt(Number.parseInt(text.charAt(16), 16) & 3);
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-4${text.slice(13, 16)}-${variant}${text.slice(17, 20)}-${text.slice(20)}`;
}

/** `digits` hexadecimal digits from a seeded source. */
export function hex(random: () => number, digits: number): string {
  let text = '';
  while (text.length < digits) {
    text += Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0');
  }
  return text.slice(0, digits);
}
