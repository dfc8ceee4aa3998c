import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { sortedMap } from './sorted-map.ts';

const step = fc.record({ key: fc.integer({ min: 0, max: 400 }), remove: fc.boolean() });

test('a sorted map - holds what a Map holds, in order, both ways', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 3000, size: 'max' }), fc.nat(400), fc.nat(400), (steps, a, b) => {
      const tree = sortedMap<number>();
      const model = new Map<string, number>();
      for (const [index, { key, remove }] of steps.entries()) {
        const name = String(key).padStart(4, '0');
        if (remove) expect(tree.delete(name)).toBe(model.delete(name));
        else {
          tree.set(name, index);
          model.set(name, index);
        }
      }
      const sorted = [...model].sort(([x], [y]) => (x < y ? -1 : 1));
      expect(tree.size).toBe(model.size);
      expect([...tree.entries({ from: '' })]).toEqual(sorted);
      expect([...tree.entries({ from: '', descending: true })]).toEqual([...sorted].reverse());
      const from = String(Math.min(a, b)).padStart(4, '0');
      const to = String(Math.max(a, b)).padStart(4, '0');
      const slice = sorted.filter(([key]) => key >= from && key < to);
      expect([...tree.entries({ from, to })]).toEqual(slice);
      expect([...tree.entries({ from, to, descending: true })]).toEqual(slice.reverse());
      for (const [key, value] of model) expect(tree.get(key)).toBe(value);
      expect(tree.get('zzz')).toBeUndefined();
    }),
    { numRuns: 20 },
  );
});
