import type { PermissionId } from './permissions/index.ts';
import { hashOn, hashUnit, startOf, unitOf } from './random.ts';
import type { Strategy } from './strategy.ts';

/** A choice that was not the friendly one. */
export interface Choice {
  readonly point: PermissionId;
  /** Resource and ordinal. */
  readonly key: string;
  /** Greater than 0. */
  readonly option: number;
}

/** Where choices that are not friendly are written down, in the order in which they fall. */
export interface ChoiceLog {
  readonly record: (choice: Choice) => void;
  readonly choices: () => readonly Choice[];
}

export interface Choices {
  readonly choose: (point: PermissionId, key: string, options: number) => number;
  /** For points that are asked together, about keys that have a name in common: both are then looked up once. */
  readonly together: (points: readonly PermissionId[]) => (name: string) => NamedChoices;
  /** Those that were not friendly, in the order in which they fell. */
  readonly fired: () => readonly Choice[];
}

/** As `choose`, of the point at that place and the key `name#ordinal`. */
export type NamedChoices = (place: number, ordinal: number, options: number) => number;

/**
 * Chooses by a hash of seed, point and key, so that leaving a call out does not change the answers to others; without
 * permission it always takes 0. With `replay` only the listed choices are taken and the seed chooses nothing.
 */
export function createChoices({
  seed,
  rates,
  replay,
  log = createChoiceLog(),
  strategy,
}: {
  readonly seed: number;
  /** How often each permitted point does not take the friendly way. */
  readonly rates: ReadonlyMap<PermissionId, number>;
  readonly replay?: readonly Choice[] | undefined;
  readonly log?: ChoiceLog | undefined;
  readonly strategy?: Strategy | undefined;
}): Choices {
  const listed = replay && new Map(replay.map(({ point, key, option }) => [`${point} ${key}`, option]));

  const starts = new Map<PermissionId, number>();

  /** The hash of the seed and the point, which all its keys have before them. */
  function startsAt(point: PermissionId): number {
    let start = starts.get(point);
    if (start === undefined) {
      start = hashOn(startOf(seed), `${point} `);
      starts.set(point, start);
    }
    return start;
  }

  /** Does the point, drawing `chance`, go another than the friendly way? */
  function strays(point: PermissionId, rate: number, chance: number): boolean {
    return chance < (strategy === undefined ? rate : strategy.rateOf(point, rate));
  }

  function otherOption(point: PermissionId, key: string, options: number): number {
    return 1 + Math.floor(hashUnit(seed, `${key} ${point}`) * (options - 1));
  }

  function recorded(point: PermissionId, key: string, option: number): number {
    if (option !== 0) log.record({ point, key, option });
    return option;
  }

  function choose(point: PermissionId, key: string, options: number): number {
    if (options < 2) return 0;
    if (listed !== undefined) {
      return recorded(point, key, Math.min(listed.get(`${point} ${key}`) ?? 0, options - 1));
    }
    const rate = rates.get(point);
    if (rate === undefined || !strays(point, rate, unitOf(hashOn(startsAt(point), key)))) return 0;
    return recorded(point, key, otherOption(point, key, options));
  }

  function together(points: readonly PermissionId[]): (name: string) => NamedChoices {
    const drawn = points.map((point) => ({ point, rate: rates.get(point) }));
    return (name) => {
      const starts = points.map((point) => hashOn(startsAt(point), `${name}#`));
      return (place, ordinal, options) => {
        const { point, rate } = drawn[place] ?? never();
        if (listed !== undefined) return choose(point, `${name}#${ordinal}`, options);
        if (rate === undefined || options < 2) return 0;
        if (!strays(point, rate, unitOf(hashOn(starts[place] ?? never(), String(ordinal))))) return 0;
        const key = `${name}#${ordinal}`;
        return recorded(point, key, otherOption(point, key, options));
      };
    };
  }

  return {
    choose,
    together,
    fired: log.choices,
  };
}

/** Keeps them all, for a run that ends. */
function createChoiceLog(): ChoiceLog {
  const choices: Choice[] = [];
  return { record: (choice) => choices.push(choice), choices: () => choices };
}

function never(): never {
  throw new RangeError('no point is at that place');
}
