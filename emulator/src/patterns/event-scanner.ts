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
  const at = behindSpace(text, 0);
  if (text.charCodeAt(at) !== openBrace) throw new SyntaxError('an event must be a JSON object');
  const scan: Scan<Field> = { text, at, leaf, arrays: 0, place: undefined };
  readObject(scan, root);
  if (behindSpace(text, scan.at) < text.length) throw unreadable(scan.at);
}

type LeafSink<Field> = (field: Field, value: EventValue) => void;

interface Scan<Field> {
  readonly text: string;
  readonly leaf: LeafSink<Field>;
  at: number;
  arrays: number;
  place: ArrayPlace | undefined;
}

const space = 32;
const quote = 34;
const comma = 44;
const dot = 46;
const digitNine = 57;
const colon = 58;
const backslash = 92;
const openBracket = 91;
const closeBracket = 93;
const openBrace = 123;
const closeBrace = 125;

/** From the opening brace to behind the closing one. */
function readObject<Field>(scan: Scan<Field>, node: FieldNode<Field>): void {
  const { text } = scan;
  let at = behindSpace(text, scan.at + 1);
  if (text.charCodeAt(at) === closeBrace) {
    scan.at = at + 1;
    return;
  }
  for (;;) {
    if (text.charCodeAt(at) !== quote) throw unreadable(at);
    const start = at + 1;
    const behind = behindName(text, start);
    at = Math.abs(behind);
    const child = behind > 0 ? findChildAt(text, node, start, at - 1) : findByName(node, decode(text, start, at - 1));
    at = behindSpace(text, at);
    if (text.charCodeAt(at) !== colon) throw unreadable(at);
    at = behindSpace(text, at + 1);
    if (child === undefined) {
      at = behindValue(text, at);
    } else {
      scan.at = at;
      readValue(scan, child);
      at = scan.at;
    }
    at = behindSpace(text, at);
    const end = text.charCodeAt(at);
    if (end === comma) {
      at = behindSpace(text, at + 1);
    } else if (end === closeBrace) {
      scan.at = at + 1;
      return;
    } else throw unreadable(at);
  }
}

/** The child that a plain name leads to. */
function findChildAt<Field>(
  text: string,
  node: FieldNode<Field>,
  start: number,
  end: number,
): FieldNode<Field> | undefined {
  if (node.byName !== undefined) return node.byName.get(text.slice(start, end));
  const { children } = node;
  const first = text.charCodeAt(start);
  for (let index = 0; index < children.length; index += 1) {
    const child = children[index];
    // Most names differ in their first letter.
    if (child === undefined || (child.first !== first && child.name !== '')) continue;
    if (child.name.length === end - start && text.startsWith(child.name, start)) return child;
  }
  return undefined;
}

/** Behind the closing quote of a name; negative if it has dots or escapes, so that its letters are not the whole of it. */
function behindName(text: string, start: number): number {
  let plain = true;
  for (let at = start; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (char === quote) return plain ? at + 1 : -at - 1;
    if (char === dot) plain = false;
    else if (char === backslash) {
      plain = false;
      at += 1;
    }
  }
  throw unreadable(start);
}

function findByName<Field>(node: FieldNode<Field>, name: string): FieldNode<Field> | undefined {
  return findChild(node, name) ?? (name.includes('.') ? findNode(node, name) : undefined);
}

function readValue<Field>(scan: Scan<Field>, node: FieldNode<Field>): void {
  const first = scan.text.charCodeAt(scan.at);
  if (first === openBrace) {
    if (node.children.length > 0) readObject(scan, node);
    else scan.at = behindNested(scan.text, scan.at);
  } else if (first === openBracket) {
    readArray(scan, node);
  } else {
    readLeaf(scan, node, first);
  }
}

