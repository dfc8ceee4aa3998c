import { parseArgs } from 'node:util';
import { installPeers } from '../peers/install.ts';
import { start } from '../peers/running.ts';
import type { Running } from '../peers/running.ts';
import { emulatorServer, floorServer, isInstalled, peerServers } from '../peers/servers.ts';
import { writeMeasured } from '../measured.ts';
import { createClients } from './clients.ts';
import { shortcutsOf } from './shortcuts.ts';
import { answersOf, openStand } from './measure.ts';
import type { Mode, Round, Stand } from './measure.ts';
import type { HttpFigures, HttpRow } from './http-row.ts';
import { workloads } from './workloads.ts';
import type { Step, Workload } from './workloads.ts';

const usage = `usage: npm run bench:http -- [options] [WORKLOAD…]

The emulator beside a server that answers canned valid answers and beside the peers that are installed: by turns, the
median of the rounds. WORKLOAD is a name, or a part of several, as in 'Publish'.

  --install-peers   install them first, into a cache folder of the user's
  --peers NAMES     peers to run beside, separated by commas, or none (all that are installed)
  --rounds N        rounds of each server (5)
  --round-ms N      how long one lasts (100)
  --lanes NAMES     requests in flight (1,32)
  --modes NAMES     SDK, raw or both (SDK,raw)
  --source          the emulator as in the clone instead of as packed in dist/
  --node-options X  for the emulator's process
  --keep            write bench/measured/http.json
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'install-peers': { type: 'boolean', default: false },
    peers: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    'round-ms': { type: 'string', default: '100' },
    lanes: { type: 'string', default: '1,32' },
    modes: { type: 'string', default: 'SDK,raw' },
    source: { type: 'boolean', default: false },
    'node-options': { type: 'string' },
    keep: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
const roundMs = Number(values['round-ms']);
const modes = values.modes.split(',').filter((mode): mode is Mode => mode === 'SDK' || mode === 'raw');
/** How long a server is given to compile what a row needs. */
const warmUpMs = Math.max(400, roundMs);
/** Of a slow peer, in a turn that must end though each takes its time. */
const slowActsMax = 64;
/** What sets up or turns for longer has no figures; a slow peer must not hold up the others. */
const limitMs = 60_000;
const slowLimitMs = 10_000;
const laneCounts = values.lanes.split(',').map(Number);

const shortcuts: Record<string, readonly string[]> = {};

if (values.help) console.log(usage);
else await main();

async function keep(servers: readonly Running[], rows: readonly HttpRow[]): Promise<void> {
  await writeMeasured('http', { rounds, roundMs, versions: versionsOf(servers), shortcuts, rows });
}

async function main(): Promise<void> {
  if (values['install-peers']) installPeers();
  const asked = values.peers?.split(',');
  const peers = peerServers.filter((kind) => (asked === undefined ? isInstalled(kind) : asked.includes(kind.name)));
  const nodeOptions = values['node-options'];
  const servers: Running[] = [];
  const rows: HttpRow[] = [];
  try {
    for (const kind of [floorServer, emulatorServer(values), ...peers]) {
      try {
        servers.push(await start(kind, nodeOptions !== undefined && kind.name === 'parallax' ? { nodeOptions } : {}));
      } catch (error) {
        console.log(`${kind.name}: ${firstLine(error)}`);
      }
    }
    for (const server of servers) shortcuts[server.kind.name] = await shortcutsOf(server).catch(() => []);
    for (const workload of workloads.filter(isAsked)) {
      for (const lanes of laneCounts) {
        for (const mode of modes) {
          const row = await measureRow(servers, workload, mode, lanes);
          rows.push(row);
          console.log(lineOf(row));
          if (values.keep) await keep(servers, rows);
        }
      }
    }
  } finally {
    for (const server of servers) await server.stop();
  }
}

/** @throws Error where it takes longer; what goes on then is nobody's any more. */
async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`takes longer than ${ms / 1000} s`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function versionsOf(servers: readonly Running[]): Readonly<Record<string, string>> {
  return Object.fromEntries(servers.map(({ kind }) => [kind.name, kind.version]));
}

function isAsked({ name }: Workload): boolean {
  const isWhole = (part: string): boolean => workloads.some((workload) => workload.name === part);
  return positionals.length === 0 || positionals.some((part) => (isWhole(part) ? name === part : name.includes(part)));
}

/** One row: all servers that speak the workload's services, by turns. */
async function measureRow(
  servers: readonly Running[],
  workload: Workload,
  mode: Mode,
  lanes: number,
): Promise<HttpRow> {
  const run = `${workload.name.replaceAll(/[^A-Za-z0-9]+/g, '-').slice(0, 30)}-${mode}-${lanes}`;
  const stands = new Map<string, Stand>();
  const measured = new Map<string, Round[]>();
  const failures: Record<string, string> = {};
  const floor = servers.find(({ kind }) => kind.name === 'floor');
  for (const server of servers) {
    const { name, services } = server.kind;
    if (name === 'floor' || !workload.services.every((service) => services.includes(service))) continue;
    try {
      const steps = await within(server.kind.isSlow === true ? slowLimitMs : limitMs, setUp(server, workload, run));
      if (name === 'parallax' && floor !== undefined) {
        await teachFloor(server, floor, workload, steps, run);
        stands.set('floor', await openStand(floor, steps, { mode, lanes, workload: unsupplied(workload), run }));
      }
      stands.set(name, await openStand(server, steps, { mode, lanes, workload, run }));
    } catch (error) {
      failures[name] = firstLine(error);
    }
  }
  const slow = new Set(servers.flatMap(({ kind }) => (kind.isSlow === true ? [kind.name] : [])));
  for (let round = -1; round < rounds; round += 1) {
    for (const [name, stand] of stands) {
      if (slow.has(name) && round !== 0) continue;
      // The first is for warming up: what compiles while it runs needs some thousand calls.
      const limits = { roundMs: round < 0 ? warmUpMs : roundMs, actsMax: slow.has(name) ? slowActsMax : 100_000 };
      try {
        const result = await within(slow.has(name) ? slowLimitMs : limitMs, stand.round(limits));
        if (round >= 0) measured.set(name, [...(measured.get(name) ?? []), result]);
      } catch (error) {
        failures[name] = firstLine(error);
        stand.close();
        stands.delete(name);
      }
    }
  }
  for (const stand of stands.values()) stand.close();
  const base = measured.get('floor') ?? [];
  const figures = Object.fromEntries(
    [...stands.keys()].map((name) => [name, figuresOf(measured.get(name) ?? [], base)]),
  );
  return { workload: workload.name, isSingleItem: workload.isSingleItem, mode, lanes, figures, failures };
}

async function setUp(server: Running, workload: Workload, run: string): Promise<readonly Step[]> {
  const clients = createClients(server.url, 16);
  try {
    return await workload.setUp(clients, run);
  } finally {
    clients.destroy();
  }
}

/** The floor answers a workload's requests with what the emulator answered. */
async function teachFloor(
  emulator: Running,
  floor: Running,
  workload: Workload,
  steps: readonly Step[],
  run: string,
): Promise<void> {
  const clients = createClients(emulator.url, 1);
  await workload.supply?.(clients, run, 1);
  clients.destroy();
  for (const [operation, { contentType, body }] of await answersOf(emulator, steps)) {
    await fetch(`${floor.url}/_answer/${operation}`, {
      method: 'POST',
      headers: { 'content-type': contentType },
      body: Uint8Array.from(body),
    });
  }
}

function unsupplied({ supply: _, ...workload }: Workload): Workload {
  return workload;
}

function figuresOf(measured: readonly Round[], base: readonly Round[]): HttpFigures {
  const median = (of: (round: Round, index: number) => number): number =>
    measured.map(of).toSorted((a, b) => a - b)[Math.floor(measured.length / 2)] ?? Number.NaN;
  const sum = (of: (round: Round) => number): number => measured.reduce((total, round) => total + of(round), 0);
  return {
    actsPerSecond: median(({ actsPerSecond }) => actsPerSecond),
    ofFloor: median(({ actsPerSecond }, index) => actsPerSecond / (base[index]?.actsPerSecond ?? Number.NaN)),
    p50Ms: median(({ p50Ms }) => p50Ms),
    p99Ms: median(({ p99Ms }) => p99Ms),
    cpuUs: (sum(({ serverCpuMs }) => serverCpuMs) * 1000) / sum(({ acts }) => acts),
    clientCpuUs: (sum(({ clientCpuMs }) => clientCpuMs) * 1000) / sum(({ acts }) => acts),
  };
}

function lineOf({ workload, mode, lanes, figures, failures }: HttpRow): string {
  const cells = Object.entries(figures).map(
    ([name, { actsPerSecond, ofFloor, p50Ms, p99Ms, cpuUs }]) =>
      `  ${name.padEnd(16)} ${actsPerSecond.toFixed(0).padStart(7)} /s ${(100 * ofFloor).toFixed(0).padStart(4)} %` +
      `  p50 ${p50Ms.toFixed(2)} p99 ${p99Ms.toFixed(2)} ms  CPU ${cpuUs.toFixed(0)} µs`,
  );
  const refused = Object.entries(failures).map(([name, why]) => `  ${name.padEnd(16)} ${why}`);
  return [`${workload}, ${mode}, ${lanes} in flight`, ...cells, ...refused].join('\n');
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]?.slice(0, 160) ?? '';
}
