import { AwsError } from '../errors.ts';
import { isRecord } from '../codecs/json.ts';
import type { World } from '../service.ts';
import { failedItems } from './batch-answer.ts';
import { callInside } from './call-inside.ts';
import { execute } from './executor.ts';
import { findVersion } from './function-name.ts';
import type { Mapping } from './mapping.ts';
import { queueRecord, readMessages } from './queue-record.ts';
import type { QueueMessage, QueueRecord } from './queue-record.ts';
import { countRunning } from './running.ts';
import type { LambdaState } from './state.ts';

/** Batches that a mapping begins with at a time. @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html */
const concurrencyDefault = 5;

/** What one request to SQS can bring or delete. */
const messagesPerRequestMax = 10;

const pollSeconds = 20;
/** After a request to the queue that failed. */
const pauseMs = 1000;

/** Polls a queue and hands what it finds to the function in batches, until the mapping changes or goes. */
export async function pollQueue(world: World, state: LambdaState, mapping: Mapping): Promise<void> {
  const { run } = mapping;
  const queueUrl = queueUrlOf(mapping.sourceArn);
  let underWay = 0;
  let goOn: (() => void) | undefined;
  while (isLive(state, mapping, run)) {
    if (underWay >= (mapping.settings.concurrencyMax ?? concurrencyDefault)) {
      await world.park<void>((resume) => {
        goOn = resume;
      });
      continue;
    }
    const batch = await collectBatch(world, state, mapping, run, queueUrl);
    if (batch.length === 0) continue;
    underWay += 1;
    world.spawn(async () => {
      await handleBatch(world, state, mapping, queueUrl, batch);
      underWay -= 1;
      goOn?.();
      goOn = undefined;
    });
  }
}

function isLive(state: LambdaState, mapping: Mapping, run: number): boolean {
  return mapping.enabled && mapping.run === run && state.mappings.get(mapping.id) === mapping;
}

/** The first messages, and with a window those that come within it, up to the size of a batch. */
async function collectBatch(
  world: World,
  state: LambdaState,
  mapping: Mapping,
  run: number,
  queueUrl: string,
): Promise<readonly QueueMessage[]> {
  const { batchSize, windowSeconds } = mapping.settings;
  const batch = [...(await receive(world, queueUrl, batchSize, pollSeconds))];
  if (batch.length === 0 || windowSeconds === 0) return batch;
  const untilMs = world.clock.epochMs() + windowSeconds * 1000;
  while (batch.length < batchSize && isLive(state, mapping, run)) {
    const leftMs = untilMs - world.clock.epochMs();
    const leftSeconds = Math.max(0, Math.floor(leftMs / 1000));
    const more = await receive(world, queueUrl, batchSize - batch.length, Math.min(leftSeconds, pollSeconds));
    batch.push(...more);
    if (leftMs <= 0) break;
    // A long poll lasts whole seconds; what is left of the window after them passes without one.
    if (more.length === 0 && leftSeconds === 0) await sleepUntil(world, untilMs);
  }
  return batch;
}

async function receive(
  world: World,
  queueUrl: string,
  wanted: number,
  waitSeconds: number,
): Promise<readonly QueueMessage[]> {
  try {
    const output = await callInside(world, 'sqs', 'ReceiveMessage', {
      QueueUrl: queueUrl,
      MaxNumberOfMessages: Math.min(wanted, messagesPerRequestMax),
      WaitTimeSeconds: waitSeconds,
      AttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    });
    return readMessages(isRecord(output) ? output['Messages'] : undefined);
  } catch {
    await world.park<void>((resume) => world.clock.at(world.clock.epochMs() + pauseMs, resume, 'idle'));
    return [];
  }
}

function sleepUntil(world: World, dueMs: number): Promise<void> {
  return world.park<void>((resume) => world.clock.at(dueMs, resume));
}

async function handleBatch(
  world: World,
  state: LambdaState,
  mapping: Mapping,
  queueUrl: string,
  messages: readonly QueueMessage[],
): Promise<void> {
  const key = `${mapping.sourceArn}/${mapping.batches}`;
  mapping.batches += 1;
  const records = messages.map((message) => queueRecord(message, mapping, world.region));
  const wanted = records.filter((record) => passesFilters(mapping, record));
  // what no filter lets through is done with
  const done = new Set(records.filter((record) => !wanted.includes(record)).map(({ messageId }) => messageId));
  if (wanted.length > 0) {
    for (const id of await runBatch(world, state, mapping, wanted)) done.add(id);
  }
  if (world.choose('ADV-LAM-04', key, 2) === 1) return;
  await deleteMessages(
    world,
    queueUrl,
    messages.filter(({ MessageId }) => done.has(MessageId)),
  );
}

/** The ids of those that the function managed; the others come back when their visibility timeout ends. */
async function runBatch(
  world: World,
  state: LambdaState,
  { settings }: Mapping,
  records: readonly QueueRecord[],
): Promise<readonly string[]> {
  try {
    const target = findVersion(state, world, settings.functionName, world.random);
    const event = JSON.stringify({ Records: records });
    const execution = await execute(world, () => countRunning(state), { ...target, event });
    const ids = records.map(({ messageId }) => messageId);
    const failed = failedItems(execution, settings.responseTypes, new Set(ids));
    return failed === 'all' ? [] : ids.filter((id) => !failed.has(id));
  } catch (error) {
    if (error instanceof AwsError) return [];
    throw error;
  }
}

function passesFilters({ settings: { filters } }: Mapping, record: QueueRecord): boolean {
  if (filters.length === 0) return true;
  const event = { ...record, body: parsedBody(record.body) };
  return filters.some(({ rules }) => rules.matches(event).length > 0);
}

/** A filter on the body sees into it where it is JSON. */
function parsedBody(body: string): unknown {
  try {
    const document: unknown = JSON.parse(body);
    return document;
  } catch {
    return body;
  }
}

async function deleteMessages(world: World, queueUrl: string, messages: readonly QueueMessage[]): Promise<void> {
  for (let start = 0; start < messages.length; start += messagesPerRequestMax) {
    const Entries = messages
      .slice(start, start + messagesPerRequestMax)
      .map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    try {
      await callInside(world, 'sqs', 'DeleteMessageBatch', { QueueUrl: queueUrl, Entries });
    } catch {
      // they come again, as a mapping that delivers at least once may let them
    }
  }
}

function queueUrlOf(arn: string): string {
  const [, , , region, accountId, name] = arn.split(':');
  return `https://sqs.${region}.amazonaws.com/${accountId}/${name}`;
}
