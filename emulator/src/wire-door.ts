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
import type { OwnedWorld } from './world.ts';

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
 * Carries out a request that came as bytes. `undefined`: there is no such service.
 *
 * @throws AnswerLostError where the effect took place and no answer is to be given.
 */
export async function answer(request: WireRequest, options: WireCallOptions): Promise<Answered | undefined> {
  const { address, world } = options;
  const service = loadedService(address.service) ?? (await loadService(address.service));
  if (service === undefined) return undefined;
  return world.track(answerLoaded(service, request, options));
}

async function answerLoaded(
  service: LoadedService,
  request: WireRequest,
  { world, address, endpoint, signal }: WireCallOptions,
): Promise<Answered> {
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
  let output: unknown;
  try {
    const read = protocol.read(request, service, named);
    const input = address.form === 'query' ? (service.definition.onPath?.(request.path, named, read) ?? read) : read;
    output = await call(service, operation, input, {
      world,
      endpoint,
      requestId: context.requestId,
      traceHeader: request.headers['x-amzn-trace-id'],
      get signal() {
        return signal();
      },
    });
  } catch (error) {
    if (error instanceof Error && error.name === 'AnswerLostError') throw error;
    return refuse(refusalOf(service, named, error), named);
  }
  return { response: protocol.answer(service, named, output, context), operation: named };
}

function refusalOf({ definition }: LoadedService, operation: string, error: unknown): AwsError {
  if (!(error instanceof MismatchError)) return awsErrorOf(error);
  return (
    definition.mismatched?.(error.mismatch, operation) ??
    new AwsError('SerializationException', mismatchMessage(error.mismatch))
  );
}
