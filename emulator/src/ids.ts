const pairs: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** A UUID of version 4 from a seeded source. */
export function uuid(random: () => number): string {
  const text = word(random) + word(random) + word(random) + word(random);
  const variant = '89ab'.charAt(Number.parseInt(text.charAt(16), 16) & 3);
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-4${text.slice(13, 16)}-${variant}${text.slice(17, 20)}-${text.slice(20)}`;
}

/** `digits` hexadecimal digits from a seeded source. */
export function hex(random: () => number, digits: number): string {
  let text = '';
  while (text.length < digits) text += word(random);
  return text.slice(0, digits);
}

/** UUIDs that are told apart by a count: what a request is called need not be random, and is needed for each. */
export function createRequestIds(random: () => number): () => string {
  const head = uuid(random).slice(0, 24);
  let count = 0;
  return () => {
    count += 1;
    return head + count.toString(16).padStart(12, '0');
  };
}

/** 8 digits. */
function word(random: () => number): string {
  const value = Math.floor(random() * 2 ** 32);
  return `${pairs[value >>> 24]}${pairs[(value >>> 16) & 255]}${pairs[(value >>> 8) & 255]}${pairs[value & 255]}`;
}
