import { comparableNumber } from './comparable-number.ts';
import { findChild, findNode } from './field-tree.ts';
import type { FieldNode } from './field-tree.ts';
import type { ArrayPlace, EventValue } from './value-test.ts';

/**
 * Reads an event once, from its JSON text, and hands over the leaves of those fields that the tree names; all else is
 * passed over, unread and unchecked.
 *
 * @throws SyntaxError where the text cannot be followed
 */
export function scanEvent<Field>(text: string, root: FieldNode<Field>, leaf: LeafSink<Field>): void {
  const scan: Scan<Field> = { text, at: 0, escaped: false, leaf, arrays: 0, place: undefined };
  if (skipSpace(scan) !== openBrace) throw new SyntaxError('an event must be a JSON object');
  readObject(scan, root);
  if (!Number.isNaN(skipSpace(scan))) throw unreadable(scan);
}

type LeafSink<Field> = (field: Field, value: EventValue) => void;

/** Where the reader is. */
interface Place {
  readonly text: string;
  at: number;
  /** The string read last had escapes. */
  escaped: boolean;
}

interface Scan<Field> extends Place {
  readonly leaf: LeafSink<Field>;
  arrays: number;
  place: ArrayPlace | undefined;
}

const quote = 34;
const comma = 44;
const dot = 46;
const colon = 58;
const backslash = 92;
const openBracket = 91;
const closeBracket = 93;
const openBrace = 123;
const closeBrace = 125;

/** From the opening brace to behind the closing one. */
function readObject<Field>(scan: Scan<Field>, node: FieldNode<Field>): void {
  scan.at += 1;
  if (skipSpace(scan) === closeBrace) {
    scan.at += 1;
    return;
  }
  for (;;) {
    if (skipSpace(scan) !== quote) throw unreadable(scan);
    const start = scan.at + 1;
    skipString(scan);
    const child = scan.escaped ? findEscaped(scan, node, start) : findUnescaped(scan, node, start, scan.at - 1);
    if (skipSpace(scan) !== colon) throw unreadable(scan);
    scan.at += 1;
    skipSpace(scan);
    if (child === undefined) skipValue(scan);
    else readValue(scan, child);
    const end = skipSpace(scan);
    scan.at += 1;
    if (end === closeBrace) return;
    if (end !== comma) throw unreadable(scan);
  }
}

function findUnescaped<Field>(
  scan: Scan<Field>,
  node: FieldNode<Field>,
  start: number,
  end: number,
): FieldNode<Field> | undefined {
  if (node.byName !== undefined) {
    const name = scan.text.slice(start, end);
    return node.byName.get(name) ?? (name.includes('.') ? findNode(node, name) : undefined);
  }
  const { children } = node;
  for (let index = 0; index < children.length; index += 1) {
    const child = children[index];
    if (child === undefined) continue;
    const behind = start + child.name.length;
    if (behind > end || !scan.text.startsWith(child.name, start)) continue;
    if (behind === end) return child;
    if (scan.text.charCodeAt(behind) === dot) return findNode(node, scan.text.slice(start, end));
  }
  return undefined;
}

function findEscaped<Field>(scan: Scan<Field>, node: FieldNode<Field>, start: number): FieldNode<Field> | undefined {
  const name = decode(scan, start);
  return findChild(node, name) ?? findNode(node, name);
}

function readValue<Field>(scan: Scan<Field>, node: FieldNode<Field>): void {
  const first = scan.text.charCodeAt(scan.at);
  if (first === openBrace) {
    if (node.children.length > 0) readObject(scan, node);
    else skipValue(scan);
  } else if (first === openBracket) {
    readArray(scan, node);
  } else {
    readLeaf(scan, node, first);
  }
}

/** From the opening bracket to behind the closing one. */
function readArray<Field>(scan: Scan<Field>, node: FieldNode<Field>): void {
  const array = scan.arrays;
  scan.arrays += 1;
  const outer = scan.place;
  scan.at += 1;
  if (skipSpace(scan) === closeBracket) {
    scan.at += 1;
    return;
  }
  for (let element = 0; ; element += 1) {
    const first = skipSpace(scan);
    if (first === openBrace || first === openBracket) scan.place = { array, element, outer };
    readValue(scan, node);
    scan.place = outer;
    const end = skipSpace(scan);
    scan.at += 1;
    if (end === closeBracket) return;
    if (end !== comma) throw unreadable(scan);
  }
}

function readLeaf<Field>(scan: Scan<Field>, node: FieldNode<Field>, first: number): void {
  const start = scan.at;
  if (first === quote) {
    skipString(scan);
    if (node.field === undefined) return;
    const content = scan.escaped ? decode(scan, start + 1) : scan.text.slice(start + 1, scan.at - 1);
    scan.leaf(node.field, { kind: 'string', text: content, number: Number.NaN, place: scan.place });
    return;
  }
  skipWord(scan);
  if (node.field === undefined) return;
  const word = scan.text.slice(start, scan.at);
  // Letters follow digits: t, f and n begin the literals.
  if (first > 57) scan.leaf(node.field, { kind: 'literal', text: word, number: Number.NaN, place: scan.place });
  else
    scan.leaf(node.field, {
      kind: 'number',
      text: word,
      number: comparableNumber(word) ?? Number.NaN,
      place: scan.place,
    });
}

function skipValue(scan: Place): void {
  const first = scan.text.charCodeAt(scan.at);
  if (first === quote) skipString(scan);
  else if (first === openBrace || first === openBracket) skipNested(scan);
  else skipWord(scan);
}

function skipNested(scan: Place): void {
  let depth = 0;
  for (;;) {
    const char = scan.text.charCodeAt(scan.at);
    if (char === quote) {
      skipString(scan);
      continue;
    }
    scan.at += 1;
    if (char === openBrace || char === openBracket) depth += 1;
    else if (char === closeBrace || char === closeBracket) {
      depth -= 1;
      if (depth === 0) return;
    } else if (Number.isNaN(char)) throw unreadable(scan);
  }
}

/** From the opening quote to behind the closing one; notes whether anything in between is scan.escaped. */
function skipString(scan: Place): void {
  scan.escaped = false;
  scan.at += 1;
  for (;;) {
    const char = scan.text.charCodeAt(scan.at);
    scan.at += 1;
    if (char === quote) return;
    if (char === backslash) {
      scan.escaped = true;
      scan.at += 1;
    } else if (Number.isNaN(char)) throw unreadable(scan);
  }
}

function skipWord(scan: Place): void {
  const start = scan.at;
  for (;;) {
    const char = scan.text.charCodeAt(scan.at);
    if (Number.isNaN(char) || char === comma || char === closeBrace || char === closeBracket || char <= 32) break;
    scan.at += 1;
  }
  if (scan.at === start) throw unreadable(scan);
}

function skipSpace(scan: Place): number {
  for (;;) {
    const char = scan.text.charCodeAt(scan.at);
    if (char > 32 || Number.isNaN(char)) return char;
    scan.at += 1;
  }
}

/** A string with escapes that ends where the reader is. */
function decode(scan: Place, start: number): string {
  const decoded: unknown = JSON.parse(scan.text.slice(start - 1, scan.at));
  return String(decoded);
}

function unreadable(scan: Place): SyntaxError {
  return new SyntaxError(`unexpected character in event scan.at ${scan.at}`);
}
