import { call } from '../call.ts';
import { bufferOf, isRecord } from '../codecs/json.ts';
import { AwsError } from '../errors.ts';
import { loadService, loadedService } from '../loader.ts';
import { errorTypeOf, retryStrategy } from '../retry.ts';
import type { RetryOptions, RetryStrategy, RetryToken } from '../retry.ts';
import type { LoadedService } from '../service.ts';
import type { OwnedWorld } from '../owned-world.ts';
import { formOf } from './operation-form.ts';
import type { OperationForm } from './operation-form.ts';
import { sdkErrorOf } from './sdk-error.ts';
import type { SdkError } from './sdk-error.ts';

/** An SDK v3 command, or anything of its shape: the operation is its class's name without `Command`. */
export interface Command {
  readonly input: unknown;
}

/** The part of an SDK v3 client that callers use. */
export interface Client {
  readonly send: (command: Command, options?: { readonly abortSignal?: AbortSignal }) => Promise<unknown>;
  readonly destroy: () => void;
}

/** Client classes by name, as the SDK has them. */
const servicesByClient: Readonly<Record<string, string>> = {
  SQSClient: 'sqs',
  SNSClient: 'sns',
  EventBridgeClient: 'events',
  DynamoDBClient: 'dynamodb',
  DynamoDBStreamsClient: 'dynamodbstreams',
  LambdaClient: 'lambda',
  STSClient: 'sts',
  IAMClient: 'iam',
};

/** An SDK client's class; only its name and its `send` are used. */
export interface ClientClass<C> {
  readonly name: string;
  readonly prototype: C;
}

export interface ClientOptions extends RetryOptions {
  readonly endpoint?: string;
}

/**
 * The third door: `send(command)` calls the operation with the command's own input, with the same validation, the same
 * errors and the same retries as an SDK client of that class, without serialising anything.
 */
export function client<C>(world: OwnedWorld, clientClass: ClientClass<C>, options: ClientOptions = {}): C {
  const name = servicesByClient[clientClass.name];
  if (name === undefined) throw new Error(`no service for the client class '${clientClass.name}'`);
  const made: unknown = createClient(world, name, options);
  if (!isClientOf(clientClass, made)) throw new Error(`'${clientClass.name}' has no send`);
  return made;
}

/** An SDK client's `send` is overloaded for every command; ours takes them all. */
function isClientOf<C>(_clientClass: ClientClass<C>, value: unknown): value is C {
  return typeof value === 'object' && value !== null && 'send' in value;
}

/** As `client`, by the service's name. */
export function createClient(
  world: OwnedWorld,
  name: string,
  { endpoint = `https://${name}.${world.region}.amazonaws.com`, ...retrying }: ClientOptions = {},
): Client {
  const retries = retryStrategy(world, { name, ...retrying });
  const door: Door = { world, name, endpoint, retries };
  return {
    send: (command, { abortSignal } = {}) => world.track(send(door, command, abortSignal ?? never)),
    destroy: () => undefined,
  };
}

interface Door {
  readonly world: OwnedWorld;
  readonly name: string;
  readonly endpoint: string;
  readonly retries: RetryStrategy;
}

const never = new AbortController().signal;

function send(door: Door, command: Command, signal: AbortSignal): Promise<unknown> {
  const { name } = command.constructor;
  return sendOperation(door, name.endsWith('Command') ? name.slice(0, -7) : name, command.input, signal);
}

/** One call by names, as a function's code or a mapping inside the world makes it. */
export function callByName(world: OwnedWorld, name: string, operation: string, input: object): Promise<unknown> {
  const retries = retryStrategy(world, { name, maxAttempts: 3 });
  const endpoint = `https://${name}.${world.region}.amazonaws.com`;
  return sendOperation({ world, name, endpoint, retries }, operation, input, never);
}

