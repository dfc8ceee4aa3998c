import type { CountRange, TokenBox, TokenLanguage, TokenTest } from './language.ts';

/** A rule that looks at more than whole tokens and their count: it can be tried, but not decided here. */
export class UndecidableRuleError extends Error {
  override readonly name = 'UndecidableRuleError';
}

/** `$or` and lists of alternatives multiply; EventBridge itself takes a thousand combinations. */
const boxesMax = 1_000;

/** What an event of the exact mapping always has. */
const constants: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['source', 'nats'],
  ['detail-type', 'nats.msg'],
]);

/**
 * The subjects whose event in the exact mapping's form (`n` the count, `t0`, `t1`, … the tokens) a rule matches.
 *
 * @throws UndecidableRuleError where the rule asks for something that is not about whole tokens or their count.
 */
export function ruleLanguage(rule: Readonly<Record<string, unknown>>): TokenLanguage {
  refuseRepetition(rule);
  let boxes: TokenLanguage = [everything];
  for (const [key, value] of Object.entries(rule)) {
    if (key === 'detail') boxes = both(boxes, detailLanguage(objectOf(value, key)));
    else if (key === '$or')
      boxes = both(
        boxes,
        listOf(value, key).flatMap((one) => ruleLanguage(objectOf(one, key))),
      );
    else if (!listOf(value, key).includes(constantOf(key))) return [];
  }
  return boxes;
}

const everything: TokenBox = { counts: [{ min: 1, max: Infinity }], tests: new Map() };

function constantOf(key: string): unknown {
  if (!constants.has(key)) throw new UndecidableRuleError(`field '${key}' is not one of the exact mapping's events`);
  return constants.get(key);
}

function detailLanguage(detail: Readonly<Record<string, unknown>>): TokenLanguage {
  refuseRepetition(detail);
  let boxes: TokenLanguage = [everything];
  for (const [key, value] of Object.entries(detail)) {
    const list = listOf(value, key);
    if (key === '$or')
      boxes = both(
        boxes,
        list.flatMap((one) => detailLanguage(objectOf(one, key))),
      );
    else if (key === 'n') boxes = both(boxes, [{ counts: list.flatMap(countsOf), tests: new Map() }]);
    else if (key === 'v') boxes = list.includes(1) ? boxes : [];
    else
      boxes = both(
        boxes,
        list.flatMap((one) => tokenBoxes(positionOf(key), one, key)),
      );
  }
  return boxes;
}

/** Which of two tests of one field counts, beside and inside `$or`, depends on their order in the text. */
function refuseRepetition({ $or, ...beside }: Readonly<Record<string, unknown>>): void {
  const inside = $or === undefined ? [] : listOf($or, '$or').flatMap((one) => Object.keys(objectOf(one, '$or')));
  const repeated = inside.find((key) => key in beside || key === '$or');
  if (repeated !== undefined)
    throw new UndecidableRuleError(`field '${repeated}' is tested inside '$or' and beside it`);
}

function positionOf(key: string): number {
  const position = /^t(0|[1-9]\d{0,3})$/.exec(key)?.[1];
  if (position === undefined) throw new UndecidableRuleError(`field 'detail.${key}' is not a token or the count`);
  return Number(position);
}

/** What one alternative of a token's field lets through. */
function tokenBoxes(position: number, test: unknown, key: string): TokenLanguage {
  if (typeof test === 'string') return [boxWith(position, { tokens: new Set([test]), negated: false })];
  const entries = Object.entries(objectOf(test, key));
  const [operator, value] = entries[0] ?? [];
  if (entries.length === 1 && operator === 'exists' && typeof value === 'boolean') {
    const counts = value ? [{ min: position + 1, max: Infinity }] : [{ min: 1, max: position }];
    return [{ counts: counts.filter(({ min, max }) => min <= max), tests: new Map() }];
  }
  const excluded = typeof value === 'string' ? [value] : value;
  if (entries.length === 1 && operator === 'anything-but' && isStrings(excluded))
    return [boxWith(position, { tokens: new Set(excluded), negated: true })];
  throw new UndecidableRuleError(`field 'detail.${key}' asks for more than whole tokens: ${JSON.stringify(test)}`);
}

function boxWith(position: number, test: TokenTest): TokenBox {
  return { counts: everything.counts, tests: new Map([[position, test]]) };
}

function countsOf(test: unknown): readonly CountRange[] {
  if (typeof test === 'number') return rangeOf(['=', test]);
  const { numeric, ...rest } = objectOf(test, 'n');
  if (Array.isArray(numeric) && Object.keys(rest).length === 0) return rangeOf(numeric);
  throw new UndecidableRuleError(`field 'detail.n' asks for more than a range: ${JSON.stringify(test)}`);
}

/** Of `['>=', 2]` or `['>', 1, '<', 4]`, in whole numbers. */
function rangeOf(comparisons: readonly unknown[]): readonly CountRange[] {
  let { min, max } = { min: 1, max: Infinity };
  for (let at = 0; at < comparisons.length; at += 2) {
    const [operator, value] = comparisons.slice(at, at + 2);
    if (typeof value !== 'number') throw new UndecidableRuleError(`'${String(value)}' is not a count of tokens`);
    if (operator === '=' || operator === '>=') min = Math.max(min, Math.ceil(value));
    if (operator === '=' || operator === '<=') max = Math.min(max, Math.floor(value));
    if (operator === '>') min = Math.max(min, Math.floor(value) + 1);
    if (operator === '<') max = Math.min(max, Math.ceil(value) - 1);
  }
  return min <= max ? [{ min, max }] : [];
}

/** The intersection of two unions. */
function both(left: TokenLanguage, right: TokenLanguage): TokenLanguage {
  if (left.length * right.length > boxesMax)
    throw new UndecidableRuleError(`the rule has more than ${boxesMax} combinations`);
  return left.flatMap((a) => right.flatMap((b) => intersect(a, b)));
}

function intersect(a: TokenBox, b: TokenBox): TokenLanguage {
  const counts = a.counts.flatMap((one) =>
    b.counts.flatMap((two) => {
      const [min, max] = [Math.max(one.min, two.min), Math.min(one.max, two.max)];
      return min <= max ? [{ min, max }] : [];
    }),
  );
  const tests = new Map(a.tests);
  for (const [position, test] of b.tests) {
    const known = tests.get(position);
    tests.set(position, known === undefined ? test : conjunction(known, test));
  }
  return counts.length === 0 ? [] : [{ counts, tests }];
}

function conjunction(a: TokenTest, b: TokenTest): TokenTest {
  if (a.negated && b.negated) return { tokens: a.tokens.union(b.tokens), negated: true };
  if (a.negated) return { tokens: b.tokens.difference(a.tokens), negated: false };
  return { tokens: b.negated ? a.tokens.difference(b.tokens) : a.tokens.intersection(b.tokens), negated: false };
}

function listOf(value: unknown, key: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new UndecidableRuleError(`field '${key}' is ${JSON.stringify(value)}, expected a list of alternatives`);
}

function objectOf(value: unknown, key: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new UndecidableRuleError(`field '${key}' asks for ${JSON.stringify(value)}, which is not about whole tokens`);
}

function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
