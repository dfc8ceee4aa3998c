import { AwsError } from '../errors.ts';
import { isRecord } from '../codecs/json.ts';
import { uuid } from '../ids.ts';
import type { World } from '../service.ts';
import { awaitSignal } from '../signals.ts';
import { failedItems } from './batch-answer.ts';
import { callInside } from './call-inside.ts';
import { execute } from './executor.ts';
import type { Execution } from './executor.ts';
import { findVersion } from './function-name.ts';
import type { Mapping, StreamSettings } from './mapping.ts';
import { countRunning } from './running.ts';
import type { LambdaState } from './state.ts';
import { readRecords } from './stream-record.ts';
import type { StreamRecord } from './stream-record.ts';

/** Lambda looks at a shard so often. @see https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html */
const pollMs = 250;
/** Between attempts at one batch: doubled from the first to the last. AWS names no figures. */
const retryMs = { first: 1000, last: 60_000 };

/** Reads a stream, shard by shard, and hands its records to the function in order, until the mapping changes or goes. */
export async function pollStream(world: World, state: LambdaState, mapping: Mapping): Promise<void> {
  const { run, sourceArn } = mapping;
  const known = new Set<string>();
  for (const shardId of await listShards(world, sourceArn)) {
    if (known.has(shardId)) continue;
    known.add(shardId);
    world.spawn(() => readShard({ world, state, mapping, run, shardId }));
  }
}

interface ShardReader {
  readonly world: World;
  readonly state: LambdaState;
  readonly mapping: Mapping;
  readonly run: number;
  readonly shardId: string;
}

async function listShards(world: World, streamArn: string): Promise<readonly string[]> {
  const output = await callInside(world, 'dynamodbstreams', 'DescribeStream', { StreamArn: streamArn });
  const description = isRecord(output) ? output['StreamDescription'] : undefined;
  const shards = isRecord(description) ? description['Shards'] : undefined;
  return Array.isArray(shards) ? shards.filter(isRecord).map(({ ShardId }) => String(ShardId)) : [];
}

async function readShard(reader: ShardReader): Promise<void> {
  const { world, mapping, shardId } = reader;
  const { sourceArn, settings } = mapping;
  let iterator: string | undefined = textOf(
    await callInside(world, 'dynamodbstreams', 'GetShardIterator', {
      StreamArn: sourceArn,
      ShardId: shardId,
      ShardIteratorType: settings.stream?.startingPosition ?? 'LATEST',
    }),
    'ShardIterator',
  );
  while (iterator !== undefined && isLive(reader)) {
    const arrived = arrival(world, sourceArn);
    const output: unknown = await callInside(world, 'dynamodbstreams', 'GetRecords', {
      ShardIterator: iterator,
      Limit: Math.min(mapping.settings.batchSize, 1000),
    });
    iterator = textOf(output, 'NextShardIterator');
    const records = readRecords(isRecord(output) ? output['Records'] : undefined, sourceArn);
    if (records.length === 0) await arrived.wait();
    else await handleRecords(reader, records);
    arrived.cancel();
  }
}

/** Waits for the next record of the stream from the moment of asking, and then for Lambda's next look. */
function arrival(world: World, streamArn: string) {
  let come = false;
  let wake: (() => void) | undefined;
  const cancel = awaitSignal(world, streamArn, () => {
    come = true;
    wake?.();
  });
  return {
    cancel,
    wait: () =>
      world.park<void>((resume) => {
        wake = () => world.clock.at(world.clock.epochMs() + pollMs, resume, 'work', streamArn);
        if (come) wake();
      }),
  };
}

function isLive({ state, mapping, run }: ShardReader): boolean {
  return mapping.enabled && mapping.run === run && state.mappings.get(mapping.id) === mapping;
}

/** Hands records over until the function has managed them or they are given up; nothing overtakes them. */
async function handleRecords(reader: ShardReader, all: readonly StreamRecord[]): Promise<void> {
  const { mapping, world } = reader;
  const key = `${mapping.sourceArn}/${reader.shardId}/${mapping.batches}`;
  mapping.batches += 1;
  const wanted = all.filter((record) => passesFilters(mapping, record));
  const pending: { readonly records: readonly StreamRecord[]; attempts: number }[] =
    wanted.length === 0 ? [] : [{ records: wanted, attempts: 0 }];
  let repeats = world.choose('ADV-LAM-04', key, 2);
  while (isLive(reader)) {
    const batch = pending[0];
    if (batch === undefined) return;
    const { left, execution } = await runRecords(reader, batch.records);
    if (left.length === 0 && repeats === 0) {
      pending.shift();
      continue;
    }
    if (left.length === 0) repeats -= 1;
    batch.attempts += 1;
    await retryOrGiveUp(reader, pending, left.length === 0 ? batch.records : left, execution);
  }
}

