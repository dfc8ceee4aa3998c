import { uuid } from '../ids.ts';
import type { World } from '../service.ts';

/** An event on a bus. */
export interface BusEvent {
  readonly id: string;
  readonly detailType: string;
  readonly source: string;
  readonly accountId: string;
  /** `2026-01-01T00:00:00Z` */
  readonly time: string;
  readonly region: string;
  /** Of the replay that puts it on the bus again. */
  readonly replayName?: string;
  readonly resources: readonly string[];
  /** Compact JSON. */
  readonly detail: string;
  /** `X-Amzn-Trace-Id` of the call that put it there, or the one that its entry names: it goes along to the targets. */
  readonly traceHeader?: string | undefined;
}

export function createEvent(
  { accountId, region, random, clock }: World,
  {
    source,
    detailType,
    detail,
    resources = [],
    timeMs = clock.epochMs(),
    traceHeader,
  }: {
    readonly source: string;
    readonly detailType: string;
    readonly detail: string;
    readonly resources?: readonly string[] | undefined;
    readonly timeMs?: number | undefined;
    readonly traceHeader?: string | undefined;
  },
): BusEvent {
  const time = isoSeconds(timeMs);
  return { id: uuid(random), detailType, source, accountId, time, region, resources, detail, traceHeader };
}

/** The event as rules match it and targets get it. */
export function eventJson(event: BusEvent): string {
  const head = JSON.stringify({
    version: '0',
    id: event.id,
    'detail-type': event.detailType,
    source: event.source,
    account: event.accountId,
    time: event.time,
    region: event.region,
    'replay-name': event.replayName,
    resources: event.resources,
  });
  return `${head.slice(0, -1)},"detail":${event.detail}}`;
}

export function isoSeconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
