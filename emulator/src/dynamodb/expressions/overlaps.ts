import type { ExpressionKind } from './cursor.ts';
import { invalidExpression } from './cursor.ts';
import type { Path } from './syntax.ts';
import { formatPath } from './syntax.ts';

/** Throws where one path leads through another, or where the same step is taken as a map's in one and a list's in another. */
export function refuseOverlaps(kind: ExpressionKind, paths: readonly Path[]): void {
  for (const [index, one] of paths.entries()) {
    for (const two of paths.slice(index + 1)) {
      const relation = relate(one, two);
      if (relation === undefined) continue;
      const message = `Two document paths ${relation} with each other; must remove or rewrite one of these paths`;
      throw invalidExpression(kind, `${message}; path one: ${formatPath(one)}, path two: ${formatPath(two)}`);
    }
  }
}

function relate(one: Path, two: Path): 'overlap' | 'conflict' | undefined {
  const length = Math.min(one.length, two.length);
  for (let index = 0; index < length; index += 1) {
    const a = one[index];
    const b = two[index];
    if (typeof a !== typeof b) return 'conflict';
    if (a !== b) return undefined;
  }
  return 'overlap';
}
