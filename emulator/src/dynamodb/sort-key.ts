import type { AttributeValue } from './attribute-value.ts';
import { memo } from '../memo.ts';
import { numberSortKey } from './decimal.ts';

/** Smaller than everything that can follow it in a key. */
const END = '\u0000\u0000';

/**
 * A string whose code-unit order is DynamoDB's order of key values: strings by UTF-8 bytes, numbers by value, binary by
 * unsigned bytes. It ends in a mark, so that what is put behind it does not disturb the order.
 */
export function sortKey(value: AttributeValue): string {
  return escape(sortText(value)) + END;
}

/** Of the smallest sort key of a string or binary that begins with `value`, and of the first that no longer does. */
export function prefixBounds(value: AttributeValue): { readonly from: string; readonly to: string } {
  const prefix = escape(sortText(value));
  return { from: prefix, to: `${prefix}\uffff\uffff` };
}

function sortText(value: AttributeValue): string {
  if (value.type === 'S') return codePointOrder(value.value);
  if (value.type === 'N') return numberSortKey(value.value);
  if (value.type === 'B') return Buffer.from(value.value).toString('latin1');
  throw new Error(`a key of type ${value.type}`);
}

function escape(text: string): string {
  return text.includes('\u0000') ? text.replaceAll('\u0000', '\u0000\u0001') : text;
}

/** UTF-16 sorts surrogates below U+E000; UTF-8 sorts what they stand for above. */
export function codePointOrder(text: string): string {
  if (!/[\ud800-\uffff]/.test(text)) return text;
  const units: number[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0xd800) units.push(unit);
    else units.push(unit <= 0xdfff ? unit + 0x2000 : unit - 0x800);
  }
  return units.map((unit) => String.fromCharCode(unit)).join('');
}

/**
 * Where a partition lies: 32 bits of FNV-1a over the partition key, mixed. DynamoDB's own function is not published; only
 * that items of one partition key stay together and that others come in no order of theirs.
 */
export function partitionHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** The front of the keys of a partition's items: first where it lies, then which it is. */
export function partitionPrefix(value: AttributeValue): string {
  return value.type === 'S' ? stringPrefix(value.value) : prefixOf(value);
}

/** A program comes back to the same partitions. */
const stringPrefix = memo((value) => prefixOf({ type: 'S', value }));

function prefixOf(value: AttributeValue): string {
  const key = sortKey(value);
  return String.fromCharCode(...hashUnits(partitionHash(key))) + key;
}

/** Two code units below the surrogates hold 15 bits each; two bits go to a third. */
function hashUnits(hash: number): readonly number[] {
  return [hash >>> 17, (hash >>> 2) & 0x7fff, hash & 3];
}

/** Where segment `segment` of `total` begins in the order of partitions. */
export function segmentStart(segment: number, total: number): string {
  return segment >= total ? '\uffff' : String.fromCharCode(...hashUnits(Math.ceil((segment * 2 ** 32) / total) >>> 0));
}
