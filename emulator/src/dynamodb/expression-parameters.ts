import { invalid } from './invalid.ts';

/** Names of a request's expressions, and of the parameters of the older API that say the same. */
export interface ExpressionParameters {
  readonly expressions: readonly string[];
  readonly legacy: readonly string[];
}

/**
 * Throws ValidationException where a request mixes expressions with the older parameters, or gives placeholders without an
 * expression to use them.
 */
export function checkExpressionParameters(input: object, { expressions, legacy }: ExpressionParameters): void {
  const given = new Set(Object.entries(input).flatMap(([name, value]) => (value === undefined ? [] : [name])));
  const newer = expressions.filter((name) => given.has(name));
  const older = legacy.filter((name) => given.has(name));
  const placeholders = ['ExpressionAttributeNames', 'ExpressionAttributeValues'].filter((name) => given.has(name));
  if (older.length > 0 && newer.length > 0) {
    throw invalid(
      'Can not use both expression and non-expression parameters in the same request: ' +
        `Non-expression parameters: {${older.join(', ')}} Expression parameters: {${newer.join(', ')}}`,
    );
  }
  const [placeholder] = placeholders;
  if (placeholder === undefined || newer.length > 0) return;
  if (placeholder === 'ExpressionAttributeNames') {
    throw invalid('ExpressionAttributeNames can only be specified when using expressions');
  }
  // Projections take no values.
  const usable = expressions.filter((name) => name !== 'ProjectionExpression');
  const state = usable.length > 1 ? 'are both null' : 'is null';
  throw invalid(
    `ExpressionAttributeValues can only be specified when using expressions: ${usable.join(' and ')} ${state}`,
  );
}
