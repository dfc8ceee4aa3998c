import { createVirtualClock } from 'parallax-emulator';
import { hashText, seededRandom } from '#core';
import type { Backend, Input, Target } from '#core';
import { createDriver } from '../../drive.ts';
import { natsProfile } from '../nats/profile.ts';
import { createBroker } from './broker.ts';
import { createBucket } from './bucket.ts';
import type { Is, MemoryClock } from './bucket-state.ts';
import type { MutantName } from './mutants.ts';
import { createInboxes } from './requesting.ts';
import { createSession } from './session.ts';
import type { Shared } from './session.ts';

/** The vocabulary on Maps, on a virtual clock; with a mutant, wrong in that one way. */
export function memoryTarget({ mutant }: { readonly mutant?: MutantName } = {}): Target {
  return {
    name: 'memory',
    time: 'virtual',
    profiles: ['memory'],
    async start({ run }) {
      const clock = createVirtualClock();
      const driver = createDriver(clock, () => false);
      const random = seededRandom(hashText(`${run.scenario} ${run.seed}`));
      const backend = createMemoryBackend({ clock, random, is: (name) => name === mutant, settle: driver.settle });
      return {
        backend,
        clock,
        drive: driver.drive,
        choices: () => [],
        requests: () => ({}),
        [Symbol.asyncDispose]: async () => undefined,
      };
    },
  };
}

function createMemoryBackend({
  clock,
  random,
  is,
  settle,
}: {
  readonly clock: MemoryClock;
  readonly random: () => number;
  readonly is: Is;
  readonly settle: Backend['settle'];
}): Backend {
  const broker = createBroker({ clock, random, is });
  const buckets: Shared['buckets'] = new Map();
  const shared: Shared = {
    clock,
    is,
    broker,
    receivers: broker.receivers,
    busy: new Map(),
    inboxes: createInboxes({ broker, clock, is }),
    buckets,
    openBucket: (limits: Input<'kv.open'>) => {
      const bucket = buckets.get(limits.bucket) ?? createBucket(limits, clock, is);
      buckets.set(limits.bucket, bucket);
      return bucket;
    },
    messageIds: new Set(),
    counters: { executions: 0, publishes: 0 },
  };
  return {
    profile: natsProfile,
    open: async (id, sink, { echo }) => createSession(shared, id, { echo: echo !== false, sink }),
    settle,
    [Symbol.asyncDispose]: async () => undefined,
  };
}
