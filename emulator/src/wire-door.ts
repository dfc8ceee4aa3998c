import { awsErrorOf, call } from './call.ts';
import { MismatchError, mismatchMessage } from './codecs/mismatch.ts';
import { AwsError } from './errors.ts';
import { loadService, loadedService } from './loader.ts';
import { jsonProtocol } from './protocols/json.ts';
import type { AnswerContext, Protocol, WireRequest, WireResponse } from './protocols/protocol.ts';
import { queryProtocol } from './protocols/query.ts';
import { restJsonProtocol } from './protocols/rest-json.ts';
import type { Address } from './routing.ts';
import type { LoadedService } from './service.ts';
import type { OwnedWorld } from './owned-world.ts';

const protocols: Readonly<Record<Address['form'], Protocol>> = {
  json: jsonProtocol,
  query: queryProtocol,
  'rest-json': restJsonProtocol,
};

export interface WireCallOptions {
  readonly world: OwnedWorld;
  readonly address: Address;
  /** The base URL the caller reached. */
  readonly endpoint: string;
  /** Aborted when the caller has gone; asked for only by those who wait. */
  readonly signal: () => AbortSignal;
}

export interface Answered {
  readonly response: WireResponse;
  readonly operation: string;
  /** The error's code, where it was refused. */
  readonly code?: string;
}

/**
 * Carries out a request that came as bytes; at once where the operation answers at once and its service was called before.
 * `undefined`: there is no such service.
 *
 * @throws AnswerLostError where the effect took place and no answer is to be given.
 */
export function answer(
  request: WireRequest,
  options: WireCallOptions,
): Answered | undefined | Promise<Answered | undefined> {
  const { service: name } = options.address;
  const service = loadedService(name);
  if (service !== undefined) return answerLoaded(service, request, options);
  return loadService(name).then((loaded) => loaded && answerLoaded(loaded, request, options));
}

function answerLoaded(
  service: LoadedService,
  request: WireRequest,
  { world, address, endpoint, signal }: WireCallOptions,
): Answered | Promise<Answered> {
  const protocol = protocols[address.form];
  const context: AnswerContext = { requestId: world.requestId(), request };
  const refuse = (error: AwsError, operation: string | undefined): Answered => ({
    response: protocol.refuse(service, error, context),
    operation: operation ?? '-',
    code: error.code,
  });
  let named: string | undefined;
  try {
    named = protocol.operationOf(request, service);
  } catch (error) {
    return refuse(refusalOf(service, '', error), undefined);
  }
  const operation = named === undefined ? undefined : service.operations.get(named);
  if (named === undefined || operation === undefined) {
    const known = named === undefined ? undefined : service.definition.unknownOperation?.(named);
    return refuse(known ?? protocol.unknownOperation(service, named), named);
  }
  const settle = (output: unknown): Answered => ({
    response: protocol.answer(service, operation.name, output, context),
    operation: operation.name,
  });
  const refuseError = (error: unknown): Answered => {
    if (error instanceof Error && error.name === 'AnswerLostError') throw error;
    return refuse(refusalOf(service, operation.name, error), operation.name);
  };
  let output: unknown;
  try {
    const read = protocol.read(request, service, named);
    const input = address.form === 'query' ? (service.definition.onPath?.(request.path, named, read) ?? read) : read;
    output = call(service, operation, input, {
      world,
      endpoint,
      requestId: context.requestId,
      traceHeader: request.headers['x-amzn-trace-id'],
      signal,
    });
  } catch (error) {
    return refuseError(error);
  }
  return output instanceof Promise ? world.track(output.then(settle, refuseError)) : settle(output);
}

function refusalOf({ definition }: LoadedService, operation: string, error: unknown): AwsError {
  if (!(error instanceof MismatchError)) return awsErrorOf(error);
  return (
    definition.mismatched?.(error.mismatch, operation) ??
    new AwsError('SerializationException', mismatchMessage(error.mismatch))
  );
}
