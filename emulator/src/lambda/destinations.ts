import { uuid } from '../ids.ts';
import type { Delivery, World } from '../service.ts';
import { configOf } from './async-event.ts';
import type { AsyncEvent } from './async-event.ts';
import type { Execution } from './executor.ts';
import { functionArn } from './function-name.ts';
import type { LambdaFunction } from './state.ts';

/** Tells the destination for successes, if there is one. */
export async function reportSuccess(
  world: World,
  fn: LambdaFunction,
  event: AsyncEvent,
  execution: Execution,
): Promise<void> {
  const target = configOf(fn, event)?.onSuccess;
  if (target === undefined) return;
  await send(world, event, target, recordOf(world, event, 'Success', execution));
}

/** Sends an event that was given up to the dead-letter queue and tells the destination for failures. */
export async function reportFailure(
  world: World,
  fn: LambdaFunction,
  event: AsyncEvent,
  condition: 'RetriesExhausted' | 'EventAgeExceeded',
): Promise<void> {
  const deadLetterArn = fn.latest.settings.DeadLetterConfig?.TargetArn;
  if (deadLetterArn !== undefined) await deadLetter(world, event, deadLetterArn);
  const target = configOf(fn, event)?.onFailure;
  if (target !== undefined) await send(world, event, target, recordOf(world, event, condition, event.last));
}

interface InvocationRecord {
  readonly timestamp: string;
  readonly requestContext: {
    readonly requestId: string;
    readonly functionArn: string;
    readonly condition: string;
    readonly approximateInvokeCount: number;
  };
  readonly version: string;
  readonly requestPayload: unknown;
  readonly responseContext?: object;
  readonly responsePayload?: unknown;
}

/**
 * The record of an asynchronous invocation; members as recorded.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
function recordOf(
  world: World,
  event: AsyncEvent,
  condition: string,
  execution: Execution | undefined,
): InvocationRecord {
  return {
    version: '1.0',
    timestamp: new Date(world.clock.epochMs()).toISOString(),
    requestContext: {
      requestId: event.requestId,
      functionArn: qualifiedArn(world, event),
      condition,
      approximateInvokeCount: execution === undefined ? 0 : event.failures + (condition === 'Success' ? 1 : 0),
    },
    requestPayload: parse(event.payload),
    ...(execution && {
      responseContext: {
        statusCode: 200,
        executedVersion: execution.version,
        ...(execution.functionError && { functionError: execution.functionError }),
      },
      responsePayload: parse(execution.payload),
    }),
  };
}

async function send(world: World, event: AsyncEvent, targetArn: string, record: InvocationRecord): Promise<void> {
  const sourceArn = qualifiedArn(world, event);
  const body = JSON.stringify(targetArn.split(':')[2] === 'events' ? busEvent(world, targetArn, record) : record);
  await world.deliver({ targetArn, sourceArn, principal: 'lambda.amazonaws.com', body, invocation: 'event' });
}

/** A bus gets the record as an event: recorded. */
function busEvent(world: World, busArn: string, record: InvocationRecord): object {
  const { condition, functionArn } = record.requestContext;
  return {
    version: '0',
    id: uuid(world.random),
    'detail-type': `Lambda Function Invocation Result - ${condition === 'Success' ? 'Success' : 'Failure'}`,
    source: 'lambda',
    account: world.accountId,
    time: `${record.timestamp.slice(0, 19)}Z`,
    region: world.region,
    resources: [busArn, functionArn],
    detail: record,
  };
}

/** The event itself, and what became of it as attributes: recorded. */
async function deadLetter(world: World, event: AsyncEvent, targetArn: string): Promise<void> {
  const attributes: Delivery['attributes'] = {
    RequestID: { dataType: 'String', stringValue: event.requestId },
    ...(event.last && {
      ErrorCode: { dataType: 'Number', stringValue: '200' },
      ErrorMessage: { dataType: 'String', stringValue: errorMessageOf(event.last) },
    }),
  };
  await world.deliver({
    targetArn,
    sourceArn: qualifiedArn(world, event),
    principal: 'lambda.amazonaws.com',
    body: event.payload,
    attributes,
  });
}

/** The first KiB of it, the page says. */
function errorMessageOf({ payload }: Execution): string {
  const document = parse(payload);
  const message =
    typeof document === 'object' && document !== null && 'errorMessage' in document ? document.errorMessage : payload;
  return String(message).slice(0, 1024);
}

function qualifiedArn(world: World, { name }: AsyncEvent): string {
  return functionArn(world, { ...name, qualifier: name.qualifier ?? '$LATEST' });
}

function parse(text: string): unknown {
  const value: unknown = JSON.parse(text);
  return value;
}