async function sendOperation(door: Door, operationName: string, input: unknown, signal: AbortSignal): Promise<unknown> {
  const service = loadedService(door.name) ?? (await loadService(door.name));
  if (service === undefined) throw new Error(`the emulator has no service '${door.name}'`);
  if (signal.aborted) throw abortError();
  const operation = service.operations.get(operationName);
  const form = operation === undefined ? undefined : formOf(service, operation);
  const tokened = form === undefined ? input : withTokens(form, input, door.world);
  const attempts: Attempts = { count: 0, delayMs: 0 };
  let token: RetryToken | undefined;
  for (;;) {
    attempts.count += 1;
    const requestId = door.world.requestId();
    try {
      if (operation === undefined || form === undefined) throw unknownOperation(service, operationName);
      const { world, endpoint } = door;
      const output = await call(service, operation, form.copyInput(tokened ?? {}), {
        world,
        endpoint,
        requestId,
        signal: () => signal,
      });
      door.retries.recordSuccess(token ?? firstToken);
      return withMetadata(form, output, requestId, attempts);
    } catch (error) {
      if (signal.aborted) throw abortError();
      const thrown = sdkErrorOf(service, error, {
        operation: operationName,
        requestId,
        isAdverse: door.world.isAdverse,
        ...attempts,
      });
      token = await nextToken(door, token, thrown);
      if (token === undefined) throw thrown;
    }
  }
}

const tokensSent = new WeakMap<OwnedWorld, number>();

/** Of the caller's making: it must not take a number from the world's own chance, which the other doors would not take. */
function newToken(world: OwnedWorld): string {
  const count = (tokensSent.get(world) ?? 0) + 1;
  tokensSent.set(world, count);
  return `parallax-client-token-${count}`;
}

/** As the SDK's clients do once for all attempts: an idempotency token where the caller gave none. */
function withTokens({ tokenNames }: OperationForm, input: unknown, world: OwnedWorld): unknown {
  if (tokenNames.length === 0 || !isRecord(input)) return input;
  const missing = tokenNames.filter((name) => input[name] === undefined);
  if (missing.length === 0) return input;
  return { ...input, ...Object.fromEntries(missing.map((name) => [name, newToken(world)])) };
}

interface Attempts {
  count: number;
  delayMs: number;
}

const firstToken: RetryToken = { getRetryCount: () => 0, getRetryDelay: () => 0, getRetryCost: () => undefined };

function withMetadata(
  { copyOutput, status, statusName, payloadName }: OperationForm,
  output: unknown,
  requestId: string,
  { count, delayMs }: Attempts,
): unknown {
  const $metadata = { httpStatusCode: status, requestId, attempts: count, totalRetryDelay: delayMs };
  const answer: Record<string, unknown> = { $metadata };
  copyOutput(output ?? {}, answer);
  if (payloadName !== undefined) adaptPayload(payloadName, answer);
  // The status that an answer names in a member of its own.
  const own = statusName === undefined ? undefined : answer[statusName];
  if (typeof own === 'number') $metadata.httpStatusCode = own;
  return answer;
}

/** The SDK lets a payload's bytes tell their own text, and makes `null` of none. */
function adaptPayload(name: string, answer: Record<string, unknown>): void {
  const bytes = answer[name];
  if (!(bytes instanceof Uint8Array) || bytes.length === 0) {
    answer[name] = null;
    return;
  }
  const transformToString = (encoding?: BufferEncoding): string => bufferOf(bytes).toString(encoding ?? 'utf8');
  Object.defineProperty(bytes, 'transformToString', { value: transformToString });
}

function unknownOperation({ definition }: LoadedService, operation: string): AwsError {
  return definition.unknownOperation?.(operation) ?? new AwsError('UnknownOperationException', '');
}

/** A token for one more attempt, after its wait; `undefined` where the error is final. */
async function nextToken(
  { retries, world }: Door,
  token: RetryToken | undefined,
  error: SdkError,
): Promise<RetryToken | undefined> {
  const status = error.$metadata.httpStatusCode;
  const errorType = errorTypeOf({
    name: error.name,
    isConnectionLost: error.code === 'ECONNRESET',
    ...(status === undefined ? {} : { status }),
  });
  if (errorType !== 'THROTTLING' && errorType !== 'TRANSIENT') return undefined;
  const startMs = world.clock.epochMs();
  try {
    const next = await retries.refreshRetryTokenForRetry(token ?? firstToken, { errorType });
    return Object.assign(next, { waitedMs: world.clock.epochMs() - startMs });
  } catch {
    return undefined;
  }
}

function abortError(): Error {
  const error = new Error('Request aborted');
  error.name = 'AbortError';
  return error;
}
