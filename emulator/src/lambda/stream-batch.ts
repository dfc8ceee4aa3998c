import { AwsError } from '../errors.ts';
import { uuid } from '../ids.ts';
import { dynamodbQuotas } from '../quotas.ts';
import type { World } from '../service.ts';
import { failedItems } from './batch-answer.ts';
import { execute } from './executor.ts';
import type { Execution } from './executor.ts';
import { findVersion } from './function-name.ts';
import type { Mapping, StreamSettings } from './mapping.ts';
import { countRunning } from './running.ts';
import type { LambdaState } from './state.ts';
import type { StreamRecord } from './stream-record.ts';

/** Between attempts at one batch: doubled from the first to the last. AWS names no figures. */
const retryMs = { first: 1000, last: 60_000 };

/** What reads one shard for a mapping. */
export interface ShardReader {
  readonly world: World;
  readonly state: LambdaState;
  readonly mapping: Mapping;
  readonly run: number;
  readonly shardId: string;
}

/** Records on their way to the function. */
interface Batch {
  readonly records: readonly StreamRecord[];
  /** How often the function has failed on them, as the retry quota counts it. */
  readonly attempts: number;
  /** How often they have been tried in all: the pauses grow with it. */
  readonly tries: number;
}

/** What a run came to. */
interface Run {
  /** What the function did not manage: with partial answers from the first record that failed on. */
  readonly left: readonly StreamRecord[];
  /** Absent: the function could not be called. */
  readonly execution?: Execution;
  /** It said itself which records failed. */
  readonly partial?: boolean;
}

export function isLive({ state, mapping, run }: ShardReader): boolean {
  return mapping.enabled && mapping.run === run && state.mappings.get(mapping.id) === mapping;
}

/** Hands records over until the function has managed them or they are given up; nothing overtakes them. */
export async function handleRecords(reader: ShardReader, all: readonly StreamRecord[]): Promise<void> {
  const { mapping, world } = reader;
  const key = `${mapping.sourceArn}/${reader.shardId}/${mapping.batches}`;
  mapping.batches += 1;
  const wanted = all.filter((record) => passesFilters(mapping, record));
  let pending: readonly Batch[] = wanted.length === 0 ? [] : [{ records: wanted, attempts: 0, tries: 0 }];
  let repeats = world.choose('ADV-LAM-04', key, 2);
  while (isLive(reader)) {
    const [batch, ...rest] = pending;
    if (batch === undefined) return;
    const run = await runRecords(reader, batch.records);
    const managed = run.left.length === 0;
    if (managed && repeats === 0) {
      pending = rest;
      continue;
    }
    if (managed) repeats -= 1;
    const outcome = managed ? { ...run, left: batch.records } : run;
    pending = [...(await retryOrGiveUp(reader, batch, outcome)), ...rest];
  }
}

/**
 * What is tried again, after a pause. A call that never reached the function and the splitting of a batch take nothing from
 * the retry quota; past a record that a partial answer puts behind it, a batch starts anew: recorded.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 */
async function retryOrGiveUp(
  reader: ShardReader,
  { records, attempts: before, tries: triesBefore }: Batch,
  { left, execution, partial = false }: Run,
): Promise<readonly Batch[]> {
  const { world, mapping } = reader;
  const { stream } = mapping.settings;
  const splits = stream?.bisect === true && execution !== undefined && !partial && left.length > 1;
  const advanced = left.length < records.length;
  const attempts = advanced ? 0 : before + (execution === undefined || splits ? 0 : 1);
  const condition = stream && exhausted(world, stream, left, attempts);
  if (stream !== undefined && condition !== undefined) {
    await reportFailure(reader, stream, left, { execution, attempts, condition });
    return [];
  }
  const tries = advanced ? 1 : triesBefore + 1;
  const delayMs = Math.min(retryMs.last, retryMs.first * 2 ** (tries - 1));
  await world.park<void>((resume) => world.clock.at(world.clock.epochMs() + delayMs, resume));
  if (!splits) return [{ records: left, attempts, tries }];
  const middle = Math.ceil(left.length / 2);
  return [left.slice(0, middle), left.slice(middle)].map((half) => ({ records: half, attempts, tries }));
}

type Condition = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

/** A stream forgets its records after a day, whatever the mapping says. */
function exhausted(
  world: World,
  { retriesMax, recordAgeMaxSeconds }: StreamSettings,
  left: readonly StreamRecord[],
  attempts: number,
): Condition | undefined {
  if (retriesMax >= 0 && attempts > retriesMax) return 'RetryAttemptsExhausted';
  const ageMs = world.clock.epochMs() - (left[0]?.arrivedMs ?? 0);
  const { streamRetentionMs } = dynamodbQuotas;
  const ageMaxMs = recordAgeMaxSeconds < 0 ? streamRetentionMs : recordAgeMaxSeconds * 1000;
  return ageMs > Math.min(ageMaxMs, streamRetentionMs) ? 'RecordAgeExceeded' : undefined;
}

async function runRecords({ world, state, mapping }: ShardReader, records: readonly StreamRecord[]): Promise<Run> {
  const { settings } = mapping;
  try {
    const target = findVersion(state, world, settings.functionName, world.random);
    const event = JSON.stringify({ Records: records.map((record) => record.event) });
    const execution = await execute(world, () => countRunning(state), { ...target, event });
    mapping.lastResult = execution.functionError === undefined ? 'OK' : 'PROBLEM: Function call failed';
    const identifiers = records.map(({ sequenceNumber }) => sequenceNumber);
    const failed = failedItems(execution, settings.responseTypes, new Set(identifiers));
    if (failed === 'all') return { left: records, execution };
    const first = identifiers.findIndex((identifier) => failed.has(identifier));
    return { left: first === -1 ? [] : records.slice(first), execution, partial: true };
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
  failure: { readonly execution: Execution | undefined; readonly attempts: number; readonly condition: Condition },
): Promise<void> {
  const { execution, attempts, condition } = failure;
  const [first, last] = [records[0], records.at(-1)];
  if (onFailure === undefined || first === undefined || last === undefined) return;
  const record = {
    requestContext: {
      requestId: execution?.requestId ?? uuid(world.random),
      functionArn: mapping.settings.functionArn,
      condition,
      approximateInvokeCount: attempts,
    },
    ...(execution && {
      responseContext: {
        statusCode: 200,
        executedVersion: execution.version,
        functionError: execution.functionError ?? null,
      },
    }),
    version: '1.0',
    timestamp: new Date(world.clock.epochMs()).toISOString(),
    DDBStreamBatchInfo: {
      shardId,
      startSequenceNumber: first.sequenceNumber,
      endSequenceNumber: last.sequenceNumber,
      approximateArrivalOfFirstRecord: isoSeconds(first.arrivedMs),
      approximateArrivalOfLastRecord: isoSeconds(last.arrivedMs),
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

/** The times of records are whole seconds: recorded. */
function isoSeconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
