import { AnswerLostError, fateOf } from './faults.ts';
import { AwsError } from './errors.ts';
import type { CallContext, LoadedOperation, LoadedService } from './service.ts';
import { validationError, violationsOf } from './validation.ts';
import type { OwnedWorld } from './world.ts';

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
  const { definition } = service;
  world.countRequest(operation.fullName);
  refuseInvalid(service, operation, input);
  const fate = fateOf(world, service, operation, input);
  if (fate.refusal !== undefined) throw fate.refusal;
  const output = operation.handle(input, world.state(definition), context);
  return fate.isAnswerLost ? loseAnswer(output) : output;
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
    throw new AnswerLostError();
  });
}

/** The error as AWS would answer it; a bug of ours is an internal failure, as it would be there. */
export function awsErrorOf(error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new AwsError('InternalFailure', message, { status: 500, fault: 'Receiver', cause: error });
}
