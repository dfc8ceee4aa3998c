import {
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { randomName } from '../name.ts';
import { conditional, tellItem } from './conditional.ts';
import type { Core } from './core.ts';
import { numberOf, numeric, textOf } from './table.ts';
import type { Item } from './table.ts';

/** One place and its members, as they were read. */
export interface Row extends RowContent {
  /** Another after each write, so that a write can tell that the row is still the one read. */
  readonly token: string;
}

export interface RowContent {
  readonly pattern: string;
  readonly queueUrl: string;
  readonly subscriptionArn: string;
  readonly shard: number;
  readonly sinceMs: number;
  /** Member → end of its lease. */
  readonly members: ReadonlyMap<string, number>;
}

/** Where the rows are. */
export interface Rows {
  readonly core: Core;
  readonly table: string;
}

const partition = 'registry';

/** The row now, read consistently. */
export async function readRow({ core, table }: Rows, sk: string): Promise<Row | undefined> {
  const answer = await core.retry(() =>
    core.clients.dynamodb.send(new GetItemCommand({ TableName: table, Key: rowKey(sk), ConsistentRead: true }), {
      abortSignal: core.signal,
    }),
  );
  return rowOf(answer.Item);
}

/** The row as it is after a write, or, where somebody else was first, as that one left it. */
export type Change =
  | { readonly done: true; readonly row: Row }
  | { readonly done: false; readonly row: Row | undefined };

/** Writes the row if it is still the one read. */
export async function writeRow(
  rows: Rows,
  sk: string,
  { before, content }: { readonly before: Row | undefined; readonly content: RowContent },
): Promise<Change> {
  const { core, table } = rows;
  const token = randomName(core.random, 16);
  const outcome = await conditional(core, () =>
    core.clients.dynamodb.send(
      new PutItemCommand({ TableName: table, Item: itemOf(sk, content, token), ...unchanged(before), ...tellItem }),
      { abortSignal: core.signal },
    ),
  );
  const row = outcome.written ? undefined : rowOf(outcome.item);
  return outcome.written || row?.token === token ? { done: true, row: { ...content, token } } : { done: false, row };
}

/** Removes the row if it is still the one read; resolves to the row that is there else. */
export async function removeRow({ core, table }: Rows, sk: string, before: Row): Promise<Row | undefined> {
  const command = new DeleteItemCommand({ TableName: table, Key: rowKey(sk), ...unchanged(before), ...tellItem });
  const outcome = await conditional(core, () => core.clients.dynamodb.send(command, { abortSignal: core.signal }));
  return outcome.written ? undefined : rowOf(outcome.item);
}

/** Extends a member's lease; `false` where it is no longer a member of that queue. */
export async function renewLease(
  { core, table }: Rows,
  sk: string,
  { member, queueUrl, untilMs }: { readonly member: string; readonly queueUrl: string; readonly untilMs: number },
): Promise<boolean> {
  const { written } = await conditional(core, () =>
    core.clients.dynamodb.send(
      new UpdateItemCommand({
        TableName: table,
        Key: rowKey(sk),
        UpdateExpression: 'SET members.#member = :until',
        ConditionExpression: 'queueUrl = :url AND attribute_exists(members.#member)',
        ExpressionAttributeNames: { '#member': member },
        ExpressionAttributeValues: { ':until': numeric(untilMs), ':url': { S: queueUrl } },
      }),
      { abortSignal: core.signal },
    ),
  );
  return written;
}

/** All rows, read consistently. */
export async function listRows({ core, table }: Rows): Promise<readonly Row[]> {
  const found: Row[] = [];
  let start: Item | undefined;
  do {
    const ExclusiveStartKey = start;
    const page = await core.retry(() =>
      core.clients.dynamodb.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': { S: partition } },
          ConsistentRead: true,
          ExclusiveStartKey,
        }),
        { abortSignal: core.signal },
      ),
    );
    found.push(...(page.Items ?? []).flatMap((item) => rowOf(item) ?? []));
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return found;
}

function rowKey(sk: string): Item {
  return { pk: { S: partition }, sk: { S: sk } };
}

function unchanged(before: Row | undefined): {
  readonly ConditionExpression: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues?: Item;
} {
  if (before === undefined) return { ConditionExpression: 'attribute_not_exists(pk)' };
  return {
    ConditionExpression: '#token = :token',
    ExpressionAttributeNames: { '#token': 'token' },
    ExpressionAttributeValues: { ':token': { S: before.token } },
  };
}

function itemOf(sk: string, content: RowContent, token: string): Item {
  const { pattern, queueUrl, subscriptionArn, shard, sinceMs, members } = content;
  return {
    ...rowKey(sk),
    token: { S: token },
    pattern: { S: pattern },
    queueUrl: { S: queueUrl },
    subscriptionArn: { S: subscriptionArn },
    shard: numeric(shard),
    since: numeric(sinceMs),
    members: { M: Object.fromEntries([...members].map(([name, until]) => [name, numeric(until)])) },
  };
}

function rowOf(item: Item | undefined): Row | undefined {
  const token = textOf(item, 'token');
  const pattern = textOf(item, 'pattern');
  const queueUrl = textOf(item, 'queueUrl');
  const subscriptionArn = textOf(item, 'subscriptionArn');
  const shard = numberOf(item, 'shard');
  const sinceMs = numberOf(item, 'since');
  if (token === undefined || pattern === undefined || queueUrl === undefined) return undefined;
  if (subscriptionArn === undefined || sinceMs === undefined || shard === undefined) return undefined;
  const members = new Map(
    Object.entries(item?.['members']?.M ?? {}).map(([name, until]) => [name, Number(until.N)] as const),
  );
  return { token, pattern, queueUrl, subscriptionArn, shard, sinceMs, members };
}
