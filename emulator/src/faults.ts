import { AwsError } from './errors.ts';
import { asked } from './call-lines.ts';
import type { CallLine } from './call-lines.ts';
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
  /** Operation, resource and ordinal, as its choices are keyed; only where something waits. */
  readonly key?: string;
  readonly requestDelayMs?: number | undefined;
  readonly refusal?: AwsError;
  readonly answerDelayMs?: number | undefined;
  readonly isAnswerLost: boolean;
}

const smooth: Fate = { isAnswerLost: false };

/** The first waits only until what else is ready at that instant has had its turn. */
const delaysMs = [undefined, 0, 1, 10, 100] as const;

/** Of a call in an adverse world; chosen once, by operation, the resource it names first, and how often that was called. */
export function fateOf(
  world: OwnedWorld,
  { definition, model }: LoadedService,
  operation: LoadedOperation,
  input: unknown,
): Fate {
  const line = world.callLine(operation.fullName, resourceOf(model, operation, input));
  const ordinal = line.count;
  line.count += 1;
  const slowRequest = line.choose(asked.slowRequest, ordinal, delaysMs.length);
  const slowAnswer = line.choose(asked.slowAnswer, ordinal, delaysMs.length);
  const refusal = refusalOf(definition.name, line, ordinal);
  const isAnswerLost = refusal === undefined && line.choose(asked.lostAnswer, ordinal, 2) === 1;
  if (slowRequest === 0 && slowAnswer === 0) {
    if (refusal !== undefined) return { refusal, isAnswerLost };
    return isAnswerLost ? { isAnswerLost } : smooth;
  }
  return {
    key: `${line.name}#${ordinal}`,
    requestDelayMs: delaysMs[slowRequest],
    answerDelayMs: delaysMs[slowAnswer],
    ...(refusal !== undefined && { refusal }),
    isAnswerLost,
  };
}

function refusalOf(service: string, line: CallLine, ordinal: number): AwsError | undefined {
  if (line.choose(asked.throttling, ordinal, 2) === 1) {
    const { code, message, status } = throttling[service] ?? { code: 'ThrottlingException', message: 'Rate exceeded' };
    return new AwsError(code, message, status === undefined ? {} : { status });
  }
  if (line.choose(asked.internal, ordinal, 2) === 1) {
    const code = internal[service] ?? 'InternalServerError';
    const message = 'We encountered an internal error. Please try again.';
    return new AwsError(code, message, { status: 500, fault: 'Receiver' });
  }
  return undefined;
}

/** The first text of the input in the order of the model: a queue's path, a table's name, a topic's ARN. */
function resourceOf(model: ServiceModel, operation: LoadedOperation, input: unknown): string {
  if (operation.model.input === undefined || !isRecord(input)) return '';
  for (const name of textsOf(model, operation.model.input)) {
    const value = input[name];
    if (typeof value === 'string') return value;
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
