import { AwsError } from '../errors.ts';

/** DynamoDB's answer to a request that breaks a rule. */
export function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}

/** The form in which most rules about values are worded. */
export function invalidParameter(message: string): AwsError {
  return invalid(`One or more parameter values were invalid: ${message}`);
}