/** From the opening bracket to behind the closing one. */
function readArray<Field>(scan: Scan<Field>, node: FieldNode<Field>): void {
  const { text } = scan;
  const array = scan.arrays;
  scan.arrays += 1;
  const outer = scan.place;
  scan.at = behindSpace(text, scan.at + 1);
  if (text.charCodeAt(scan.at) === closeBracket) {
    scan.at += 1;
    return;
  }
  for (let element = 0; ; element += 1) {
    const first = text.charCodeAt(scan.at);
    if (first === openBrace || first === openBracket) scan.place = { array, element, outer };
    readValue(scan, node);
    scan.place = outer;
    const at = behindSpace(text, scan.at);
    const end = text.charCodeAt(at);
    scan.at = at + 1;
    if (end === closeBracket) return;
    if (end !== comma) throw unreadable(at);
    scan.at = behindSpace(text, scan.at);
  }
}

function readLeaf<Field>(scan: Scan<Field>, { field }: FieldNode<Field>, first: number): void {
  const { text, at, place } = scan;
  if (first === quote) {
    scan.at = behindString(text, at);
    if (field === undefined) return;
    scan.leaf(field, { kind: 'string', text: decode(text, at + 1, scan.at - 1), number: Number.NaN, place });
    return;
  }
  scan.at = behindWord(text, at);
  if (field === undefined) return;
  const word = text.slice(at, scan.at);
  // Letters come after digits, and t, f and n begin the literals.
  if (first > digitNine) scan.leaf(field, { kind: 'literal', text: word, number: Number.NaN, place });
  else scan.leaf(field, { kind: 'number', text: word, number: comparableNumber(word) ?? Number.NaN, place });
}

/** Behind the value that starts at `at`. */
function behindValue(text: string, at: number): number {
  const first = text.charCodeAt(at);
  if (first === quote) return behindString(text, at);
  return first === openBrace || first === openBracket ? behindNested(text, at) : behindWord(text, at);
}

function behindNested(text: string, start: number): number {
  let depth = 0;
  let at = start;
  while (at < text.length) {
    const char = text.charCodeAt(at);
    if (char === quote) {
      at = behindString(text, at);
      continue;
    }
    at += 1;
    if (char === openBrace || char === openBracket) depth += 1;
    else if (char === closeBrace || char === closeBracket) {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  throw unreadable(start);
}

/** How many characters are looked at one by one before the platform is asked to find the end. */
const shortChars = 32;

/** Behind the closing quote of the string that opens at `start`. */
function behindString(text: string, start: number): number {
  const near = Math.min(start + shortChars, text.length);
  for (let at = start + 1; at < near; at += 1) {
    const char = text.charCodeAt(at);
    if (char === quote) return at + 1;
    if (char === backslash) at += 1;
  }
  let end = start;
  do end = text.indexOf('"', end + 1);
  while (end !== -1 && isEscaped(text, end));
  if (end === -1) throw unreadable(start);
  return end + 1;
}

/** An odd number of backslashes before it. */
function isEscaped(text: string, at: number): boolean {
  let before = at;
  while (text.charCodeAt(before - 1) === backslash) before -= 1;
  return (at - before) % 2 === 1;
}

/** Behind a number or a literal. */
function behindWord(text: string, start: number): number {
  let at = start;
  while (at < text.length) {
    const char = text.charCodeAt(at);
    if (char === comma || char === closeBrace || char === closeBracket || char <= space) break;
    at += 1;
  }
  if (at === start) throw unreadable(start);
  return at;
}

function behindSpace(text: string, start: number): number {
  let at = start;
  while (at < text.length && text.charCodeAt(at) <= space) at += 1;
  return at;
}

/** What stands between two quotes. */
function decode(text: string, start: number, end: number): string {
  const raw = text.slice(start, end);
  if (!raw.includes('\\')) return raw;
  const decoded: unknown = JSON.parse(`"${raw}"`);
  return String(decoded);
}

function unreadable(at: number): SyntaxError {
  return new SyntaxError(`unexpected character in event at ${at}`);
}
