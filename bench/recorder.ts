import { connect } from '@nats-io/transport-node';
import type { NatsConnection } from '@nats-io/transport-node';
import { brand, bytesOf, range, realClock, utf8 } from '#core';
import type { Actor, Subject, SubjectPattern } from '#core';
import { accountOf } from '../fixtures/nats-server-config.ts';
import { startNats } from '../fixtures/nats-server.ts';
import { createRecorder } from '../harness/recorder.ts';
import { natsTarget } from '../harness/targets/nats.ts';
import { writeMeasured } from './measured.ts';

/**
 * npm run bench:recorder [-- --keep]
 *
 * The recorder on a real nats-server beside the floor, the bare client that does the same: in turns, so that what else the
 * machine does meets both. `requests` ask and wait one after another; `messages` are published a hundred at a time with a
 * flush, and received by another connection.
 */
const rounds = 15;
const messages = 5_000;
const requests = 1_000;
const burst = 100;
const { signal } = new AbortController();
const account = 'bench/recorder';

await using server = await startNats({ accounts: [accountOf(account)], env: process.env, signal });
const { servers, password = '' } = server.access;

interface Acts {
  readonly messages: (round: number) => Promise<void>;
  readonly requests: (round: number) => Promise<void>;
}

const bare = await bareActs();
await using stand = await natsTarget(server.access).start({
  run: { scenario: account, profile: 'nats', seed: 'friendly' },
  scale: false,
  signal,
});
const recorder = createRecorder({ backend: stand.backend, clock: realClock, signal });
const recorded = await recordedActs(await recorder.open('publisher'), await recorder.open('receiver'));

const figures: Record<string, number> = {};
for (const [name, count] of [
  ['messages', messages],
  ['requests', requests],
] as const) {
  const times = { bare: [] as number[], recorded: [] as number[] };
  for (const round of range(rounds)) {
    times.bare.push(await msOf(() => bare[name](round)));
    times.recorded.push(await msOf(() => recorded[name](round)));
  }
  const rates = { bare: (count / median(times.bare)) * 1000, recorded: (count / median(times.recorded)) * 1000 };
  const below = 1 - rates.recorded / rates.bare;
  Object.assign(figures, { [`${name}Bare`]: rates.bare, [`${name}Recorded`]: rates.recorded });
  console.log(
    `${name.padEnd(10)} bare ${rates.bare.toFixed(0).padStart(8)}/s  recorded ${rates.recorded.toFixed(0).padStart(8)}/s  ${(100 * below).toFixed(1)} % below`,
  );
}
if (process.argv.includes('--keep')) await writeMeasured('recorder', figures);
await recorder.close();

async function bareActs(): Promise<Acts> {
  const open = (): Promise<NatsConnection> => connect({ servers, user: accountOf(account), pass: password });
  const [publisher, receiver] = [await open(), await open()];
  const waiting: { left: number; readonly done: () => void }[] = [];
  receiver.subscribe('bare', {
    callback: () => {
      const [wait] = waiting;
      if (wait === undefined) return;
      wait.left -= 1;
      if (wait.left === 0) wait.done();
    },
  });
  receiver.subscribe('bare.echo', { callback: (_, message) => void message.respond(message.data) });
  await receiver.flush();
  return {
    async messages(round) {
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting[0] = { left: messages, done: resolve };
      for (const index of range(messages)) {
        publisher.publish('bare', bytesOf(utf8(`${round}/${index}`)));
        if (index % burst === burst - 1) await publisher.flush();
      }
      await promise;
    },
    async requests(round) {
      for (const index of range(requests)) await publisher.request('bare.echo', bytesOf(utf8(`${round}/${index}`)));
    },
  };
}

async function recordedActs(publisher: Actor, receiver: Actor): Promise<Acts> {
  await receiver.subscribe({ pattern: brand<SubjectPattern>('recorded') });
  await receiver.respond({ pattern: brand<SubjectPattern>('recorded.echo'), behaviour: { kind: 'echo' } });
  return {
    async messages() {
      for (const _ of range(messages / burst)) {
        await Promise.all(range(burst).map(() => publisher.publish({ subject: brand<Subject>('recorded') })));
        await publisher.flush();
      }
      await receiver.flush();
    },
    async requests() {
      for (const _ of range(requests))
        await publisher.request({ subject: brand<Subject>('recorded.echo'), timeoutMs: 5_000 });
    },
  };
}

async function msOf(act: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await act();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
