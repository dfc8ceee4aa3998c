import type { Header } from './connection.ts';

/** JSON whose text is ASCII alone. */
export function asciiJson(value: unknown): string {
  const text = JSON.stringify(value);
  // Whether there is anything to replace is counted by Node several times as fast as a pattern looks for it.
  if (Buffer.byteLength(text) === text.length) return text;
  return text.replaceAll(/[^\0-\x7f]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The members of a JSON object, `undefined` where the text is none. */
export function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return recordOf(value);
  } catch {
    return undefined;
  }
}

/** The members of an object, `undefined` for anything else. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return isRecord(value) ? value : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** Pairs of strings, as `Header`s. */
export function headersOf(value: unknown): readonly Header[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((pair: unknown): readonly Header[] => {
    if (!Array.isArray(pair)) return [];
    const [name, text]: readonly unknown[] = pair;
    return typeof name === 'string' && typeof text === 'string' ? [[name, text]] : [];
  });
}
