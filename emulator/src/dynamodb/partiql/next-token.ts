import { createHash } from 'node:crypto';
import { invalid } from '../invalid.ts';
import type { WireAttributes, WireAttributeValue } from '../wire.ts';
import type { SelectStart } from './select.ts';

/** A text that means nothing to the caller and is of use to the same statement only. */
export function formatToken(statement: string, { part, key }: SelectStart): string {
  const entries =
    key && Object.entries(key).map(([name, { S, N, B }]) => [name, S, N, B && Buffer.from(B).toString('base64')]);
  return Buffer.from(JSON.stringify([digest(statement), part, entries ?? null])).toString('base64');
}

/** Throws ValidationException on what is no token, or one of another statement. */
export function parseToken(statement: string, token: string): SelectStart {
  const [of, part, entries] = decode(token);
  if (of !== digest(statement) || typeof part !== 'number') throw invalid('Invalid NextToken');
  if (entries === null) return { part, key: undefined };
  if (!Array.isArray(entries)) throw invalid('Invalid NextToken');
  return { part, key: keyFrom(entries) };
}

function decode(token: string): readonly unknown[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(token, 'base64').toString('utf8'));
    return Array.isArray(parsed) ? parsed : [];
  } catch {
    return [];
  }
}

function keyFrom(entries: readonly unknown[]): WireAttributes {
  return Object.fromEntries(
    entries.map((entry): [string, WireAttributeValue] => {
      const [name, text, number, binary]: readonly unknown[] = Array.isArray(entry) ? entry : [];
      if (typeof name !== 'string') throw invalid('Invalid NextToken');
      if (typeof text === 'string') return [name, { S: text }];
      if (typeof number === 'string') return [name, { N: number }];
      return [name, { B: Buffer.from(String(binary), 'base64') }];
    }),
  );
}

function digest(statement: string): string {
  return createHash('sha256').update(statement).digest('base64').slice(0, 16);
}
