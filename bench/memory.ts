import { parseArgs } from 'node:util';
import { isRecord } from '../emulator/src/codecs/json.ts';
import { openLane } from './http/raw-lane.ts';
import type { RawLane } from './http/raw-lane.ts';
import type { MemoryRow } from './memory-row.ts';
import { writeMeasured } from './measured.ts';
import { start } from './peers/running.ts';
import type { Running } from './peers/running.ts';
import { emulatorServer, isInstalled, peerServers } from './peers/servers.ts';
import type { ServerKind } from './peers/servers.ts';

/**
 * npm run bench:memory [-- --source] [--peers none] [--through N] [--keep]
 *
 * Resident memory of each server that speaks SQS: after its first call, after a million messages of 200 characters have been
 * sent, received and deleted, ten at a time, on 8 connections, and with 100,000 at rest. Peers get a fiftieth of that through,
 * and slow ones no more of either than they take in ten seconds.
 */
const { values } = parseArgs({
  options: {
    source: { type: 'boolean', default: false },
    peers: { type: 'string' },
    through: { type: 'string', default: '1000000' },
    keep: { type: 'boolean', default: false },
  },
});

const lanes = 8;
const atRest = 100_000;
const slowMs = 10_000;
const body = 'x'.repeat(200);
const authorization =
  'AWS4-HMAC-SHA256 Credential=000000000000/20260101/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=0';
const rows: MemoryRow[] = [];
const peers = peerServers.filter(
  (kind) =>
    kind.services.includes('sqs') &&
    (values.peers === undefined ? isInstalled(kind) : values.peers.includes(kind.name)),
);
for (const kind of [emulatorServer(values), ...peers]) {
  try {
    const through = kind.name === 'parallax' ? Number(values.through) : Number(values.through) / 50;
    const row = await measureMemory(kind, through);
    rows.push(row);
    console.log(row);
  } catch (error) {
    console.log(kind.name, error instanceof Error ? error.message : error);
  }
}
if (values.keep) await writeMeasured('memory', { rows });

async function measureMemory(kind: ServerKind, through: number): Promise<MemoryRow> {
  const server = await start(kind);
  const limitMs = kind.isSlow === true ? slowMs : Number.POSITIVE_INFINITY;
  const opened = Array.from({ length: lanes }, () => openLane(server.port));
  try {
    const passing = await createQueue(server, opened, 'passing');
    const freshMb = await residentMb(server);
    const wentThrough = await inTens(opened, through, limitMs, async (lane) => {
      await sendTen(lane, server, passing);
      await takeTen(lane, server, passing);
    });
    const afterMb = await residentMb(server);
    const resting = await createQueue(server, opened, 'resting');
    const rest = await inTens(opened, atRest, limitMs, (lane) => sendTen(lane, server, resting));
    return {
      name: kind.name,
      freshMb,
      through: wentThrough,
      afterMb,
      atRest: rest,
      atRestMb: await residentMb(server),
    };
  } finally {
    for (const lane of opened) lane.close();
    await server.stop();
  }
}

/** Does so many ten at a time, or what can be done in `limitMs`; how many that were. */
async function inTens(
  opened: readonly RawLane[],
  messages: number,
  limitMs: number,
  ten: (lane: RawLane) => Promise<void>,
): Promise<number> {
  const endMs = performance.now() + limitMs;
  const tens = messages / 10;
  let left = tens;
  await Promise.all(
    opened.map(async (lane) => {
      while (left > 0 && performance.now() < endMs) {
        left -= 1;
        await ten(lane);
      }
    }),
  );
  return (tens - left) * 10;
}

async function sendTen(lane: RawLane, server: Running, QueueUrl: string): Promise<void> {
  const Entries = Array.from({ length: 10 }, (_, n) => ({ Id: String(n), MessageBody: body }));
  await request(lane, server, 'SendMessageBatch', { QueueUrl, Entries });
}

async function takeTen(lane: RawLane, server: Running, QueueUrl: string): Promise<void> {
  const answer = await request(lane, server, 'ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 });
  const messages: readonly unknown[] = Array.isArray(answer['Messages']) ? answer['Messages'] : [];
  const Entries = messages.map((message, n) => ({
    Id: String(n),
    ReceiptHandle: isRecord(message) ? message['ReceiptHandle'] : '',
  }));
  if (Entries.length > 0) await request(lane, server, 'DeleteMessageBatch', { QueueUrl, Entries });
}

async function createQueue(server: Running, opened: readonly RawLane[], QueueName: string): Promise<string> {
  const { QueueUrl } = await request(first(opened), server, 'CreateQueue', { QueueName });
  if (typeof QueueUrl !== 'string') throw new Error('no queue was made');
  return QueueUrl;
}

function first(opened: readonly RawLane[]): RawLane {
  const [lane] = opened;
  if (lane === undefined) throw new Error('no lane');
  return lane;
}

async function request(
  lane: RawLane,
  { port }: Running,
  operation: string,
  input: object,
): Promise<Readonly<Record<string, unknown>>> {
  const text = JSON.stringify(input);
  const answer = await lane.send(
    `POST / HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/x-amz-json-1.0\r\n` +
      `x-amz-target: AmazonSQS.${operation}\r\nauthorization: ${authorization}\r\ncontent-length: ${text.length}\r\n\r\n${text}`,
  );
  if (answer.status !== 200) throw new Error(`${answer.status} ${answer.body.toString('utf8', 0, 200)}`);
  const document: unknown = answer.body.length === 0 ? {} : JSON.parse(answer.body.toString('utf8'));
  return isRecord(document) ? document : {};
}

async function residentMb(server: Running): Promise<number> {
  return Math.round((await server.residentBytes()) / 1024 / 1024);
}
