import {
  ClosedError,
  InvalidBucketError,
  InvalidKeyError,
  InvalidSubjectError,
  NoRespondersError,
  PayloadTooLargeError,
  PublishError,
  TimeoutError,
  UnmappableError,
  UnsupportedError,
  WrongRevisionError,
} from 'parallax-translator';
import { DefiniteError, IndefiniteError } from '#core';
import type { OpName } from '#core';

type Kind = { readonly effect: 'none' | 'possible'; readonly kind: string; readonly source: string };

const sqs = 'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html';
const sns = 'https://docs.aws.amazon.com/sns/latest/api/API_Publish.html';
const dynamodb = 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html';
const lambda = 'https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html';
const eventbridge = 'https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html';

/** Codes as the SDK names its errors. What is missing here is told by its status: 4xx had no effect, 5xx may have had. */
const vendorCodes: Readonly<Record<string, Kind>> = {
  ConditionalCheckFailedException: { effect: 'none', kind: 'wrong-revision', source: dynamodb },
  TransactionConflictException: { effect: 'none', kind: 'conflict', source: dynamodb },
  TransactionCanceledException: { effect: 'none', kind: 'conflict', source: dynamodb },
  ProvisionedThroughputExceededException: { effect: 'none', kind: 'throttled', source: dynamodb },
  RequestLimitExceeded: { effect: 'none', kind: 'throttled', source: dynamodb },
  ItemCollectionSizeLimitExceededException: { effect: 'none', kind: 'too-large', source: dynamodb },
  ValidationException: { effect: 'none', kind: 'refused', source: dynamodb },
  ThrottlingException: { effect: 'none', kind: 'throttled', source: eventbridge },
  Throttling: { effect: 'none', kind: 'throttled', source: sqs },
  RequestThrottled: { effect: 'none', kind: 'throttled', source: sqs },
  OverLimit: { effect: 'none', kind: 'throttled', source: sqs },
  ThrottledException: { effect: 'none', kind: 'throttled', source: sns },
  TooManyRequestsException: { effect: 'none', kind: 'throttled', source: lambda },
  'AWS.SimpleQueueService.NonExistentQueue': { effect: 'none', kind: 'not-found', source: sqs },
  QueueDoesNotExist: { effect: 'none', kind: 'not-found', source: sqs },
  InvalidMessageContents: { effect: 'none', kind: 'refused', source: sqs },
  MissingParameter: { effect: 'none', kind: 'refused', source: sqs },
  InvalidParameterValue: { effect: 'none', kind: 'refused', source: sqs },
  InvalidParameter: { effect: 'none', kind: 'refused', source: sns },
  InvalidParameterException: { effect: 'none', kind: 'refused', source: sns },
  InvalidRequestContentException: { effect: 'none', kind: 'refused', source: lambda },
  RequestTooLargeException: { effect: 'none', kind: 'too-large', source: lambda },
  ResourceNotFoundException: { effect: 'none', kind: 'not-found', source: lambda },
};

/** Errors of the translator that say what happened. */
const translatorErrors = [
  [NoRespondersError, 'none', 'no-responders'],
  [WrongRevisionError, 'none', 'wrong-revision'],
  [UnsupportedError, 'none', 'unsupported'],
  [ClosedError, 'none', 'closed'],
  [InvalidSubjectError, 'none', 'invalid-subject'],
  [InvalidKeyError, 'none', 'invalid-key'],
  [InvalidBucketError, 'none', 'invalid-bucket'],
  [UnmappableError, 'none', 'unmappable'],
  [PayloadTooLargeError, 'none', 'too-large'],
  [PublishError, 'none', 'publish-failed'],
  [TimeoutError, 'possible', 'timeout'],
] as const;

/**
 * The error as the harness tells them apart; a request to a function that does not exist has no responder. What is neither the translator's nor AWS's is a bug and stays what it is.
 */
export function harnessError(error: unknown, operation: OpName): unknown {
  if (!(error instanceof Error)) return error;
  if (operation === 'request' && error.name === 'ResourceNotFoundException')
    return told('none', 'no-responders', error);
  for (const [type, effect, kind] of translatorErrors) {
    if (error instanceof type) return told(effect, kind, error);
  }
  const known = Object.hasOwn(vendorCodes, error.name) ? vendorCodes[error.name] : undefined;
  if (known !== undefined) return told(known.effect, known.kind, error);
  const status = statusOf(error);
  if (status !== undefined)
    return status >= 500 ? told('possible', 'service-fault', error) : told('none', 'refused', error);
  return isNetworkError(error) ? told('possible', 'connection-lost', error) : error;
}

function told(effect: Kind['effect'], kind: string, cause: Error): Error {
  return effect === 'none' ? new DefiniteError(kind, { cause }) : new IndefiniteError(kind, { cause });
}

function statusOf(error: Error): number | undefined {
  const metadata: unknown = Reflect.get(error, '$metadata');
  if (typeof metadata !== 'object' || metadata === null) return undefined;
  const status: unknown = Reflect.get(metadata, 'httpStatusCode');
  return typeof status === 'number' ? status : undefined;
}

function isNetworkError(error: Error): boolean {
  const code: unknown = Reflect.get(error, 'code');
  return (
    error.name === 'TimeoutError' || (typeof code === 'string' && /^(?:ECONN|EPIPE|ETIMEDOUT|ENOTFOUND)/.test(code))
  );
}
