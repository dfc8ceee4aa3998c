import type { Attributes, AttributeValue } from '../attribute-value.ts';
import { attribute, attributesFrom } from '../attribute-value.ts';
import { cursor } from './cursor.ts';
import { memo } from '../../memo.ts';
import { refuseOverlaps } from './overlaps.ts';
import type { WrittenPath } from './path.ts';
import { readPath, refuseReservedWords, resolvePath } from './path.ts';
import type { Placeholders } from './placeholders.ts';
import type { Path } from './syntax.ts';

/** Parses a projection; throws ValidationException as DynamoDB words it. */
export function parseProjection(source: string, placeholders: Placeholders): readonly Path[] {
  const paths = written(source).map((path) => resolvePath('ProjectionExpression', placeholders, path));
  refuseOverlaps('ProjectionExpression', paths);
  return paths;
}

const written = memo((source): readonly WrittenPath[] => {
  const at = cursor('ProjectionExpression', source);
  const paths = [readPath(at)];
  while (at.take(',')) paths.push(readPath(at));
  if (at.peek().kind !== 'end') throw at.fail();
  for (const path of paths) refuseReservedWords('ProjectionExpression', path);
  return paths;
});

/** What the paths lead to, nested as it was; lists close up around what was left out. */
export function project(item: Attributes, paths: readonly Path[]): Attributes {
  const entries: (readonly [string, AttributeValue])[] = [];
  for (const [name, rests] of group(paths)) {
    const value = typeof name === 'string' ? attribute(item, name) : undefined;
    const part = value && projectValue(value, rests);
    if (typeof name === 'string' && part !== undefined) entries.push([name, part]);
  }
  return attributesFrom(entries);
}

type Steps = readonly (string | number)[];

function projectValue(value: AttributeValue, rests: readonly Steps[]): AttributeValue | undefined {
  if (rests.some((rest) => rest.length === 0)) return value;
  const steps = group(rests);
  if (value.type === 'M') {
    const entries = [...steps].flatMap(([step, deeper]) => {
      const inner = typeof step === 'string' ? attribute(value.value, step) : undefined;
      const part = inner && projectValue(inner, deeper);
      return typeof step === 'string' && part !== undefined ? [[step, part] as const] : [];
    });
    return entries.length === 0 ? undefined : { type: 'M', value: attributesFrom(entries) };
  }
  if (value.type !== 'L') return undefined;
  const elements = value.value.flatMap((element, index) => {
    const deeper = steps.get(index);
    const part = deeper && projectValue(element, deeper);
    return part === undefined ? [] : [part];
  });
  return elements.length === 0 ? undefined : { type: 'L', value: elements };
}

/** The rests of the paths by their first step. */
function group(paths: readonly Steps[]): ReadonlyMap<string | number, Steps[]> {
  const groups = new Map<string | number, Steps[]>();
  for (const [first, ...rest] of paths) {
    if (first === undefined) continue;
    const rests = groups.get(first);
    if (rests === undefined) groups.set(first, [rest]);
    else rests.push(rest);
  }
  return groups;
}
