import type { Path } from './expressions/syntax.ts';
import { invalid, invalidParameter } from './invalid.ts';
import { projectedNames } from './read.ts';
import type { Index, Table } from './table.ts';

export interface SelectionRequest {
  readonly Select?: string | undefined;
  readonly ProjectionExpression?: string | undefined;
  readonly AttributesToGet?: readonly string[] | undefined;
}

/** Throws ValidationException where Select and the projection contradict each other. */
export function checkSelect(
  { Select, ProjectionExpression, AttributesToGet }: SelectionRequest,
  indexName: string | undefined,
): void {
  const parameter =
    ProjectionExpression !== undefined
      ? 'ProjectionExpression'
      : AttributesToGet !== undefined
        ? 'AttributesToGet'
        : undefined;
  if (Select === undefined) return;
  if (Select === 'SPECIFIC_ATTRIBUTES') {
    if (parameter === undefined) {
      throw invalid(
        'Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES',
      );
    }
    return;
  }
  if (parameter !== undefined) {
    const what = Select === 'COUNT' ? 'only the Count' : Select;
    throw invalid(`Cannot specify the ${parameter} when choosing to get ${what}`);
  }
  if (Select === 'ALL_PROJECTED_ATTRIBUTES' && indexName === undefined) {
    throw invalidParameter('ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName');
  }
}

/**
 * Whether a local index must be completed from the table. Throws ValidationException where a global index, which cannot,
 * would have to be.
 */
export function mustFetch(
  table: Table,
  index: Index | undefined,
  request: SelectionRequest,
  paths: readonly Path[] | undefined,
): boolean {
  if (index === undefined || index.projection.type === 'ALL') return false;
  const projected = new Set(projectedNames(table, index));
  const missing = [...new Set((paths ?? []).map(([name]) => name))].filter((name) => !projected.has(name));
  const all = request.Select === 'ALL_ATTRIBUTES';
  if (index.scope === 'local') return all || missing.length > 0;
  if (all) {
    throw invalidParameter(
      `Select type ALL_ATTRIBUTES is not supported for global secondary index ${index.name} because its projection type is not ALL`,
    );
  }
  if (missing.length > 0) {
    throw invalidParameter(`Global secondary index ${index.name} does not project [${missing.join(', ')}]`);
  }
  return false;
}