async function retryOrGiveUp(
  reader: ShardReader,
  pending: { readonly records: readonly StreamRecord[]; attempts: number }[],
  left: readonly StreamRecord[],
  execution: Execution | undefined,
): Promise<void> {
  const { world, mapping } = reader;
  const { stream } = mapping.settings;
  const { attempts } = pending.shift() ?? { attempts: 0 };
  if (stream !== undefined && isExhausted(world, stream, left, attempts)) {
    await reportFailure(reader, stream, left, execution, attempts);
    return;
  }
  if (stream?.bisect === true && left.length > 1) {
    const middle = Math.ceil(left.length / 2);
    pending.unshift({ records: left.slice(0, middle), attempts }, { records: left.slice(middle), attempts });
  } else {
    pending.unshift({ records: left, attempts });
  }
  const delayMs = Math.min(retryMs.last, retryMs.first * 2 ** (attempts - 1));
  await world.park<void>((resume) => world.clock.at(world.clock.epochMs() + delayMs, resume));
}

function isExhausted(world: World, stream: StreamSettings, left: readonly StreamRecord[], attempts: number): boolean {
  if (stream.retriesMax >= 0 && attempts > stream.retriesMax) return true;
  const ageMs = world.clock.epochMs() - (left[0]?.arrivedMs ?? 0);
  return stream.recordAgeMaxSeconds >= 0 && ageMs > stream.recordAgeMaxSeconds * 1000;
}

/** What the function did not manage: with partial answers from the first record that failed on. */
async function runRecords(
  { world, state, mapping: { settings } }: ShardReader,
  records: readonly StreamRecord[],
): Promise<{ readonly left: readonly StreamRecord[]; readonly execution?: Execution }> {
  try {
    const target = findVersion(state, world, settings.functionName, world.random);
    const event = JSON.stringify({ Records: records.map((record) => record.event) });
    const execution = await execute(world, () => countRunning(state), { ...target, event });
    const identifiers = records.map(({ sequenceNumber }) => sequenceNumber);
    const failed = failedItems(execution, settings.responseTypes, new Set(identifiers));
    if (failed === 'all') return { left: records, execution };
    const first = identifiers.findIndex((identifier) => failed.has(identifier));
    return { left: first === -1 ? [] : records.slice(first), execution };
  } catch (error) {
    if (error instanceof AwsError) return { left: records };
    throw error;
  }
}

function passesFilters({ settings: { filters } }: Mapping, { event }: StreamRecord): boolean {
  return filters.length === 0 || filters.some(({ rules }) => rules.matches(event).length > 0);
}

/** Tells the destination which records were given up: recorded. */
async function reportFailure(
  { world, mapping, shardId }: ShardReader,
  { onFailure }: StreamSettings,
  records: readonly StreamRecord[],
  execution: Execution | undefined,
  attempts: number,
): Promise<void> {
  const [first, last] = [records[0], records.at(-1)];
  if (onFailure === undefined || first === undefined || last === undefined) return;
  const timeOf = (ms: number) => new Date(ms).toISOString();
  const record = {
    requestContext: {
      requestId: execution?.requestId ?? uuid(world.random),
      functionArn: mapping.settings.functionArn,
      condition: 'RetryAttemptsExhausted',
      approximateInvokeCount: attempts,
    },
    ...(execution && {
      responseContext: {
        statusCode: 200,
        executedVersion: execution.version,
        ...(execution.functionError && { functionError: execution.functionError }),
      },
    }),
    version: '1.0',
    timestamp: timeOf(world.clock.epochMs()),
    DDBStreamBatchInfo: {
      shardId,
      startSequenceNumber: first.sequenceNumber,
      endSequenceNumber: last.sequenceNumber,
      approximateArrivalOfFirstRecord: timeOf(first.arrivedMs),
      approximateArrivalOfLastRecord: timeOf(last.arrivedMs),
      batchSize: records.length,
      streamArn: mapping.sourceArn,
    },
  };
  await world.deliver({
    targetArn: onFailure,
    sourceArn: mapping.settings.functionArn,
    principal: 'lambda.amazonaws.com',
    body: JSON.stringify(record),
    invocation: 'event',
  });
}

function textOf(output: unknown, name: string): string | undefined {
  const value = isRecord(output) ? output[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}
