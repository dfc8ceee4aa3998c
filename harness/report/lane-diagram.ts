import type { Evidence, EvidenceStep } from '#core';

/** A space-time diagram: time runs down, a lane per session, a row per event. */
export interface LaneDiagram {
  readonly lanes: readonly string[];
  readonly rows: readonly LaneRow[];
  /** A message on its way, from the row of its publish to the row of a delivery. */
  readonly arrows: readonly LaneJoin[];
  /** A call in progress, from its row to the row of its end. */
  readonly spans: readonly LaneJoin[];
}

export interface LaneRow {
  /** `undefined`: the event concerns every lane. */
  readonly lane: number | undefined;
  readonly mark: 'call' | 'done' | 'failed' | 'receive' | 'settled';
  readonly timeMs: number;
  readonly text: string;
  /** Line of the event in its history file. */
  readonly line: number;
}

export interface LaneJoin {
  readonly fromRow: number;
  readonly toRow: number;
}

/** The steps laid out; lanes in the order of their first event. */
export function laneDiagram({ steps }: Evidence): LaneDiagram {
  const lanes = [...new Set(steps.flatMap(({ lane }) => (lane === undefined ? [] : [lane])))];
  const sent = new Map<string, number>();
  const begun = new Map<string, number>();
  const arrows: LaneJoin[] = [];
  const spans: LaneJoin[] = [];
  for (const [row, { kind, message, op }] of steps.entries()) {
    if (kind === 'invoke' && message !== undefined) sent.set(message, row);
    if (kind === 'invoke' && op !== undefined) begun.set(op, row);
    const from = message === undefined || kind === 'invoke' ? undefined : sent.get(message);
    if (from !== undefined) arrows.push({ fromRow: from, toRow: row });
    const start = op === undefined || kind === 'invoke' ? undefined : begun.get(op);
    if (start !== undefined) spans.push({ fromRow: start, toRow: row });
  }
  return { lanes, rows: steps.map((step) => rowOf(step, lanes)), arrows, spans };
}

const marks = {
  invoke: 'call',
  ok: 'done',
  fail: 'failed',
  info: 'failed',
  deliver: 'receive',
  execute: 'receive',
  watch: 'receive',
  settled: 'settled',
} as const satisfies Record<EvidenceStep['kind'], LaneRow['mark']>;

function rowOf({ lane, kind, at, text, index }: EvidenceStep, lanes: readonly string[]): LaneRow {
  return {
    lane: lane === undefined ? undefined : lanes.indexOf(lane),
    mark: marks[kind],
    timeMs: at / 1e6,
    text,
    line: index + 2,
  };
}

/** Milliseconds for people: three digits that matter, never an exponent. */
export function formatMs(ms: number): string {
  if (ms === 0) return '0 ms';
  if (ms < 1) return `${Number((ms * 1_000).toPrecision(3))} µs`;
  if (ms < 1_000) return `${Number(ms.toPrecision(3))} ms`;
  if (ms < 120_000) return `${Number((ms / 1_000).toPrecision(3))} s`;
  return ms < 7_200_000
    ? `${Number((ms / 60_000).toPrecision(3))} min`
    : `${Number((ms / 3_600_000).toPrecision(3))} h`;
}
