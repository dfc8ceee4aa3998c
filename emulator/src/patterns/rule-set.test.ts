import { expect, test } from 'vitest';
import * as fc from 'fast-check';
import { InvalidPatternError, createRuleSet } from './index.ts';

/** A pattern as an object, and the leaves of an event with where they stand: the whole of the rules, by inspection. */
type Leaf = { path: string; value: unknown; place: Map<number, number> };

function leavesOf(event: object): Leaf[] {
  const leaves: Leaf[] = [];
  let arrays = 0;
  const walk = (value: unknown, path: string, place: Map<number, number>): void => {
    if (Array.isArray(value)) {
      const array = arrays;
      arrays += 1;
      value.forEach((element: unknown, index) => {
        const nested = typeof element === 'object' && element !== null;
        walk(element, path, nested ? new Map([...place, [array, index]]) : place);
      });
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, member] of Object.entries(value)) walk(member, path === '' ? key : `${path}.${key}`, place);
    } else {
      leaves.push({ path, value, place });
    }
  };
  walk(event, '', new Map());
  return leaves;
}

function alternatives(pattern: Record<string, unknown>, prefix = ''): Map<string, unknown[]>[] {
  let branches: Map<string, unknown[]>[] = [new Map()];
  for (const [key, member] of Object.entries(pattern)) {
    if (key === '$or') {
      const members = (member as Record<string, unknown>[]).flatMap((each) => alternatives(each, prefix));
      branches = branches.flatMap((branch) => members.map((each) => new Map([...branch, ...each])));
    } else if (Array.isArray(member)) {
      branches = branches.map((branch) => new Map(branch).set(prefix + key, member));
    } else {
      const nested = alternatives(member as Record<string, unknown>, `${prefix}${key}.`);
      branches = branches.flatMap((branch) => nested.map((each) => new Map([...branch, ...each])));
    }
  }
  return branches;
}

function referenceMatches(pattern: Record<string, unknown>, event: object): boolean {
  const leaves = leavesOf(event);
  return alternatives(pattern).some((branch) => {
    const fields = [...branch].sort(([a], [b]) => (a < b ? -1 : 1));
    const from = (index: number, settled: Map<number, number>): boolean => {
      const field = fields[index];
      if (field === undefined) return true;
      const [path, tests] = field;
      const near = leaves.filter(
        (leaf) =>
          leaf.path === path &&
          [...leaf.place].every(([array, at]) => !settled.has(array) || settled.get(array) === at),
      );
      const absent = tests.some((each) => JSON.stringify(each) === '{"exists":false}');
      if (near.length === 0) return absent && from(index + 1, settled);
      return near.some(
        (leaf) =>
          tests.some((each) => accepts(each, leaf.value)) && from(index + 1, new Map([...settled, ...leaf.place])),
      );
    };
    return from(0, new Map());
  });
}

function accepts(test: unknown, value: unknown): boolean {
  if (typeof test !== 'object' || test === null) return test === value;
  const [[operator, operand] = ['', undefined]] = Object.entries(test);
  const text = typeof value === 'string' ? value : undefined;
  const fold = (item: unknown): string => String(item).toLowerCase();
  switch (operator) {
    case 'exists':
      return operand === true;
    case 'anything-but': {
      const nested =
        typeof operand === 'object' && !Array.isArray(operand) ? Object.entries(operand as object)[0] : undefined;
      if (nested === undefined) return ![operand].flat().some((each) => accepts(each, value));
      return ![nested[1]].flat().some((each) => accepts({ [nested[0]]: each }, value));
    }
    case 'numeric': {
      const terms = operand as (string | number)[];
      if (typeof value !== 'number') return false;
      return [0, 2].every((at) => {
        const bound = Number(terms[at + 1]);
        switch (terms[at]) {
          case '<':
            return value < bound;
          case '<=':
            return value <= bound;
          case '>':
            return value > bound;
          case '>=':
            return value >= bound;
          case '=':
            return value === bound;
          default:
            return true;
        }
      });
    }
    case 'prefix':
      if (typeof operand === 'object')
        return text !== undefined && fold(text).startsWith(fold(Object.values(operand as object)[0]));
      return text !== undefined && text.startsWith(String(operand));
    case 'suffix':
      if (typeof operand === 'object')
        return text !== undefined && fold(text).endsWith(fold(Object.values(operand as object)[0]));
      return text !== undefined && text.endsWith(String(operand));
    case 'equals-ignore-case':
      return text !== undefined && fold(text) === fold(operand);
    case 'wildcard': {
      const source = String(operand)
        .split('*')
        .map((literal) => literal.replace(/[\\.+?^${}()|[\]]/g, '\\$&'))
        .join('[^]*');
      return text !== undefined && new RegExp(`^${source}$`).test(text);
    }
    default:
      throw new Error(`no such operator: ${operator}`);
  }
}

