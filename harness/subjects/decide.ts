import { passes } from './language.ts';
import type { TokenBox, TokenLanguage } from './language.ts';

/** Distinct sets of boxes that may be followed at one position, before the question is called too large. */
const statesMax = 100_000;

/** How two sets of subjects lie to each other, with the shortest subject that shows each part that is not empty. */
export interface Relation {
  readonly onlyLeft?: string;
  readonly onlyRight?: string;
  readonly both?: string;
}

/**
 * Decides, over all subjects there are, which parts two sets have; what is absent is proven empty. The sets are read as
 * an automaton over tokens: all tokens that no box names behave alike, and beyond the last named position and count
 * nothing changes, so that every case is met in a finite number of steps.
 *
 * @throws RangeError where more than 100,000 states would be met at one position.
 */
export function relate(left: TokenLanguage, right: TokenLanguage): Relation {
  const find = (wanted: (inLeft: boolean, inRight: boolean) => boolean): string | undefined =>
    shortestSubject([left, right], ([inLeft = false, inRight = false]) => wanted(inLeft, inRight));
  const onlyLeft = find((inLeft, inRight) => inLeft && !inRight);
  const onlyRight = find((inLeft, inRight) => !inLeft && inRight);
  const both = find((inLeft, inRight) => inLeft && inRight);
  return {
    ...(onlyLeft === undefined ? {} : { onlyLeft }),
    ...(onlyRight === undefined ? {} : { onlyRight }),
    ...(both === undefined ? {} : { both }),
  };
}

/** The relation in a word: whether the sets are equal, one is contained in the other, or they overlap. */
export function relationWord({
  onlyLeft,
  onlyRight,
  both,
}: Relation): 'equal' | 'inside' | 'around' | 'overlap' | 'apart' {
  if (onlyLeft === undefined && onlyRight === undefined) return 'equal';
  if (onlyLeft === undefined) return 'inside';
  if (onlyRight === undefined) return 'around';
  return both === undefined ? 'apart' : 'overlap';
}

/** The shorter of the subjects on which the sets differ, by tokens, then by characters; `undefined`: they are equal. */
export function shortestDifference({ onlyLeft, onlyRight }: Relation): string | undefined {
  if (onlyLeft === undefined || onlyRight === undefined) return onlyLeft ?? onlyRight;
  return isShorter(onlyRight, onlyLeft) ? onlyRight : onlyLeft;
}

/** Fewer tokens, then fewer characters, then earlier in the order of code units. */
export function isShorter(a: string, b: string): boolean {
  const [tokensA, tokensB] = [a.split('.').length, b.split('.').length];
  if (tokensA !== tokensB) return tokensA < tokensB;
  return a.length === b.length ? a < b : a.length < b.length;
}

/** Boxes of each set whose tests have held so far, by position in the set. */
type Alive = readonly (readonly number[])[];

interface State {
  readonly alive: Alive;
  /** The shortest text that leads here. */
  readonly text: string;
}

/** The shortest subject whose membership in the sets is as wanted. */
function shortestSubject(
  languages: readonly TokenLanguage[],
  wanted: (member: readonly boolean[]) => boolean,
): string | undefined {
  const boxes = languages.flat();
  const depthMax = Math.max(1, ...boxes.map(lastChange));
  let layer: readonly State[] = [{ alive: languages.map((language) => [...language.keys()]), text: '' }];
  for (let position = 0; position < depthMax; position += 1) {
    layer = nextLayer(layer, position, languages);
    const found = layer.filter(({ alive }) =>
      wanted(alive.map((own, at) => own.some((box) => accepts(languages[at]?.[box], position + 1)))),
    );
    if (found.length > 0) return found.map(({ text }) => text).reduce((a, b) => (isShorter(b, a) ? b : a));
  }
  return undefined;
}

/** The least number of tokens from which on the box treats one more like one less. */
function lastChange({ counts, tests }: TokenBox): number {
  const bounds = counts.flatMap(({ min, max }) => (max === Infinity ? [min] : [min, max + 1]));
  return Math.max(0, ...bounds, ...[...tests.keys()].map((position) => position + 1));
}

function accepts(box: TokenBox | undefined, count: number): boolean {
  if (box === undefined) return false;
  const hasAll = [...box.tests.keys()].every((position) => position < count);
  return hasAll && box.counts.some(({ min, max }) => min <= count && count <= max);
}

function nextLayer(layer: readonly State[], position: number, languages: readonly TokenLanguage[]): readonly State[] {
  const next = new Map<string, State>();
  const alphabet = tokensAt(languages.flat(), position);
  for (const { alive, text } of layer) {
    for (const token of alphabet) {
      const after = alive.map((own, at) => own.filter((box) => survives(languages[at]?.[box], position, token)));
      const longer = position === 0 ? token : `${text}.${token}`;
      const key = after.map((own) => own.join(',')).join(';');
      const known = next.get(key);
      if (known === undefined || isShorter(longer, known.text)) next.set(key, { alive: after, text: longer });
    }
    if (next.size > statesMax) throw new RangeError(`more than ${statesMax} states at token ${position}`);
  }
  return [...next.values()];
}

function survives(box: TokenBox | undefined, position: number, token: string): boolean {
  const test = box?.tests.get(position);
  return box !== undefined && (test === undefined || passes(test, token));
}

/** The tokens that a box names at the position and that can be in a subject, and one for all others. */
function tokensAt(boxes: readonly TokenBox[], position: number): readonly string[] {
  const named = new Set(boxes.flatMap(({ tests }) => [...(tests.get(position)?.tokens ?? [])]));
  return [...[...named].filter((token) => /^[^. \t\r\n]+$/.test(token)), unnamed(named)];
}

/** As short as can be: a letter, then letters with a number. */
function unnamed(named: ReadonlySet<string>): string {
  const letters = 'xyzabcdefghijklmnopqrstuvw';
  for (let round = 0; ; round += 1) {
    const found = Array.from(letters, (letter) => (round === 0 ? letter : `${letter}${round}`)).find(
      (token) => !named.has(token),
    );
    if (found !== undefined) return found;
  }
}
