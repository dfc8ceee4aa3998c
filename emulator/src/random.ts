/** A seeded source of numbers in [0, 1): the same seed, the same numbers, on every machine (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    return mix(state) / 2 ** 32;
  };
}

/** In [0, 1), from the seed and the text alone (FNV-1a, mixed). */
export function hashUnit(seed: number, text: string): number {
  return unitOf(hashOn(startOf(seed), text));
}

/** The hash of no text yet. */
export function startOf(seed: number): number {
  return (0x811c9dc5 ^ Math.imul(seed, 0x9e3779b1)) >>> 0;
}

/** The hash of what was hashed to `hash` with `text` behind it. */
export function hashOn(hash: number, text: string): number {
  let longer = hash;
  for (let index = 0; index < text.length; index += 1) {
    longer = Math.imul(longer ^ text.charCodeAt(index), 0x01000193);
  }
  return longer;
}

/** A hash as a number in [0, 1). */
export function unitOf(hash: number): number {
  return mix(hash >>> 0) / 2 ** 32;
}

/** A seed nobody chose, for those who do not care. */
export function freshSeed(): number {
  return Math.floor(Math.random() * 2 ** 32);
}

function mix(state: number): number {
  let mixed = Math.imul(state ^ (state >>> 15), state | 1);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
  return (mixed ^ (mixed >>> 14)) >>> 0;
}