const word = fc.constantFrom('', 'a', 'b', 'ab', 'ba', 'aab', 'A', 'aB', 'abab');
const someWord = fc.constantFrom('a', 'b', 'ab', 'A');
const number = fc.constantFrom(-1, 0, 1, 1.5, 300);
const scalar = fc.oneof(word, number, fc.constantFrom(true, false, null));
const wildcard = fc.constantFrom('*', 'a*', '*b', '*a*', 'a*b', '*a*b', 'ab');
const oneOrMore = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | T[]> =>
  fc.oneof(arbitrary, fc.array(arbitrary, { minLength: 1, maxLength: 3 }));

const valueTest: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: scalar },
  word.map((prefix) => ({ prefix })),
  word.map((suffix) => ({ suffix })),
  fc.tuple(fc.constantFrom('prefix', 'suffix'), word).map(([end, each]) => ({ [end]: { 'equals-ignore-case': each } })),
  word.map((each) => ({ 'equals-ignore-case': each })),
  fc.boolean().map((exists) => ({ exists })),
  oneOrMore(word).map((each) => ({ 'anything-but': each })),
  oneOrMore(number).map((each) => ({ 'anything-but': each })),
  fc
    .tuple(fc.constantFrom('prefix', 'suffix', 'equals-ignore-case'), oneOrMore(someWord))
    .map(([operator, each]) => ({ 'anything-but': { [operator]: each } })),
  oneOrMore(fc.constantFrom('a*', '*b')).map((each) => ({ 'anything-but': { wildcard: each } })),
  wildcard.map((each) => ({ wildcard: each })),
  fc.tuple(fc.constantFrom('<', '<=', '>', '>=', '='), number).map((numeric) => ({ numeric })),
  fc
    .tuple(fc.constantFrom('>', '>='), fc.constantFrom(-1, 0), fc.constantFrom('<', '<='), fc.constantFrom(1, 300))
    .map((numeric) => ({ numeric })),
);
const name = fc.constantFrom('a', 'b', 'c', 'a.b');
const tests = fc.array(valueTest, { minLength: 1, maxLength: 2 });
const flatPattern = fc.dictionary(name, tests, { minKeys: 1, maxKeys: 2 });
const pattern = fc
  .tuple(
    fc.dictionary(name, fc.oneof({ weight: 3, arbitrary: tests }, flatPattern), { minKeys: 1, maxKeys: 3 }),
    fc.option(fc.array(flatPattern, { minLength: 2, maxLength: 3 }), { nil: undefined }),
  )
  .map(([fields, or]): Record<string, unknown> => (or === undefined ? fields : { ...fields, $or: or }));
const event = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    { weight: 2, arbitrary: scalar },
    tie('object'),
    fc.array(tie('value'), { maxLength: 3 }),
  ),
  object: fc.dictionary(name, tie('value'), { maxKeys: 3 }),
})).object as fc.Arbitrary<object>;

/** A pattern that its compiler refuses, for instance as too complex, is no example. */
function add(rules: ReturnType<typeof createRuleSet>, ruleName: string, each: object): boolean {
  try {
    rules.add(ruleName, each);
    return true;
  } catch (error) {
    if (error instanceof InvalidPatternError) return false;
    throw error;
  }
}

test('rule set - agrees with a matcher that is right by inspection', () => {
  let matched = 0;
  fc.assert(
    fc.property(
      fc.array(pattern, { minLength: 1, maxLength: 8 }),
      fc.array(event, { minLength: 1, maxLength: 4 }),
      (patterns, events) => {
        const rules = createRuleSet();
        const added = patterns.map((each, index) => add(rules, `${index}`, each));
        for (const each of events) {
          const expected = patterns.flatMap((one, index) =>
            added[index] && referenceMatches(one, each) ? [`${index}`] : [],
          );
          expect(rules.matches(each).sort()).toEqual(expected.sort());
          matched += expected.length;
        }
      },
    ),
    { numRuns: 500, seed: 1 },
  );
  expect(matched).toBeGreaterThan(20);
});

test('rule set - forgets what is deleted and keeps the rest', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(pattern, fc.boolean()), { minLength: 2, maxLength: 10 }),
      fc.array(event, { minLength: 1, maxLength: 3 }),
      (entries, events) => {
        const grown = createRuleSet();
        const kept = createRuleSet();
        entries.forEach(([each], index) => add(grown, `${index}`, each));
        for (const each of events) grown.matches(each);
        for (const [index, [each, keep]] of entries.entries()) {
          if (keep) add(kept, `${index}`, each);
          else grown.delete(`${index}`);
        }
        for (const each of events) expect(grown.matches(each).sort()).toEqual(kept.matches(each).sort());
        expect(grown.size()).toBe(kept.size());
      },
    ),
    { numRuns: 200, seed: 2 },
  );
});

test('rule set - a new pattern takes the place of the old one, a bad one leaves it', () => {
  const rules = createRuleSet();
  rules.add('rule', { a: ['x'] });
  rules.add('rule', { a: ['y'] });
  expect(() => rules.add('rule', { a: [] })).toThrow(InvalidPatternError);
  expect(rules.matches({ a: 'x' })).toEqual([]);
  expect(rules.matches({ a: 'y' })).toEqual(['rule']);
  expect(rules.delete('rule')).toBe(true);
  expect(rules.delete('rule')).toBe(false);
  expect(rules.matches({ a: 'y' })).toEqual([]);
});
