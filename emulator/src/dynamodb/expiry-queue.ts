import type { World } from '../service.ts';
import type { Attributes } from './attribute-value.ts';
import { attribute } from './attribute-value.ts';
import { pickKey } from './key-schema.ts';
import { keyText } from './recent-writes.ts';
import type { Table, TimeToLive } from './table.ts';
import { dynamodbQuotas } from '../quotas.ts';

/**
 * How late the deletion may come: "within a few days of their expiration".
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
 */
const LATE_MS = [0, 60_000, 15 * 60_000, 60 * 60_000, 12 * 60 * 60_000, 48 * 60 * 60_000] as const;

/** Puts the item in its place in the queue of those to be deleted, or takes it out. */
export function scheduleExpiry(table: Table, position: string, item: Attributes | undefined, world: World): void {
  const ttl = table.timeToLive;
  if (ttl === undefined) return;
  const queued = ttl.entries.get(position);
  if (queued !== undefined) {
    ttl.due.delete(queued);
    ttl.entries.delete(position);
  }
  const expiresAtMs = item && expiry(ttl, item, world);
  if (item === undefined || expiresAtMs === undefined) return;
  const late = world.isAdverse ? latenessOf(table, item, expiresAtMs, world) : 0;
  const dueMs = Math.max(expiresAtMs + late, Math.ceil(world.clock.epochMs()));
  const entry = String(dueMs).padStart(16, '0') + position;
  ttl.due.set(entry, position);
  ttl.entries.set(position, entry);
  if (dueMs < ttl.timerDueMs) setTimer(ttl, dueMs, world);
}

function latenessOf(table: Table, item: Attributes, expiresAtMs: number, world: World): number {
  const resource = `${table.name}/${keyText(pickKey(table.keySchema, item))}@${expiresAtMs}`;
  return LATE_MS[world.choose('ADV-DDB-03', resource, LATE_MS.length)] ?? 0;
}

/** When it expires; undefined for what DynamoDB never deletes. */
function expiry({ attributeName }: TimeToLive, item: Attributes, world: World): number | undefined {
  const value = attribute(item, attributeName);
  if (value?.type !== 'N') return undefined;
  const expiresAtMs = Math.floor(Number(value.value)) * 1000;
  const usable =
    Number.isSafeInteger(expiresAtMs) && expiresAtMs > world.clock.epochMs() - dynamodbQuotas.expiredAgoMsMax;
  return usable ? expiresAtMs : undefined;
}

function setTimer(ttl: TimeToLive, dueMs: number, world: World): void {
  ttl.cancelTimer?.();
  ttl.timerDueMs = dueMs;
  const wake = (): void => {
    ttl.timerDueMs = Infinity;
    ttl.cancelTimer = undefined;
    expireDue(ttl, world);
  };
  // Idle: nobody can count on a deletion.
  ttl.cancelTimer = world.clock.at(dueMs, wake, 'idle');
}

function expireDue(ttl: TimeToLive, world: World): void {
  const until = String(Math.floor(world.clock.epochMs()) + 1).padStart(16, '0');
  const due = Array.from(ttl.due.entries({ from: '', to: until }));
  for (const [entry, position] of due) {
    ttl.due.delete(entry);
    ttl.entries.delete(position);
    ttl.expire(position);
  }
  const [next] = ttl.due.entries({ from: '' });
  if (next !== undefined) setTimer(ttl, Number(next[0].slice(0, 16)), world);
}
