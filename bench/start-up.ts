import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { parseArgs } from 'node:util';
import { writeMeasured } from './measured.ts';
import { freePort } from './peers/running.ts';
import { emulatorServer, isInstalled, peerServers } from './peers/servers.ts';
import type { ServerKind } from './peers/servers.ts';

/**
 * npm run bench:start-up [-- --source] [--peers none] [--keep]
 *
 * From the start of the process to the first answered call (ListQueues, or ListTables), asked for every 2 ms; by turns, the
 * median of five. Beside it a Node process that does nothing.
 */
const { values } = parseArgs({
  options: {
    source: { type: 'boolean', default: false },
    peers: { type: 'string' },
    keep: { type: 'boolean', default: false },
  },
});

const deadlineMs = 60_000;
const peers = peerServers.filter(
  (kind) =>
    kind.container === undefined && (values.peers === undefined ? isInstalled(kind) : values.peers.includes(kind.name)),
);
const kinds = [emulatorServer(values), ...peers];
const tookMs = new Map<string, number[]>();
for (let round = 0; round < 5; round += 1) {
  add('node -e 0', await nothingMs());
  for (const kind of kinds) add(kind.name, await firstAnswerMs(kind));
}
const rows = [...tookMs].map(([name, each]) => ({ name, ms: Math.round(each.toSorted((a, b) => a - b)[2] ?? 0) }));
console.table(rows);
if (values.keep) await writeMeasured('start-up', { rows });

function add(name: string, ms: number): void {
  tookMs.set(name, [...(tookMs.get(name) ?? []), ms]);
}

async function nothingMs(): Promise<number> {
  const startMs = performance.now();
  await once(spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }), 'exit');
  return performance.now() - startMs;
}

async function firstAnswerMs({ command, env, services, name }: ServerKind): Promise<number> {
  const port = await freePort();
  const [program, ...args] = command(port);
  const startMs = performance.now();
  const child = spawn(program, args, { stdio: 'ignore', env: { ...process.env, ...env?.(port) } });
  const gone = once(child, 'exit');
  while (!(await isAnswered(port, services.includes('sqs')))) {
    if (performance.now() - startMs > deadlineMs) throw new Error(`'${name}' did not answer`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  const ms = performance.now() - startMs;
  child.kill();
  await gone;
  return ms;
}

function isAnswered(port: number, hasSqs: boolean): Promise<boolean> {
  const [target, service] = hasSqs ? ['AmazonSQS.ListQueues', 'sqs'] : ['DynamoDB_20120810.ListTables', 'dynamodb'];
  const authorization = `AWS4-HMAC-SHA256 Credential=000000000000/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host;x-amz-date, Signature=0`;
  return new Promise((resolve) => {
    request(
      {
        port,
        host: '127.0.0.1',
        method: 'POST',
        agent: false,
        headers: {
          'x-amz-target': target,
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-date': '20260101T000000Z',
          authorization,
        },
      },
      (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode === 200));
      },
    )
      .once('error', () => resolve(false))
      .end('{}');
  });
}
