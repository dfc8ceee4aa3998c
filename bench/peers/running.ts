import { execFileSync, spawn } from 'node:child_process';
import { createServer, connect } from 'node:net';
import { readFileSync, readdirSync } from 'node:fs';
import { request } from 'node:http';
import { isRecord } from '../../emulator/src/codecs/json.ts';
import type { ServerKind } from './servers.ts';

export interface Running {
  readonly kind: ServerKind;
  readonly url: string;
  readonly port: number;
  /** CPU used so far by the server and its children. Linux counts it in steps of 10 ms. */
  readonly cpuMs: () => Promise<number>;
  /** Resident memory of the server and its children. */
  readonly residentBytes: () => Promise<number>;
  readonly stop: () => Promise<void>;
}

/** Starts a server and waits until it takes connections. */
export async function start(
  kind: ServerKind,
  { nodeOptions }: { readonly nodeOptions?: string } = {},
): Promise<Running> {
  const port = await freePort();
  const [command, ...args] = kind.command(port);
  const child = spawn(command, args, {
    stdio: 'ignore',
    env: { ...process.env, ...(nodeOptions && { NODE_OPTIONS: nodeOptions }), ...kind.env?.(port) },
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const container = kind.container === undefined ? undefined : `${kind.container}-${port}`;
  const stop = async (): Promise<void> => {
    if (container !== undefined) execFileSync('docker', ['rm', '-f', container], { stdio: 'ignore' });
    child.kill();
    await gone;
  };
  let isGone = false;
  void gone.then(() => (isGone = true));
  const deadlineMs = performance.now() + 120_000;
  while (!(await takesConnections(port, container !== undefined))) {
    if (isGone || performance.now() > deadlineMs) {
      await stop();
      throw new Error(`'${kind.name}' did not start`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const { pid = 0 } = child;
  return {
    kind,
    url: `http://127.0.0.1:${port}`,
    port,
    cpuMs: async () => (container === undefined ? treeCpuMs(pid) : (await containerStats(container)).cpuMs),
    residentBytes: async () => (container === undefined ? treeResident(pid) : (await containerStats(container)).bytes),
    stop,
  };
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** Docker's proxy takes connections before there is anything behind it: there an answer must come. */
function takesConnections(port: number, isContainer: boolean): Promise<boolean> {
  return new Promise((resolve) => {
    if (isContainer) {
      request({ port, host: '127.0.0.1', path: '/_localstack/health' }, (response) => {
        response.resume();
        resolve(response.statusCode === 200);
      })
        .once('error', () => resolve(false))
        .end();
      return;
    }
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    }).once('error', () => resolve(false));
  });
}

function tree(pid: number): readonly number[] {
  const tasks = orNothing(() => readdirSync(`/proc/${pid}/task`));
  const children = tasks.flatMap((task) =>
    orNothing(() => readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ')),
  );
  return tasks.length === 0 ? [] : [pid, ...children.filter(Boolean).map(Number).flatMap(tree)];
}

/** Threads and processes may end while they are being read of. */
function orNothing(read: () => readonly string[]): readonly string[] {
  try {
    return read();
  } catch {
    return [];
  }
}

function treeCpuMs(pid: number): number {
  let ticks = 0;
  for (const each of tree(pid)) {
    const fields = orNothing(() => readFileSync(`/proc/${each}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []);
    // utime, stime and those of children that have ended: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
    for (const index of [11, 12, 13, 14]) ticks += Number(fields[index] ?? 0);
  }
  return ticks * 10;
}

function treeResident(pid: number): number {
  let kibibytes = 0;
  for (const each of tree(pid)) {
    kibibytes += Number(
      /VmRSS:\s+(\d+)/.exec(orNothing(() => [readFileSync(`/proc/${each}/status`, 'utf8')])[0] ?? '')?.[1] ?? 0,
    );
  }
  return kibibytes * 1024;
}

function containerStats(name: string): Promise<{ readonly cpuMs: number; readonly bytes: number }> {
  return new Promise((resolve, reject) => {
    const path = `/containers/${name}/stats?stream=false&one-shot=true`;
    request({ socketPath: '/var/run/docker.sock', path }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        const stats: unknown = JSON.parse(text);
        resolve({
          cpuMs: numberAt(stats, ['cpu_stats', 'cpu_usage', 'total_usage']) / 1e6,
          bytes: numberAt(stats, ['memory_stats', 'usage']),
        });
      });
    })
      .once('error', reject)
      .end();
  });
}

function numberAt(value: unknown, path: readonly string[]): number {
  let at = value;
  for (const name of path) at = isRecord(at) ? at[name] : undefined;
  return typeof at === 'number' ? at : Number.NaN;
}
