import { realClock } from './clock.ts';
import type { PermissionId } from './permissions/index.ts';
import { hashUnit } from './random.ts';
import { createVirtualClock } from './virtual-clock.ts';
import type { VirtualClock } from './virtual-clock.ts';
import { createWorld } from './world.ts';
import type { OwnedWorld } from './world.ts';

/** The accounts of one emulator: each has its own state, clock and chance. */
export interface Worlds {
  readonly of: (accountId: string, region: string) => OwnedWorld;
  /** The account's clock, where time is virtual. */
  readonly virtualClock: (accountId: string) => VirtualClock | undefined;
  readonly accounts: () => readonly string[];
}

/** Each account has chance of its own, from the emulator's seed. */
export function accountSeed(seed: number, accountId: string): number {
  return Math.floor(hashUnit(seed, accountId) * 2 ** 32);
}

export function createWorlds({
  clock,
  permissions,
  seed,
}: {
  readonly clock: 'real' | 'virtual';
  readonly permissions: readonly PermissionId[];
  readonly seed: number;
}): Worlds {
  const accounts = new Map<string, { readonly world: OwnedWorld; readonly clock: VirtualClock | undefined }>();

  function account(accountId: string): { readonly world: OwnedWorld; readonly clock: VirtualClock | undefined } {
    let existing = accounts.get(accountId);
    if (existing === undefined) {
      const virtual = clock === 'virtual' ? createVirtualClock() : undefined;
      const world = createWorld({
        accountId,
        clock: virtual ?? realClock,
        permissions,
        seed: accountSeed(seed, accountId),
        otherAccount: (other, region) => account(other).world.sibling({ region }),
      });
      existing = { world, clock: virtual };
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
    accounts: () => [...accounts.keys()],
  };
}
