import type { World } from '../service.ts';
import type { Attributes, AttributeValue } from './attribute-value.ts';
import { chance } from './chance.ts';
import { pickKey } from './key-schema.ts';
import type { RecentWrite, StoredItem, Table } from './table.ts';

/**
 * How long an eventually consistent read may miss a write: "usually within one second or less".
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.ReadConsistency.html
 */
const STALE_MS = 1000;
/** Ours: how many writes back a stale replica or index may be. */
const WRITES_KEPT = 64;
const WRITES_MISSED_MAX = 3;

/** What was where before the writes that a reader does not see yet, by position. */
export type Overlay = ReadonlyMap<string, StoredItem | undefined>;

export function remember(table: Table, write: Omit<RecentWrite, 'atMs'>, world: World): void {
  table.recentWrites.push({ ...write, atMs: world.clock.epochMs() });
  if (table.recentWrites.length > WRITES_KEPT) table.recentWrites.shift();
}

/** For the keys of choices: the same for the same item in every run. */
export function keyText(key: Attributes): string {
  return JSON.stringify(Object.values(key).map(textOf));
}

function textOf({ type, value }: AttributeValue): string {
  if (type === 'S' || type === 'N') return value;
  return Buffer.from(type === 'B' ? value : []).toString('hex');
}

/**
 * Which of the last writes a read does not see: none, unless the world permits it. With `position`, only of that item.
 */
export function missedWrites(
  table: Table,
  point: 'ADV-DDB-01' | 'ADV-DDB-02',
  resource: string,
  world: World,
  only?: string,
): Overlay | undefined {
  if (!world.isAdverse) return undefined;
  const horizonMs = world.clock.epochMs() - STALE_MS;
  const recent = table.recentWrites.filter(
    ({ atMs, position }) => atMs >= horizonMs && (only === undefined || position === only),
  );
  const newest = recent.at(-1);
  if (newest === undefined) return undefined;
  const options = 1 + Math.min(recent.length, WRITES_MISSED_MAX);
  const missed = chance(
    world,
    point,
    () => `${resource}/${keyText(pickKey(table.keySchema, newest.key))}:${newest.version}`,
    options,
  );
  if (missed === 0) return undefined;
  return new Map(
    recent
      .slice(-missed)
      .toReversed()
      .map(({ position, before }) => [position, before]),
  );
}
