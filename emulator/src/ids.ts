const pairs: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** A UUID of version 4 from a seeded source. */
export function uuid(random: () => number): string {
  const [first, second, third, fourth] = [random32(random), random32(random), random32(random), random32(random)];
  const versioned = (second & 0xffff0fff) | 0x4000;
  const variant = (third & 0x3fffffff) | 0x80000000;
  return `${digits8(first)}-${digits4(versioned >>> 16)}-${digits4(versioned)}-${digits4(variant >>> 16)}-${digits4(variant)}${digits8(fourth)}`;
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
  return digits8(random32(random));
}

function random32(random: () => number): number {
  return Math.floor(random() * 2 ** 32);
}

function digits8(value: number): string {
  return digits4(value >>> 16) + digits4(value);
}

/** Of the lower half. */
function digits4(value: number): string {
  return `${pairs[(value >>> 8) & 255]}${pairs[value & 255]}`;
}
