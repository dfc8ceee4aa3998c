import { permissions } from './permissions/index.ts';
import type { PermissionId } from './permissions/index.ts';
import { hashUnit } from './random.ts';

/** A choice that was not the friendly one. */
export interface Choice {
  readonly point: PermissionId;
  /** Resource and ordinal. */
  readonly key: string;
  /** Greater than 0. */
  readonly option: number;
}

export interface Choices {
  readonly choose: (point: PermissionId, key: string, options: number) => number;
  /** Those that were not friendly, in the order in which they fell. */
  readonly fired: () => readonly Choice[];
}

/**
 * Chooses by a hash of seed, point and key, so that leaving a call out does not change the answers to others; without
 * permission it always takes 0. With `replay` only the listed choices are taken and the seed chooses nothing.
 */
export function createChoices({
  seed,
  permitted,
  replay,
}: {
  readonly seed: number;
  readonly permitted: readonly PermissionId[];
  readonly replay?: readonly Choice[] | undefined;
}): Choices {
  const allowed = new Set(permitted);
  const listed = replay && new Map(replay.map(({ point, key, option }) => [`${point} ${key}`, option]));
  const fired: Choice[] = [];

  function option(point: PermissionId, key: string, options: number): number {
    if (listed !== undefined) return Math.min(listed.get(`${point} ${key}`) ?? 0, options - 1);
    if (!allowed.has(point)) return 0;
    if (hashUnit(seed, `${point} ${key}`) >= permissions[point].rate) return 0;
    return 1 + Math.floor(hashUnit(seed, `${key} ${point}`) * (options - 1));
  }

  return {
    choose: (point, key, options) => {
      if (options < 2) return 0;
      const taken = option(point, key, options);
      if (taken !== 0) fired.push({ point, key, option: taken });
      return taken;
    },
    fired: () => fired,
  };
}
