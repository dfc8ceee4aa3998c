import type { AwsError } from '../errors.ts';
import { validationError } from '../validation.ts';
import type { Violation } from '../validation.ts';
import { unknownRuntime } from './runtimes.ts';

/** Lambda words some breaches of its model in ways of its own; each was recorded. */
export function invalidInput(violations: readonly Violation[]): AwsError {
  const [first] = violations;
  if (first?.path === 'runtime' && first.kind === 'enum' && violations.length === 1) return unknownRuntime(first.value);
  return validationError(violations.map(asLambda));
}

const weights = 'routingConfig.additionalVersionWeights';

function asLambda(violation: Violation): Violation {
  const { path, value, constraint, kind } = violation;
  if (path === 'architectures.1.member' && kind === 'enum') {
    return {
      ...violation,
      path: 'architectures',
      value: `[${value}]`,
      constraint: `Member must satisfy constraint: [${constraint}, Member must not be null]`,
    };
  }
  if (path === 'startingPosition' && kind === 'enum') {
    return { ...violation, constraint: 'Member must satisfy enum value set: [LATEST, AT_TIMESTAMP, TRIM_HORIZON]' };
  }
  const version = /^routingConfig\.additionalVersionWeights\.(.+)\.member$/.exec(path)?.[1];
  if (version !== undefined && kind === 'range') {
    const printed = Number.isInteger(Number(value)) ? `${value}.0` : value;
    return {
      ...violation,
      path: weights,
      value: `{${version}=${printed}}`,
      constraint:
        'Map value must satisfy constraint: [Member must have value less than or equal to 1.0, ' +
        'Member must have value greater than or equal to 0.0, Member must not be null]',
    };
  }
  return violation;
}
