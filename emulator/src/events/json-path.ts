/**
 * What a path of an input path or transformer leads to, `undefined` for nothing. `$`, names behind dots or in brackets,
 * indexes and `[*]`, as AWS documents them.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export function followJsonPath(path: string, root: unknown): unknown {
  let found: unknown = root;
  for (const step of stepsOf(path)) {
    if (step === '*') {
      if (!Array.isArray(found)) return undefined;
      continue;
    }
    found = Array.isArray(found) && typeof step === 'string' ? pluck(found, step) : memberOf(found, step);
    if (found === undefined) return undefined;
  }
  return found;
}

/** A name asked of a list, behind `[*]`, is asked of each of its elements. */
function pluck(list: readonly unknown[], name: string): unknown {
  const found = list.map((element) => memberOf(element, name)).filter((member) => member !== undefined);
  return found.length === 0 ? undefined : found;
}

function memberOf(value: unknown, step: string | number): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
  const member: unknown = Object.entries(value).find(([name]) => name === String(step))?.[1];
  return member;
}

/** `$.a['b c'][0]` → `a`, `b c`, 0. */
function stepsOf(path: string): readonly (string | number)[] {
  const steps: (string | number)[] = [];
  for (const [, dotted, quoted, index] of path.matchAll(/\.([^.[\]]+)|\['([^']*)'\]|\[(\d+|\*)\]/g)) {
    if (index === '*') steps.push('*');
    else if (index !== undefined) steps.push(Number(index));
    else steps.push(dotted ?? quoted ?? '');
  }
  return steps;
}

/** Is it a path at all? */
export function isJsonPath(path: string): boolean {
  return /^\$(?:\.[^.[\]\s]+|\['[^']*'\]|\[(?:\d+|\*)\])*$/.test(path);
}
