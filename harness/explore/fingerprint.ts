import { crc32 } from 'node:zlib';
import type { HistoryEvent } from '#core';

/**
 * 32 bits of the events: the same events, the same bits, on every machine. For counting how many histories differ, at a
 * fraction of what a digest of their text costs; two that differ have the same once in four billion times.
 */
export function fingerprintOf(events: readonly HistoryEvent[]): number {
  let hash = events.length;
  for (const event of events) hash = mixed(hash, event);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Longer texts are hashed outside of JavaScript. */
const shortLength = 64;

function mixed(hash: number, value: unknown): number {
  switch (typeof value) {
    case 'string':
      return mixedText(hash, value);
    case 'number':
      return mixedNumber(hash, value);
    case 'object':
      return value === null ? combined(hash, 1) : mixedMembers(hash, value);
    default:
      return combined(hash, value === true ? 2 : 3);
  }
}

function mixedMembers(hash: number, value: object): number {
  let result = combined(hash, Array.isArray(value) ? 5 : 7);
  for (const name in value) {
    const member: unknown = Reflect.get(value, name);
    if (member !== undefined) result = mixed(mixedText(result, name), member);
  }
  return result;
}

function mixedText(hash: number, text: string): number {
  const { length } = text;
  if (length > shortLength) return combined(combined(hash, length), crc32(text));
  let result = combined(hash, length);
  for (let index = 0; index < length; index += 1) result = Math.imul(result ^ text.charCodeAt(index), 0x01000193);
  return result;
}

function mixedNumber(hash: number, value: number): number {
  return combined(combined(hash, value | 0), Math.floor(value / 2 ** 32) ^ ((value % 1) * 2 ** 32));
}

function combined(hash: number, value: number): number {
  const result = Math.imul(hash ^ value, 0x9e3779b1);
  return result ^ (result >>> 15);
}
