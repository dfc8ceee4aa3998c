import { BatchWriteItemCommand, GetItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { PutEventsCommand, PutRuleCommand } from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, SendMessageBatchCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { growthChart } from './growth-chart.ts';
import type { GrowthSeries } from './growth-chart.ts';
import { createClients } from './http/clients.ts';
import type { Clients } from './http/clients.ts';
import { openStand } from './http/measure.ts';
import { createTable, inLanes, receiveAndDelete } from './http/workloads.ts';
import type { Step, Workload } from './http/workloads.ts';
import { writeMeasured } from './measured.ts';
import { start } from './peers/running.ts';
import { emulatorServer } from './peers/servers.ts';

/**
 * npm run bench:growth [-- --source] [--keep]
 *
 * Server CPU a call by how much there is: messages in the queue, queues, rules on the bus, items in the table. Presigned raw
 * HTTP, 32 in flight; sizes by turns, the median of five.
 */
const { values } = parseArgs({
  options: { source: { type: 'boolean', default: false }, keep: { type: 'boolean', default: false } },
});

interface Growth {
  readonly name: string;
  readonly sizes: readonly number[];
  readonly setUp: (clients: Clients, run: string, size: number) => Promise<readonly Step[]>;
}

const body = 'x'.repeat(200);
const acts = 2000;
const byTens = [100, 1000, 10_000, 100_000] as const;
const step = (operation: string, send: (clients: Clients) => Promise<unknown>): Step => ({
  operation,
  send: (clients) => send(clients).then(() => undefined),
});
const key = (n: number) => ({ pk: { S: `k${n % 1000}` }, sk: { N: String(n) } });

const growths: readonly Growth[] = [
  {
    name: 'SendMessage, ReceiveMessage, DeleteMessage by messages in the queue',
    sizes: byTens,
    setUp: async ({ sqs }, QueueName, size) => {
      const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName }));
      if (QueueUrl === undefined) throw new Error('no queue was made');
      const Entries = Array.from({ length: 10 }, (_, n) => ({ Id: String(n), MessageBody: body }));
      await inLanes(
        16,
        Array.from({ length: size / 10 }, () => () => sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }))),
      );
      const command = () => new SendMessageCommand({ QueueUrl, MessageBody: body });
      return [step('SendMessage', (clients) => clients.sqs.send(command())), ...receiveAndDelete(QueueUrl)];
    },
  },
  {
    name: 'SendMessage by queues',
    sizes: [10, 100, 1000, 10_000],
    setUp: async ({ sqs }, run, size) => {
      const create = (n: number) => () => sqs.send(new CreateQueueCommand({ QueueName: `${run}-${n}` }));
      await inLanes(
        16,
        Array.from({ length: size }, (_, n) => create(n)),
      );
      const { QueueUrl } = await create(0)();
      return [
        step('SendMessage', (clients) => clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body }))),
      ];
    },
  },
  {
    // More rules than 300 a bus does not take.
    name: 'PutEvents by rules on the bus',
    sizes: [3, 30, 300],
    setUp: async ({ events }, run, size) => {
      for (let n = 0; n < size; n += 1) {
        const EventPattern = JSON.stringify({ source: [`${run}.${n}`], detail: { n: [{ numeric: ['>', n] }] } });
        await events.send(new PutRuleCommand({ Name: `rule-${n}`, EventPattern }));
      }
      const Entries = [{ Source: `${run}.0`, DetailType: 'd', Detail: JSON.stringify({ n: 1, body }) }];
      return [step('PutEvents', (clients) => clients.events.send(new PutEventsCommand({ Entries })))];
    },
  },
  {
    name: 'PutItem by items in the table',
    sizes: byTens,
    setUp: async (clients, TableName, size) => {
      await fillTable(clients, TableName, size);
      const Item = { ...key(size - 1), data: { S: body } };
      return [step('PutItem', ({ dynamodb }) => dynamodb.send(new PutItemCommand({ TableName, Item })))];
    },
  },
  {
    name: 'GetItem by items in the table',
    sizes: byTens,
    setUp: async (clients, TableName, size) => {
      await fillTable(clients, TableName, size);
      return [step('GetItem', ({ dynamodb }) => dynamodb.send(new GetItemCommand({ TableName, Key: key(size - 1) })))];
    },
  },
  {
    name: 'Query for 1 item by items in the table',
    sizes: byTens,
    setUp: async (clients, TableName, size) => {
      await fillTable(clients, TableName, size);
      const { pk, sk } = key(size - 1);
      const query = {
        KeyConditionExpression: 'pk = :pk AND sk >= :sk',
        ExpressionAttributeValues: { ':pk': pk, ':sk': sk },
      };
      return [step('Query', ({ dynamodb }) => dynamodb.send(new QueryCommand({ TableName, Limit: 1, ...query })))];
    },
  },
];

const series: GrowthSeries[] = [];
for (const growth of growths) {
  const measured = await measureGrowth(growth);
  series.push(measured);
  console.log(measured.name, measured.points.map(({ size, cpuUs }) => `${size}: ${cpuUs.toFixed(0)} µs`).join(', '));
}
if (values.keep) {
  await writeMeasured('growth', { series });
  await writeFile(join(import.meta.dirname, '../docs/bench-growth.svg'), growthChart(series));
}

/** Each size has a server of its own, so that none carries another's load. */
async function measureGrowth({ name, sizes, setUp }: Growth): Promise<GrowthSeries> {
  const workload: Workload = { name, isSingleItem: false, services: [], setUp: () => Promise.resolve([]) };
  const servers = await Promise.all(sizes.map(() => start(emulatorServer(values))));
  const stands = [];
  for (const [index, server] of servers.entries()) {
    const clients = createClients(server.url, 16);
    const steps = await setUp(clients, 'growing', sizes[index] ?? 0);
    clients.destroy();
    stands.push(await openStand(server, steps, { mode: 'raw', lanes: 32, workload, run: 'growing' }));
  }
  const cpuUs = sizes.map((): number[] => []);
  for (let round = -1; round < 5; round += 1) {
    for (const [index, stand] of stands.entries()) {
      const measured = await stand.round({ roundMs: 30_000, actsMax: acts });
      if (round >= 0) cpuUs[index]?.push((measured.serverCpuMs * 1000) / measured.acts);
    }
  }
  for (const stand of stands) stand.close();
  for (const server of servers) await server.stop();
  const median = (each: readonly number[]): number => each.toSorted((a, b) => a - b)[2] ?? Number.NaN;
  return { name, points: sizes.map((size, index) => ({ size, cpuUs: median(cpuUs[index] ?? []) })) };
}

async function fillTable(clients: Clients, TableName: string, size: number): Promise<void> {
  await createTable(clients, TableName);
  const put = (from: number) => () => {
    const requests = Array.from({ length: Math.min(25, size - from) }, (_, n) => ({
      PutRequest: { Item: { ...key(from + n), data: { S: body } } },
    }));
    return clients.dynamodb.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: requests } }));
  };
  await inLanes(
    16,
    Array.from({ length: Math.ceil(size / 25) }, (_, n) => put(n * 25)),
  );
}
