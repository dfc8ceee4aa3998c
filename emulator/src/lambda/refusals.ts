import { AwsError } from '../errors.ts';

const byUser = { Type: 'User' } as const;

export function invalidParameterValue(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message, { members: byUser });
}

export function resourceNotFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message, { status: 404, members: byUser });
}

export function resourceConflict(message: string): AwsError {
  return new AwsError('ResourceConflictException', message, { status: 409, members: byUser });
}

export function preconditionFailed(call: string): AwsError {
  return new AwsError(
    'PreconditionFailedException',
    `The Revision Id provided does not match the latest Revision Id. Call the ${call} API to retrieve the latest Revision Id`,
    { status: 412, members: byUser },
  );
}

/** For functions of another account: recorded, without a message. */
export function accessDenied(): AwsError {
  return new AwsError('AccessDeniedException', '', { status: 403 });
}

/** The `Reason` says which limit it was. */
export function tooManyRequests(reason: string): AwsError {
  return new AwsError('TooManyRequestsException', 'Rate Exceeded.', {
    status: 429,
    members: { ...byUser, Reason: reason },
  });
}
