import type { Choice } from '#core';

/**
 * The same parameters with one whole number smaller, never below 1, or with one item of a list less. Texts stay, and so do
 * times, whose names end in `Ms`: a request with a millisecond to its deadline tells nothing about the system.
 */
export function smaller(parameters: unknown): readonly unknown[] {
  if (typeof parameters === 'number') return Number.isInteger(parameters) ? lower(parameters, 1) : [];
  if (Array.isArray(parameters)) {
    const items: readonly unknown[] = parameters;
    const fewer = items.length > 1 ? items.map((_, index) => items.toSpliced(index, 1)) : [];
    return [...fewer, ...items.flatMap((item, index) => smaller(item).map((value) => items.with(index, value)))];
  }
  if (typeof parameters !== 'object' || parameters === null) return [];
  return Object.entries(parameters)
    .filter(([name]) => !name.endsWith('Ms'))
    .flatMap(([name, value]) => smaller(value).map((candidate) => ({ ...parameters, [name]: candidate })));
}

/**
 * The same choice made earlier or milder: one ordinal of its key, or its option, smaller. Ordinals are the numbers after
 * `#`, `.`, `/` or a blank; a number inside a name is part of the name.
 */
export function earlier({ point, key, option }: Choice): readonly Choice[] {
  const moved = [...key.matchAll(/(?<=[#./ ])\d{1,9}(?![\w-])/g)].flatMap(({ 0: text, index }) =>
    lower(Number(text), 0).map((value) => ({
      point,
      key: `${key.slice(0, index)}${value}${key.slice(index + text.length)}`,
      option,
    })),
  );
  return [...moved, ...lower(option, 1).map((value) => ({ point, key, option: value }))];
}

/** The least, then steps that become ever shorter: half of what is above it, a quarter, … 1. */
function lower(value: number, least: number): readonly number[] {
  const steps: number[] = [];
  for (let step = value - least; step >= 1; step = Math.floor(step / 2)) steps.push(value - step);
  return steps;
}
