import { BroadcastChannel, Worker } from 'node:worker_threads';
import type { NatsAccess } from '../../fixtures/nats-server.ts';
import type { LoadedScenario } from '../load.ts';
import type { RunResult } from '../run.ts';

/** What the thread that plays on NATS is started with. */
export interface NatsRunsData {
  readonly root: string;
  readonly channel: string;
  readonly access: NatsAccess;
  readonly versions: Readonly<Record<string, string>>;
  /** Scenarios' ids, in the order in which they are played without being asked for. */
  readonly ahead: readonly string[];
}

/** What is said on the channel of a run. */
export type NatsRunsMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'ask'; readonly scenario: string }
  | { readonly kind: 'played'; readonly scenario: string; readonly result: RunResult }
  | { readonly kind: 'died'; readonly reason: string };

/**
 * Starts a thread that plays acts on NATS, several at a time: most of them wait for the server's time to pass, and what
 * computes AWS need not wait with them. In a thread of its own no other work delays what an act has to do by a deadline.
 */
export function startNatsRuns(data: NatsRunsData): AsyncDisposable {
  const ending = import.meta.filename.endsWith('.ts') ? 'ts' : 'js';
  const thread = new Worker(new URL(`nats-player.${ending}`, import.meta.url), { workerData: data });
  const channel = new BroadcastChannel(data.channel);
  thread.on('error', (error) => tell(channel, { kind: 'died', reason: String(error) }));
  return {
    async [Symbol.asyncDispose]() {
      channel.close();
      await thread.terminate();
    },
  };
}

/** The friendly run of a scenario on NATS, from the thread that plays them; rejects where that died. */
export function askNatsRun(name: string, scenario: string, signal: AbortSignal): Promise<RunResult> {
  const channel = new BroadcastChannel(name);
  const { promise, resolve, reject } = Promise.withResolvers<RunResult>();
  const ask = (): void => tell(channel, { kind: 'ask', scenario });
  channel.addEventListener('message', (event) => {
    const message = messageOf(event);
    // Asked before it listened.
    if (message?.kind === 'ready') ask();
    else if (message?.kind === 'died') reject(new Error(`the thread that plays on NATS died: ${message.reason}`));
    else if (message?.kind === 'played' && message.scenario === scenario) resolve(message.result);
  });
  signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  ask();
  return promise.finally(() => channel.close());
}

/** Those that say that they wait come first: they take longest. Those about scale keep a core busy and come when asked for. */
export function playedAhead(scenarios: readonly LoadedScenario[]): readonly string[] {
  const needsMs = ({ scenario }: LoadedScenario): number => scenario.needsMs ?? 0;
  return scenarios
    .filter(({ scenario }) => scenario.tags?.includes('scale') !== true)
    .toSorted((a, b) => needsMs(b) - needsMs(a))
    .map(({ id }) => id);
}

export function tell(channel: BroadcastChannel, message: NatsRunsMessage): void {
  channel.postMessage(message);
}

export function messageOf(event: object): NatsRunsMessage | undefined {
  const data: unknown = Reflect.get(event, 'data');
  return isNatsRunsMessage(data) ? data : undefined;
}

function isNatsRunsMessage(value: unknown): value is NatsRunsMessage {
  return typeof value === 'object' && value !== null && 'kind' in value;
}
