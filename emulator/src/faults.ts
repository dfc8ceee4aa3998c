import { AwsError } from './errors.ts';
import { isRecord } from './codecs/json.ts';
import type { ServiceModel } from './model.ts';
import type { LoadedOperation, LoadedService } from './service.ts';
import type { OwnedWorld } from './world.ts';

/** The effect took place and the answer got lost on the way. */
export class AnswerLostError extends Error {
  override readonly name = 'AnswerLostError';
  /** As a socket that was closed on the caller. */
  readonly code = 'ECONNRESET';

  constructor() {
    super('socket hang up');
  }
}

interface Throttling {
  readonly code: string;
  readonly message: string;
  readonly status?: number;
}

/** How each service refuses a call that comes too fast; their API references name the codes under "Errors". */
const throttling: Readonly<Record<string, Throttling>> = {
  sqs: { code: 'RequestThrottled', message: 'Request is throttled.', status: 403 },
  sns: { code: 'Throttling', message: 'Rate exceeded' },
  events: { code: 'ThrottlingException', message: 'Rate exceeded' },
  dynamodb: { code: 'ThrottlingException', message: 'Rate of requests exceeds the allowed throughput.' },
  dynamodbstreams: { code: 'ThrottlingException', message: 'Rate of requests exceeds the allowed throughput.' },
  lambda: { code: 'TooManyRequestsException', message: 'Rate Exceeded.', status: 429 },
};

const internal: Readonly<Record<string, string>> = {
  sqs: 'InternalError',
  sns: 'InternalError',
  events: 'InternalException',
  lambda: 'ServiceException',
};

/** What may befall any call: refused before its effect, or its answer lost after. */
export interface Fate {
  readonly refusal?: AwsError;
  readonly isAnswerLost: boolean;
}

const friendly: Fate = { isAnswerLost: false };

/** Chosen once for each call, by operation, the resource it names first, and how often that was called. */
export function fateOf(
  world: OwnedWorld,
  { definition, model }: LoadedService,
  operation: LoadedOperation,
  input: unknown,
): Fate {
  if (!world.isAdverse) return friendly;
  const service = definition.name;
  const name = `${service}.${operation.name}/${resourceOf(model, operation, input)}`;
  const key = `${name}#${world.ordinal(name)}`;
  if (world.choose('FAULT-throttling', key, 2) === 1) {
    const { code, message, status } = throttling[service] ?? { code: 'ThrottlingException', message: 'Rate exceeded' };
    return { refusal: new AwsError(code, message, status === undefined ? {} : { status }), isAnswerLost: false };
  }
  if (world.choose('FAULT-internal', key, 2) === 1) {
    const code = internal[service] ?? 'InternalServerError';
    const message = 'We encountered an internal error. Please try again.';
    return { refusal: new AwsError(code, message, { status: 500, fault: 'Receiver' }), isAnswerLost: false };
  }
  return world.choose('FAULT-lost-answer', key, 2) === 1 ? { isAnswerLost: true } : friendly;
}

/** The first text of the input in the order of the model: a queue's path, a table's name, a topic's ARN. */
function resourceOf(model: ServiceModel, operation: LoadedOperation, input: unknown): string {
  const shape = operation.model.input === undefined ? undefined : model.shapes[operation.model.input];
  if (shape?.type !== 'structure' || !isRecord(input)) return '';
  for (const name in shape.members) {
    const value = input[name];
    // A token is of the client's making and no other door would name the call by it.
    if (shape.members[name]?.idempotencyToken) continue;
    if (typeof value === 'string') return value.replace(/^https?:\/\/[^/]*/, '').slice(0, 200);
  }
  return '';
}
