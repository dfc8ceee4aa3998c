import { isDeepStrictEqual } from 'node:util';
import type { HttpResponse, RequestHandlerOutput } from '@smithy/types';
import type { Clock } from '#core';
import type { Choose, Disturbance, Passage } from './adversary.ts';
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
export function createStaleReads(choose: Choose, clock: Clock): Disturbance {
  let puts: readonly PutSeen[] = [];

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
    if (choose('ADV-DDB-01', passage.key, 2) === 0) return undefined;
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
