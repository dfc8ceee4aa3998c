import { isDeepStrictEqual } from 'node:util';
import type { HttpResponse, RequestHandlerOutput } from '@smithy/types';
import type { Clock } from '#core';
import type { Choose, Disturbance, Passage } from './adversary.ts';
import { throttled } from './adversary-faults.ts';
import { jsonAnswer, jsonRequest, list, madeAnswer, members, readAnswer } from './adversary-wire.ts';
import type { Members } from './adversary-wire.ts';

/** Replicas agree "usually within one second or less". */
const staleMs = 1_000;

interface PutSeen {
  readonly table: unknown;
  readonly item: Members;
  readonly atMs: number;
}

/** GetItem without ConsistentRead: within a second of a PutItem, the item as it was before, or none. */
export function createStaleReads(
  choose: Choose,
  { clock, recall }: { readonly clock: Clock; readonly recall: Choose },
): Disturbance {
  let puts: readonly PutSeen[] = [];
  const reads = new Map<string, number>();

  /** By request, as a seeded run asks, or by item, as a capsule names it. */
  function isStale({ key, wire }: Passage, item: readonly (readonly [string, unknown])[]): boolean {
    const name = `${String(wire.input['TableName'])}/${keyText(item.map(([, value]) => value))}`;
    const ordinal = reads.get(name) ?? 0;
    reads.set(name, ordinal + 1);
    return choose('ADV-DDB-01', key, 2) === 1 || recall('ADV-DDB-01', `${name}#${ordinal}`, 2) === 1;
  }

  async function put(passage: Passage): Promise<RequestHandlerOutput<HttpResponse>> {
    const answer = await passage.forward(passage.request);
    const { TableName, Item } = passage.wire.input;
    const seen: PutSeen = { table: TableName, item: members(Item), atMs: clock.epochMs() };
    if (answer.response.statusCode === 200) puts = [...puts.slice(-199), seen];
    return answer;
  }

  return (passage) => {
    const { service, operation, input } = passage.wire;
    if (service !== 'dynamodb') return undefined;
    if (operation === 'PutItem') return put(passage);
    if (operation !== 'GetItem' || input['ConsistentRead'] === true) return undefined;
    const key = Object.entries(members(input['Key']));
    const versions = puts.filter(
      ({ table, item }) =>
        table === input['TableName'] && key.every(([name, value]) => isDeepStrictEqual(item[name], value)),
    );
    const last = versions.at(-1);
    if (last === undefined || clock.epochMs() - last.atMs > staleMs) return undefined;
    if (!isStale(passage, key)) return undefined;
    const before = versions.at(-2)?.item;
    return Promise.resolve({ response: madeAnswer(before === undefined ? {} : { Item: before }) });
  };
}

/** BatchGetItem: the first keys are read, the others come back unprocessed. */
export function disturbBatchRead(choose: Choose): Disturbance {
  async function part(passage: Passage, table: string, count: number): Promise<RequestHandlerOutput<HttpResponse>> {
    const requested = members(members(passage.wire.input['RequestItems'])[table]);
    const keys = list(requested['Keys']);
    const first = { ...requested, Keys: keys.slice(0, count) };
    const rest = { ...requested, Keys: keys.slice(count) };
    const answer = await passage.forward(
      jsonRequest(passage.request, { ...passage.wire.input, RequestItems: { [table]: first } }),
    );
    const { response, output } = await readAnswer(answer.response);
    return { response: jsonAnswer(response, { ...output, UnprocessedKeys: { [table]: rest } }) };
  }

  return (passage) => {
    const { service, operation, input } = passage.wire;
    if (service !== 'dynamodb' || operation !== 'BatchGetItem') return undefined;
    const [[table, requested] = [], ...others] = Object.entries(members(input['RequestItems']));
    if (table === undefined || others.length > 0) return undefined;
    const chosen = choose('ADV-DDB-10', passage.key, list(members(requested)['Keys']).length);
    return chosen === 0 ? undefined : part(passage, table, chosen);
  };
}

/** A throttled write, by its item as a capsule names it: what a table's key is, its making tells. */
export function createThrottledWrites(recall: Choose): Disturbance {
  const keys = new Map<unknown, readonly string[]>();
  const ordinals = new Map<string, number>();
  return ({ wire: { service, operation, input } }) => {
    if (service !== 'dynamodb') return undefined;
    if (operation === 'CreateTable') {
      keys.set(
        input['TableName'],
        list(input['KeySchema']).map((element) => String(members(element)['AttributeName'])),
      );
    }
    const item = members(input['Item'] ?? input['Key']);
    const names = keys.get(input['TableName']);
    if (names === undefined) return undefined;
    const name = `${String(input['TableName'])}/${operation}${keyText(names.map((attribute) => item[attribute]))}`;
    const ordinal = ordinals.get(name) ?? 0;
    ordinals.set(name, ordinal + 1);
    return recall('ADV-DDB-09', `${name}#${ordinal}`, 2) === 1 ? Promise.resolve(throttled('dynamodb')) : undefined;
  };
}

/** Values of key attributes as the emulator's keys have them. */
function keyText(values: readonly unknown[]): string {
  return JSON.stringify(values.map((value) => Object.values(members(value))[0]));
}
