import { AwsError } from '../errors.ts';
import { createRuleSet, InvalidPatternError, validatePattern } from '../patterns/index.ts';
import type { RuleSet } from '../patterns/index.ts';
import type { World } from '../service.ts';
import type { BusEvent } from './event.ts';
import { eventsQuotas } from '../quotas.ts';
import type { Archive as ArchiveSummary } from './generated/shapes.ts';

const DAY_MS = 24 * 3_600_000;

/** Events of one bus, kept to be put on it again. */
export interface Archive {
  readonly name: string;
  readonly arn: string;
  readonly sourceArn: string;
  readonly createdMs: number;
  description: string | undefined;
  kmsKeyIdentifier: string | undefined;
  /** None or 0: for ever. */
  retentionDays: number | undefined;
  filter: Filter | undefined;
  events: KeptEvent[];
}

/** An event pattern as it was given, and what matches it. */
export interface Filter {
  readonly pattern: string;
  readonly rules: RuleSet;
}

export interface KeptEvent {
  readonly event: BusEvent;
  readonly keptMs: number;
}

/** @throws AwsError InvalidEventPatternException */
export function createFilter(pattern: string | undefined): Filter | undefined {
  if (pattern === undefined) return undefined;
  try {
    validatePattern(pattern);
  } catch (error) {
    if (error instanceof InvalidPatternError) throw new AwsError('InvalidEventPatternException', error.message);
    throw error;
  }
  const rules = createRuleSet();
  rules.add('archive', pattern);
  return { pattern, rules };
}

/** Keeps an event that the archive asks for. What a replay puts on the bus is not kept again. */
export function keep(archive: Archive, event: BusEvent, json: string, { clock }: World): void {
  if (event.replayName !== undefined) return;
  if (archive.filter !== undefined && archive.filter.rules.matches(json).length === 0) return;
  archive.events.push({ event, keptMs: clock.epochMs() });
}

/** The events whose days are not over. */
export function keptEvents(archive: Archive, { clock }: World): readonly KeptEvent[] {
  const { retentionDays = 0 } = archive;
  if (retentionDays > 0) {
    const sinceMs = clock.epochMs() - retentionDays * DAY_MS;
    archive.events = archive.events.filter(({ keptMs }) => keptMs >= sinceMs);
  }
  return archive.events;
}

export function archiveSummary(archive: Archive, world: World): ArchiveSummary {
  const events = keptEvents(archive, world);
  return {
    ArchiveName: archive.name,
    EventSourceArn: archive.sourceArn,
    State: 'ENABLED',
    RetentionDays: archive.retentionDays ?? 0,
    SizeBytes: events.reduce((bytes, { event }) => bytes + bytesOf(event), 0),
    EventCount: events.length,
    CreationTime: new Date(archive.createdMs),
  };
}

export function findArchive(archives: ReadonlyMap<string, Archive>, name: string): Archive {
  const archive = archives.get(name);
  if (archive === undefined) throw new AwsError('ResourceNotFoundException', `Archive ${name} does not exist.`);
  return archive;
}

/** No page says how they are counted; ten events were recorded as 1,590 bytes, which these parts add up to. */
function bytesOf({ source, detailType, detail, resources, accountId }: BusEvent): number {
  const texts = [source, detailType, detail, accountId, ...resources];
  return Buffer.byteLength(texts.join('')) + eventsQuotas.entryTimeBytes;
}
