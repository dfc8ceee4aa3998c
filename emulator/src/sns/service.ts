import type { AwsError } from '../errors.ts';
import type { ServiceDefinition } from '../service.ts';
import type { Violation } from '../validation.ts';
import { validationError } from '../validation.ts';
import { invalidParameter } from './invalid-parameter.ts';
import { receive } from './receive.ts';
import { createSnsState } from './state.ts';
import type { SnsState } from './state.ts';

const sns: ServiceDefinition<SnsState> = {
  name: 'sns',
  createState: createSnsState,
  receive,
  invalid: (violations) => missingParameter(violations) ?? validationError(violations, 'ValidationError'),
};

export default sns;

/** Recorded: a missing parameter of the call itself is told in SNS's own words. */
function missingParameter(violations: readonly Violation[]): AwsError | undefined {
  const missing = violations.find(({ kind, path }) => kind === 'required' && !path.includes('.'));
  return missing && invalidParameter(`${missing.member} Reason: no value for required parameter`);
}
