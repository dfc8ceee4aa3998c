import { AwsError } from './errors.ts';
import { compiledOnce } from './codecs/compiled.ts';
import { isRecord, shapeOf } from './codecs/json.ts';
import type { ServiceModel } from './model.ts';
import type { LoadedOperation, LoadedService } from './service.ts';
import type { OwnedWorld } from './owned-world.ts';

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

/** What may befall any call: late on its way, refused before its effect, its answer late or lost after. */
export interface Fate {
  /** Operation, resource and ordinal, as its choices are keyed. */
  readonly key: string;
  readonly requestDelayMs?: number | undefined;
  readonly refusal?: AwsError;
  readonly answerDelayMs?: number | undefined;
  readonly isAnswerLost: boolean;
}

/** The first waits only until what else is ready at that instant has had its turn. */
const delaysMs = [undefined, 0, 1, 10, 100] as const;

/** Of a call in an adverse world; chosen once, by operation, the resource it names first, and how often that was called. */
export function fateOf(
  world: OwnedWorld,
  { definition, model }: LoadedService,
  operation: LoadedOperation,
  input: unknown,
): Fate {
  const service = definition.name;
  const name = `${service}.${operation.name}/${resourceOf(model, operation, input)}`;
  const key = `${name}#${world.ordinal(name)}`;
  const requestDelayMs = delaysMs[world.choose('NET-slow-request', key, delaysMs.length)];
  const late = { key, requestDelayMs, answerDelayMs: delaysMs[world.choose('NET-slow-answer', key, delaysMs.length)] };
  if (world.choose('FAULT-throttling', key, 2) === 1) {
    const { code, message, status } = throttling[service] ?? { code: 'ThrottlingException', message: 'Rate exceeded' };
    const refusal = new AwsError(code, message, status === undefined ? {} : { status });
    return { ...late, refusal, isAnswerLost: false };
  }
  if (world.choose('FAULT-internal', key, 2) === 1) {
    const code = internal[service] ?? 'InternalServerError';
    const message = 'We encountered an internal error. Please try again.';
    const refusal = new AwsError(code, message, { status: 500, fault: 'Receiver' });
    return { ...late, refusal, isAnswerLost: false };
  }
  return { ...late, isAnswerLost: world.choose('FAULT-lost-answer', key, 2) === 1 };
}

/** The first text of the input in the order of the model: a queue's path, a table's name, a topic's ARN. */
function resourceOf(model: ServiceModel, operation: LoadedOperation, input: unknown): string {
  if (operation.model.input === undefined || !isRecord(input)) return '';
  for (const name of textsOf(model, operation.model.input)) {
    const value = input[name];
    if (typeof value === 'string') return value.replace(/^https?:\/\/[^/]*/, '').slice(0, 200);
  }
  return '';
}

/** Members that may hold a text; a token is of the client's making and no other door would name the call by it. */
const textsOf = compiledOnce((model, shapeName): readonly string[] => {
  const shape = shapeOf(model, shapeName);
  const members = shape.type === 'structure' ? Object.entries(shape.members) : [];
  return members.flatMap(([name, { shape: of, idempotencyToken }]) =>
    idempotencyToken || shapeOf(model, of).type !== 'string' ? [] : [name],
  );
});
