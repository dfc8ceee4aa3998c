import { isRecord } from '../codecs/json.ts';
import { sqsQuotas } from '../quotas.ts';
import { invalidParameter, invalidValue } from './errors.ts';

export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
  /** As it was given, with the count as a number. */
  readonly text: string;
}

/** @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
export function parseRedrivePolicy(text: string, queueArn: string): RedrivePolicy {
  const policy = parseMap(text, 'RedrivePolicy');
  const refuse = (reason: string): Error => invalidValue('RedrivePolicy', text, reason);
  const { deadLetterTargetArn, maxReceiveCount } = policy;
  for (const name of ['deadLetterTargetArn', 'maxReceiveCount'] as const) {
    if (policy[name] === undefined || policy[name] === '') {
      throw refuse(`Redrive policy does not contain mandatory attribute: ${name}.`);
    }
  }
  if (typeof deadLetterTargetArn !== 'string' || !/^arn:[\w-]+:sqs:[\w-]+:\d{12}:[\w.-]+$/.test(deadLetterTargetArn)) {
    throw refuse(`Invalid value for deadLetterTargetArn.`);
  }
  const count = typeof maxReceiveCount === 'string' ? Number(maxReceiveCount) : maxReceiveCount;
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 1 || count > sqsQuotas.maxReceiveCountMax) {
    throw refuse(
      `Invalid value for maxReceiveCount: ${String(maxReceiveCount)}, valid values are from 1 to ${sqsQuotas.maxReceiveCountMax} both inclusive.`,
    );
  }
  if (deadLetterTargetArn.endsWith('.fifo') !== queueArn.endsWith('.fifo')) {
    const kind = queueArn.endsWith('.fifo') ? 'FIFO' : 'standard';
    throw refuse(`Dead letter target must be same type of queue as the source: ${kind}.`);
  }
  return { deadLetterTargetArn, maxReceiveCount: count, text: JSON.stringify({ ...policy, maxReceiveCount: count }) };
}

/** Which queues may use this one as their dead-letter queue; the text as it was given. */
export function parseRedriveAllowPolicy(text: string): string {
  const { redrivePermission, sourceQueueArns } = parseMap(text, 'RedriveAllowPolicy');
  const isKnown =
    redrivePermission === 'allowAll' || redrivePermission === 'denyAll' || redrivePermission === 'byQueue';
  if (!isKnown) {
    throw invalidValue(
      'RedriveAllowPolicy',
      text,
      'Amazon SQS can not create the redrive allow policy, as it is not in the correct format.',
    );
  }
  if ((redrivePermission === 'byQueue') !== Array.isArray(sourceQueueArns)) {
    throw invalidValue(
      'RedriveAllowPolicy',
      text,
      'Amazon SQS can not create the redrive allow policy, as sourceQueueArns goes with redrivePermission byQueue only.',
    );
  }
  const { redriveSourceQueuesMax } = sqsQuotas;
  if (
    Array.isArray(sourceQueueArns) &&
    (sourceQueueArns.length < 1 || sourceQueueArns.length > redriveSourceQueuesMax)
  ) {
    throw invalidValue(
      'RedriveAllowPolicy',
      text,
      `sourceQueueArns must hold from 1 to ${redriveSourceQueuesMax} queues.`,
    );
  }
  return text;
}

function parseMap(text: string, parameter: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return value;
  } catch {
    throw notAMap(text, parameter);
  }
  throw notAMap(text, parameter);
}

function notAMap(text: string, parameter: string): Error {
  return parameter === 'RedrivePolicy'
    ? invalidValue(parameter, text, 'Redrive policy is not a valid JSON map.')
    : invalidParameter(
        `Value ${text} for parameter ${parameter} is invalid. Reason: Amazon SQS can not create the redrive allow policy, as it is not in the correct format.`,
      );
}
