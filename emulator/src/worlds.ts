import { advance } from './advance.ts';
import { realClock } from './clock.ts';
import { createFiredLog } from './fired-log.ts';
import type { FiredChoice, FiredLog } from './fired-log.ts';
import type { Permits } from './permissions/permits.ts';
import { hashUnit } from './random.ts';
import { createVirtualClock } from './virtual-clock.ts';
import type { VirtualClock } from './virtual-clock.ts';
import { createWorld } from './world.ts';
import type { OwnedWorld } from './owned-world.ts';

/** The accounts of one emulator: each has its own state, clock and chance. */
export interface Worlds {
  readonly of: (accountId: string, region: string) => OwnedWorld;
  /** The account's clock, where time is virtual. */
  readonly virtualClock: (accountId: string) => VirtualClock | undefined;
  /** Lets the account's time pass, where it is virtual; returns its epoch milliseconds. */
  readonly advance: (accountId: string, ms: number) => Promise<number>;
  /** Is a call or a delivery being carried out that does not wait for time to pass? */
  readonly isBusy: () => boolean;
  readonly accounts: () => readonly string[];
  /** What the account's world did that was not friendly. */
  readonly fired: (accountId: string) => Pick<FiredLog, 'recent' | 'counts'>;
}

/** So many choices that were not friendly are kept of each account. */
const firedMax = 10_000;

interface Account {
  readonly world: OwnedWorld;
  readonly clock: VirtualClock | undefined;
  readonly log: FiredLog;
}

/** Each account has chance of its own, from the emulator's seed. */
export function accountSeed(seed: number, accountId: string): number {
  return Math.floor(hashUnit(seed, accountId) * 2 ** 32);
}

export function createWorlds({
  clock,
  permissions,
  seed,
  tellFired,
}: {
  readonly clock: 'real' | 'virtual';
  readonly permissions: Permits;
  readonly seed: number;
  /** Told of each choice that was not friendly. */
  readonly tellFired?: ((accountId: string, choice: FiredChoice) => void) | undefined;
}): Worlds {
  const accounts = new Map<string, Account>();

  function account(accountId: string): Account {
    let existing = accounts.get(accountId);
    if (existing === undefined) {
      const order = (key: string, options: number): number => world.choose('NET-order', key, options);
      const virtual = clock === 'virtual' ? createVirtualClock({ order }) : undefined;
      const log = createFiredLog({
        clock: virtual ?? realClock,
        entriesMax: firedMax,
        tell: tellFired && ((choice) => tellFired(accountId, choice)),
      });
      const world: OwnedWorld = createWorld({
        accountId,
        clock: virtual ?? realClock,
        log,
        permissions,
        seed: accountSeed(seed, accountId),
        otherAccount: (other, region) => account(other).world.sibling({ region }),
      });
      existing = { world, clock: virtual, log };
      accounts.set(accountId, existing);
    }
    return existing;
  }

  function of(accountId: string, region: string): OwnedWorld {
    const world = account(accountId).world.sibling({ region });
    if (world === undefined) throw new Error(`no world for account '${accountId}'`);
    return world;
  }

  return {
    of,
    virtualClock: (accountId) => account(accountId).clock,
    advance: async (accountId, ms) => {
      const { world, clock } = account(accountId);
      if (clock === undefined) throw new Error('time is real; start the emulator with a virtual clock');
      await advance(clock, world, clock.epochMs() + ms);
      return clock.epochMs();
    },
    isBusy: () => accounts.values().some(({ world }) => world.inFlight() > 0),
    accounts: () => [...accounts.keys()],
    fired: (accountId) => account(accountId).log,
  };
}
