import type { Running } from '../peers/running.ts';
import { createClients, handlePlace, presign } from './clients.ts';
import type { Clients, PresignedRequest } from './clients.ts';
import { openLane } from './raw-lane.ts';
import type { RawAnswer } from './raw-lane.ts';
import type { Step, Workload } from './workloads.ts';

export type Mode = 'SDK' | 'raw';

/** One server and one workload, ready for rounds. */
export interface Stand {
  readonly round: (limits: RoundLimits) => Promise<Round>;
  readonly close: () => void;
}

export interface RoundLimits {
  readonly roundMs: number;
  readonly actsMax: number;
}

export interface Round {
  readonly acts: number;
  readonly actsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly serverCpuMs: number;
  readonly clientCpuMs: number;
}

type Act = () => Promise<void>;

/** Builds the lanes of a workload: each has a connection of its own and one act in flight. */
export async function openStand(
  server: Running,
  steps: readonly Step[],
  { mode, lanes, workload, run }: StandOptions,
): Promise<Stand> {
  const clients = createClients(server.url, lanes);
  const closers = [clients.destroy];
  const acts: Act[] = [];
  const presigned = mode === 'raw' ? await Promise.all(steps.map((step) => presignStep(step, server.url))) : [];
  for (let lane = 0; lane < lanes; lane += 1) {
    if (mode === 'SDK') acts.push(() => sendAll(clients, steps));
    else {
      const { send, close } = openLane(server.port);
      closers.push(close);
      acts.push(() => sendAllRaw(send, presigned));
    }
  }
  let supplied = 0;
  return {
    round: async ({ roundMs, actsMax }) => {
      const most = Math.min(actsMax, workload.actsMax ?? actsMax);
      // A little more than can be used: what is received last should not have to wait.
      if (workload.supply !== undefined && supplied < most + lanes) {
        await workload.supply(clients, run, most + lanes - supplied);
        supplied = most + lanes;
      }
      const round = await timeRound(server, acts, roundMs, most);
      supplied -= round.acts;
      return round;
    },
    close: () => {
      for (const close of closers) close();
    },
  };
}

export interface StandOptions {
  readonly mode: Mode;
  readonly lanes: number;
  readonly workload: Workload;
  readonly run: string;
}

/** What a server answers to each step, for the floor to say the same. */
export async function answersOf(server: Running, steps: readonly Step[]): Promise<ReadonlyMap<string, RawAnswer>> {
  const lane = openLane(server.port);
  const answers = new Map<string, RawAnswer>();
  let handle = '';
  for (const step of steps) {
    const answer = await lane.send((await presignStep(step, server.url)).bytes(handle));
    handle = handleIn(answer) ?? '';
    answers.set(step.operation, answer);
  }
  lane.close();
  return answers;
}

function presignStep({ send }: Step, url: string): Promise<PresignedRequest> {
  return presign((clients) => send(clients, handlePlace), url);
}

async function sendAll(clients: Clients, steps: readonly Step[]): Promise<void> {
  let handle = '';
  for (const { operation, send } of steps) {
    const next = await send(clients, handle);
    if (operation === 'ReceiveMessage' && next === undefined) throw new Error('no message was there');
    handle = next ?? '';
  }
}

async function sendAllRaw(
  send: (request: string) => Promise<RawAnswer>,
  requests: readonly PresignedRequest[],
): Promise<void> {
  let handle = '';
  for (const [index, { bytes }] of requests.entries()) {
    const answer = await send(bytes(handle));
    if (answer.status >= 300) throw new Error(`${answer.status} ${answer.body.toString('utf8', 0, 200)}`);
    if (index === requests.length - 1) return;
    handle = handleIn(answer) ?? '';
  }
}

function handleIn({ body }: RawAnswer): string | undefined {
  return /"ReceiptHandle": ?"([^"]+)"/.exec(body.toString('latin1'))?.[1];
}

async function timeRound(server: Running, acts: readonly Act[], roundMs: number, actsMax: number): Promise<Round> {
  const tookMs: number[] = [];
  let left = actsMax;
  const cpuBeforeMs = await server.cpuMs();
  const clientBefore = process.cpuUsage();
  const startMs = performance.now();
  const endMs = startMs + roundMs;
  const lane = async (act: Act): Promise<void> => {
    for (let atMs = performance.now(); atMs < endMs && left > 0;) {
      left -= 1;
      await act();
      const nowMs = performance.now();
      tookMs.push(nowMs - atMs);
      atMs = nowMs;
    }
  };
  await Promise.all(acts.map(lane));
  const seconds = (performance.now() - startMs) / 1000;
  const { user, system } = process.cpuUsage(clientBefore);
  const serverCpuMs = (await server.cpuMs()) - cpuBeforeMs;
  tookMs.sort((a, b) => a - b);
  const at = (share: number): number => tookMs[Math.floor(tookMs.length * share)] ?? 0;
  return {
    acts: tookMs.length,
    actsPerSecond: tookMs.length / seconds,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    serverCpuMs,
    clientCpuMs: (user + system) / 1000,
  };
}
