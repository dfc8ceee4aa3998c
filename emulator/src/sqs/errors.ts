import { AwsError } from '../errors.ts';

/** `The request must contain the parameter …` */
export function missingParameter(name: string): AwsError {
  return new AwsError('MissingRequiredParameterException', `The request must contain the parameter ${name}.`);
}

/** `Value … for parameter … is invalid. Reason: …` */
export function invalidValue(parameter: string, value: string | number, reason: string): AwsError {
  return invalidParameter(`Value ${value} for parameter ${parameter} is invalid. Reason: ${reason}`);
}

export function invalidParameter(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message);
}

export function queueDoesNotExist(): AwsError {
  return new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
}

export function unknownAttribute(name: string): AwsError {
  return new AwsError('InvalidAttributeName', `Unknown Attribute ${name}.`);
}

export function resourceNotFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message);
}

const prefix = 'AWS.SimpleQueueService.';

/** Code and status that the query protocol had before SQS spoke JSON; both still answer with them. */
const queryForms: Readonly<Record<string, { readonly code?: string; readonly status?: number }>> = {
  BatchEntryIdsNotDistinct: { code: `${prefix}BatchEntryIdsNotDistinct` },
  BatchRequestTooLong: { code: `${prefix}BatchRequestTooLong` },
  EmptyBatchRequest: { code: `${prefix}EmptyBatchRequest` },
  InvalidAddress: { status: 404 },
  InvalidBatchEntryId: { code: `${prefix}InvalidBatchEntryId` },
  InvalidParameterValueException: { code: 'InvalidParameterValue' },
  InvalidSecurity: { status: 403 },
  KmsAccessDenied: { code: 'KMS.AccessDeniedException' },
  KmsDisabled: { code: 'KMS.DisabledException' },
  KmsInvalidKeyUsage: { code: 'KMS.InvalidKeyUsageException' },
  KmsInvalidState: { code: 'KMS.InvalidStateException' },
  KmsNotFound: { code: 'KMS.NotFoundException' },
  KmsOptInRequired: { code: 'KMS.OptInRequired', status: 403 },
  KmsThrottled: { code: 'KMS.ThrottlingException' },
  MessageNotInflight: { code: `${prefix}MessageNotInflight` },
  MissingRequiredParameterException: { code: 'MissingParameter' },
  OverLimit: { status: 403 },
  PurgeQueueInProgress: { code: `${prefix}PurgeQueueInProgress`, status: 403 },
  QueueDeletedRecently: { code: `${prefix}QueueDeletedRecently` },
  QueueDoesNotExist: { code: `${prefix}NonExistentQueue` },
  QueueNameExists: { code: 'QueueAlreadyExists' },
  ReceiptHandleIsInvalid: { status: 404 },
  RequestThrottled: { status: 403 },
  ResourceNotFoundException: { status: 404 },
  TooManyEntriesInBatchRequest: { code: `${prefix}TooManyEntriesInBatchRequest` },
  UnsupportedOperation: { code: `${prefix}UnsupportedOperation` },
};

/** The error as the query protocol has it. */
export function queryErrorOf(error: AwsError): AwsError {
  const form = queryForms[error.code];
  const message =
    error.code === 'QueueDoesNotExist' ? 'The specified queue does not exist for this wsdl version.' : error.message;
  return new AwsError(form?.code ?? error.code, message, {
    status: form?.status ?? error.status,
    fault: error.fault,
    members: error.members,
  });
}
