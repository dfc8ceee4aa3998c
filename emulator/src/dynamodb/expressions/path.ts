import type { AttributeValue } from '../attribute-value.ts';
import type { Cursor, ExpressionKind } from './cursor.ts';
import { invalidExpression } from './cursor.ts';
import type { Placeholders } from './placeholders.ts';
import { isReservedWord } from './reserved-words.ts';
import type { Path } from './syntax.ts';

/** A name as written: `status`, or `#s` with what it stands for not yet looked up. */
export type Step = { readonly word: string } | { readonly name: string } | { readonly index: number };

export type WrittenPath = readonly [Step, ...Step[]];

/** Reads `a.#b[0].c`; throws a syntax error on what is none. */
export function readPath(cursor: Cursor): WrittenPath {
  const path: [Step, ...Step[]] = [readName(cursor)];
  for (;;) {
    if (cursor.take('.')) path.push(readName(cursor));
    else if (cursor.take('[')) path.push(readIndex(cursor));
    else return path;
  }
}

function readName(cursor: Cursor): Step {
  const { kind } = cursor.peek();
  if (kind === 'word') return { word: cursor.next().text };
  if (kind === 'name') return { name: cursor.next().text };
  throw cursor.fail();
}

function readIndex(cursor: Cursor): Step {
  if (cursor.peek().kind !== 'number') throw cursor.fail();
  const index = Number(cursor.next().text);
  cursor.expect(']');
  return { index };
}

/** Throws where a plain name is a reserved word. */
export function refuseReservedWords(kind: ExpressionKind, path: WrittenPath): void {
  for (const step of path) {
    if ('word' in step && isReservedWord(step.word)) {
      throw invalidExpression(kind, `Attribute name is a reserved keyword; reserved keyword: ${step.word}`);
    }
  }
}

/** Throws where `#name` stands for nothing. */
export function resolvePath(kind: ExpressionKind, placeholders: Placeholders, [first, ...rest]: WrittenPath): Path {
  const resolve = (step: Step): string | number => {
    if ('index' in step) return step.index;
    if ('word' in step) return step.word;
    const name = placeholders.name(step.name);
    if (name === undefined) {
      const message = 'An expression attribute name used in the document path is not defined';
      throw invalidExpression(kind, `${message}; attribute name: ${step.name}`);
    }
    return name;
  };
  return [String(resolve(first)), ...rest.map(resolve)];
}

/** Throws where `:value` stands for nothing. */
export function resolveValue(kind: ExpressionKind, placeholders: Placeholders, placeholder: string): AttributeValue {
  const value = placeholders.value(placeholder);
  if (value === undefined) {
    const message = 'An expression attribute value used in expression is not defined';
    throw invalidExpression(kind, `${message}; attribute value: ${placeholder}`);
  }
  return value;
}
