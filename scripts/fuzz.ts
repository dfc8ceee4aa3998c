import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadService, serviceNames } from 'parallax-emulator';
import { seededRandom } from '../emulator/src/random.ts';
import { cleanUp, setUp } from './fuzz/clean-up.ts';
import { createConnection } from './fuzz/connection.ts';
import type { Exchange } from './fuzz/connection.ts';
import { createRandom } from './fuzz/random.ts';
import { createRequests } from './fuzz/requests.ts';
import type { FuzzRequest } from './fuzz/requests.ts';

/**
 * npm run fuzz -- [--requests N] [--seconds N] [--seed N]
 *
 * Sends malformed requests for every operation of every service over real sockets to an emulator in a process of its own.
 * Each must get an answer that is no failure of the emulator's, or, where the request is none, have its connection closed;
 * afterwards the emulator's memory must be back where it was.
 */
const { values } = parseArgs({
  options: { requests: { type: 'string', default: '100000' }, seconds: { type: 'string' }, seed: { type: 'string' } },
});
const total = Number(values.requests);
const limitMs = Number(values.seconds ?? Infinity) * 1000;
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const connections = 32;
/** So many requests load every service before memory is looked at first. */
const warmUp = Math.min(5000, Math.ceil(total / 10));
const heapGrowthMax = 8 * 1024 * 1024;

interface Tally {
  readonly byStatus: Map<string, number>;
  readonly byKind: Map<string, number>;
  readonly faults: string[];
}

const child = fork(join(import.meta.dirname, 'fuzz', 'server.ts'), { execArgv: ['--expose-gc'] });
const words: { port?: number; heapBytes?: number; crash?: string } = {};
child.on('message', (message) => Object.assign(words, message));
child.on('exit', (code) => {
  words.crash ??= `the emulator ended with ${code}`;
});
while (words.port === undefined && words.crash === undefined) await once(child, 'message');
const { port = 0 } = words;

console.log(`fuzz: ${total} requests, seed ${seed}, ${connections} connections`);
const services = (await Promise.all(serviceNames().map(loadService))).filter((service) => service !== undefined);
const next = createRequests(services, createRandom(seededRandom(seed)));
const tally: Tally = { byStatus: new Map(), byKind: new Map(), faults: [] };
const startMs = performance.now();
await storm(warmUp);
const before = await restingHeap();
await storm(total - warmUp);
const seconds = (performance.now() - startMs) / 1000;
const after = await restingHeap();
child.removeAllListeners('exit');
child.disconnect();
report();

/** Sends so many, or as many as there is time for. */
async function storm(count: number): Promise<void> {
  await setUp(port);
  let sent = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const connection = createConnection(port);
      while (
        sent < count &&
        performance.now() - startMs < limitMs &&
        words.crash === undefined &&
        tally.faults.length < 20
      ) {
        sent += 1;
        const request = next();
        judge(request, await connection.send(request));
      }
      connection.end();
    }),
  );
}

function judge(request: FuzzRequest, exchange: Exchange): void {
  const { answers, isClosed, isStuck } = exchange;
  count(tally.byKind, request.kind);
  for (const { status } of answers) count(tally.byStatus, String(status));
  if (answers.length === 0) count(tally.byStatus, 'closed');
  const failed = answers.find(({ status }) => !(status >= 200 && status < 500));
  if (failed !== undefined) fault(request, `${failed.status} ${failed.body.slice(0, 1500)}`);
  else if (isStuck) fault(request, 'no answer and no close');
  else if (answers.length === 0 && (request.ends === 'answered' || !isClosed))
    fault(request, 'closed without an answer');
}

function fault({ kind, aims, bytes }: FuzzRequest, what: string): void {
  tally.faults.push(`${kind} ${aims}: ${what}\n   request: ${JSON.stringify(bytes.toString('latin1').slice(0, 600))}`);
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

/** What the emulator holds once everything that can be deleted has been deleted and collected. */
async function restingHeap(): Promise<number> {
  if (words.crash !== undefined) return 0;
  const left = await cleanUp(port);
  if (left.length > 0) console.log(`   left over: ${left.join(', ')}`);
  delete words.heapBytes;
  child.send('heap');
  while (words.heapBytes === undefined && words.crash === undefined) await once(child, 'message');
  return words.heapBytes ?? 0;
}

function report(): void {
  const done = tally.byKind.values().reduce((sum, times) => sum + times, 0);
  const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
  const list = (counts: ReadonlyMap<string, number>): string =>
    [...counts]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([name, times]) => `${name} ${times}`)
      .join(', ');
  console.log(`   kinds: ${list(tally.byKind)}`);
  console.log(`   answers: ${list(tally.byStatus)}`);
  console.log(`   heap after gc: ${megabytes(before)} after ${warmUp} requests, ${megabytes(after)} after ${done}`);
  console.log(`   ${seconds.toFixed(1)} s, ${Math.round(done / seconds)} requests/s`);
  for (const text of tally.faults) console.log(`fault: ${text}`);
  if (words.crash !== undefined) console.log(`crash: ${words.crash}`);
  if (done < total) console.log(`   time was up: ${done} of ${total} requests`);
  const hasGrown = after - before > heapGrowthMax;
  if (hasGrown) console.log(`memory grew by ${megabytes(after - before)}, allowed are ${megabytes(heapGrowthMax)}`);
  if (tally.faults.length > 0 || words.crash !== undefined || hasGrown) {
    console.log(`repeat with: npm run fuzz -- --requests ${total} --seed ${seed}`);
    process.exitCode = 1;
  }
}
