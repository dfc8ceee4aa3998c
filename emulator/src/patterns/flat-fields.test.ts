import { array, assert, constantFrom, dictionary, oneof, property, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import { compilePattern } from './compile-pattern.ts';
import { eventValue, matchesFlat } from './flat-fields.ts';
import { createRuleSet } from './rule-set.ts';

const name = constantFrom('a', 'b', 'a.b');
const leaf = constantFrom('x', 'xy', '', '10.0.0.1', 'null', 1, 1.5, 1e21, true, false, null);
const condition = oneof(
  leaf,
  constantFrom(
    { exists: true },
    { exists: false },
    { prefix: 'x' },
    { suffix: 'y' },
    { 'anything-but': ['x', '10.0.0.1'] },
    { 'equals-ignore-case': 'XY' },
    { numeric: ['>', 0, '<=', 1.5] },
    { cidr: '10.0.0.0/24' },
  ),
);
const fields = dictionary(name, array(condition, { minLength: 1, maxLength: 3 }), { minKeys: 1 });
const pattern = oneof(
  fields,
  tuple(fields, fields).map(([one, other]) => ({ $or: [one, other] })),
);
const event = dictionary(name, oneof(leaf, array(leaf, { maxLength: 3 })));

test('flat fields - a pattern holds as it does in a rule set', () => {
  assert(
    property(pattern, event, (wanted, given) => {
      const rules = createRuleSet();
      rules.add('rule', wanted);
      const values = new Map(
        Object.entries(given).map(([key, value]) => [key, (Array.isArray(value) ? value : [value]).map(eventValue)]),
      );
      const flat = matchesFlat(compilePattern(JSON.stringify(wanted)).branches, values);
      expect(flat).toBe(rules.matches(given).length > 0);
    }),
    { numRuns: 2000 },
  );
});
