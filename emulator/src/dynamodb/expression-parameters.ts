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
  const given = (name: string): boolean => Object.hasOwn(input, name) && Reflect.get(input, name) !== undefined;
  const isOld = legacy.some(given);
  if (!isOld && expressions.some(given)) return;
  const newer = expressions.filter(given);
  const older = legacy.filter(given);
  if (isOld && newer.length > 0) {
    throw invalid(
      'Can not use both expression and non-expression parameters in the same request: ' +
        `Non-expression parameters: {${older.join(', ')}} Expression parameters: {${newer.join(', ')}}`,
    );
  }
  if (newer.length > 0) return;
  if (given('ExpressionAttributeNames')) {
    throw invalid('ExpressionAttributeNames can only be specified when using expressions');
  }
  if (!given('ExpressionAttributeValues')) return;
  // Projections take no values.
  const usable = expressions.filter((name) => name !== 'ProjectionExpression');
  const state = usable.length > 1 ? 'are both null' : 'is null';
  throw invalid(
    `ExpressionAttributeValues can only be specified when using expressions: ${usable.join(' and ')} ${state}`,
  );
}
