import { copyOf } from './codecs/copy.ts';
import { AwsError, withoutStack } from './errors.ts';
import { AnswerLostError, fateOf } from './faults.ts';
import type { Fate } from './faults.ts';
import type { CallContext, LoadedOperation, LoadedService } from './service.ts';
import { validationError, violationsOf } from './validation.ts';
import type { Strategy } from './strategy.ts';
import type { OwnedWorld } from './owned-world.ts';

/**
 * Carries out one call, behind every door: counts it, holds it against the model, lets befall it what may befall any
 * call, and hands it to its operation. Synchronous where the operation is.
 *
 * @throws AwsError as AWS answers; AnswerLostError where the effect took place and the answer is lost.
 */
export function call(
  service: LoadedService,
  operation: LoadedOperation,
  input: unknown,
  context: CallContext & { readonly world: OwnedWorld },
): unknown {
  const { world } = context;
  world.countRequest(operation.fullName);
  refuseInvalid(service, operation, input);
  if (!world.isAdverse) return operation.handle(input, world.state(service.definition), context);
  world.strategy?.called(operation.fullName);
  const fate = fateOf(world, service, operation, input);
  if (fate.requestDelayMs !== undefined || fate.answerDelayMs !== undefined) {
    return callLate(service, operation, input, context, fate);
  }
  if (fate.refusal !== undefined) throw fate.refusal;
  const output = operation.handle(input, world.state(service.definition), context);
  if (world.strategy !== undefined) tellAnswered(world.strategy, operation.fullName, output);
  return fate.isAnswerLost ? loseAnswer(output) : output;
}

async function callLate(
  { definition, model }: LoadedService,
  operation: LoadedOperation,
  input: unknown,
  context: CallContext & { readonly world: OwnedWorld },
  { key, requestDelayMs, answerDelayMs, refusal, isAnswerLost }: Fate,
): Promise<unknown> {
  const { world } = context;
  const signal = context.signal();
  if (requestDelayMs !== undefined) await delay(world, requestDelayMs, `request ${key}`, signal);
  let output: unknown;
  try {
    if (refusal !== undefined) throw refusal;
    output = await operation.handle(input, world.state(definition), context);
    world.strategy?.answered(operation.fullName);
    // What is answered is what is true now, whatever happens to it until it arrives.
    if (operation.model.output !== undefined) output = copyOf(model, operation.model.output, output ?? {});
  } finally {
    if (answerDelayMs !== undefined) await delay(world, answerDelayMs, `answer ${key}`, signal);
  }
  if (isAnswerLost) throw withoutStack(() => new AnswerLostError());
  return output;
}

function tellAnswered(strategy: Strategy, operation: string, output: unknown): void {
  if (output instanceof Promise) {
    output.then(
      () => strategy.answered(operation),
      () => undefined,
    );
  } else strategy.answered(operation);
}

/** Ends early where the caller goes. */
async function delay(world: OwnedWorld, delayMs: number, name: string, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await world.park<void>((resume) => {
    const end = (): void => {
      cancel();
      signal.removeEventListener('abort', end);
      resume();
    };
    const cancel = world.clock.at(world.clock.epochMs() + delayMs, end, 'work', name);
    signal.addEventListener('abort', end);
  });
}

function refuseInvalid({ definition, model }: LoadedService, operation: LoadedOperation, input: unknown): void {
  if (operation.model.input === undefined) return;
  const violations = violationsOf(model, operation.model.input, input);
  if (violations.length === 0) return;
  if (definition.invalid === undefined) {
    throw validationError(violations, model.protocol === 'query' ? 'ValidationError' : 'ValidationException');
  }
  const error = definition.invalid(violations, operation.name, input);
  if (error !== undefined) throw error;
}

function loseAnswer(output: unknown): Promise<never> {
  return Promise.resolve(output).then(() => {
    throw withoutStack(() => new AnswerLostError());
  });
}

/** The error as AWS would answer it; a bug of ours is an internal failure, as it would be there. */
export function awsErrorOf(error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new AwsError('InternalFailure', message, { status: 500, fault: 'Receiver', cause: error });
}
