import type { Condition } from './field.ts';
import { passes } from './value-test.ts';
import type { ArrayPlace, EventValue } from './value-test.ts';

/**
 * Do all conditions hold with values of which no two stand in different elements of one array? A field counts as absent
 * if none of its values is in the elements settled by the fields before it, in the order of their paths.
 *
 * @see https://github.com/aws/event-ruler, "JSON Array Matching"; AWS's own page does not say
 */
export function holdsInOnePlace<Item>(conditions: readonly Condition<Item>[], event: number): boolean {
  return holdsFrom(conditions, 0, undefined, event);
}

/** Elements settled so far, as a list of its own without nesting. */
type Settled = ArrayPlace | undefined;

function holdsFrom<Item>(
  conditions: readonly Condition<Item>[],
  index: number,
  settled: Settled,
  event: number,
): boolean {
  const condition = conditions[index];
  if (condition === undefined) return true;
  const values = condition.field.event === event ? condition.field.values : noValues;
  let present = false;
  const tried = new Set<Settled>();
  for (const value of values) {
    const together = settle(settled, value.place);
    if (together === 'elsewhere') continue;
    present = true;
    if (tried.has(together) || !condition.tests.some((test) => passes(test, value))) continue;
    if (holdsFrom(conditions, index + 1, together, event)) return true;
    tried.add(together);
  }
  return !present && condition.absence && holdsFrom(conditions, index + 1, settled, event);
}

const noValues: readonly EventValue[] = [];

function settle(settled: Settled, place: ArrayPlace | undefined): Settled | 'elsewhere' {
  let together = settled;
  for (let part = place; part !== undefined; part = part.outer) {
    const known = elementOf(settled, part.array);
    if (known === undefined) together = { array: part.array, element: part.element, outer: together };
    else if (known !== part.element) return 'elsewhere';
  }
  return together;
}

function elementOf(settled: Settled, array: number): number | undefined {
  for (let part = settled; part !== undefined; part = part.outer) if (part.array === array) return part.element;
  return undefined;
}
