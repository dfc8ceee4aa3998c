import { bytesOf, durationOf } from '#core';
import type {
  Anomaly,
  Base64,
  Call,
  Evidence,
  EvidenceStep,
  History,
  HistoryEvent,
  KvEntry,
  OpId,
  Settled,
  Verdict,
} from '#core';
import { shorten } from './visible.ts';

const bodyCharactersMax = 24;
const stepsMax = 40;

/** The shortest anomaly of the history's verdicts, its calls joined with their ends; `undefined` where none is false. */
export function shortestEvidence(history: History, checks: Readonly<Record<string, Verdict>>): Evidence | undefined {
  const anomalies = Object.entries(checks).flatMap(([checker, verdict]) =>
    verdict.valid === false ? verdict.anomalies.map((anomaly) => ({ checker, ...anomaly })) : [],
  );
  const [first, ...others] = anomalies;
  if (first === undefined) return undefined;
  const shortest = others.reduce((best, one) => (one.evidence.length < best.evidence.length ? one : best), first);
  const { checker, kind, message, evidence } = shortest;
  return { checker, kind, message, seed: history.header.seed, steps: stepsOf(history.events, evidence) };
}

/** Everything that happened, as the evidence of an anomaly: for a history that was made small. */
export function wholeStory(history: History, checker: string, { kind, message }: Anomaly): Evidence {
  const steps = stepsOf(history.events, [...history.events.keys()]);
  return { checker, kind, message, seed: history.header.seed, steps };
}

/** The one with fewer steps, the first where they are equal. */
export function shorterEvidence(a: Evidence | undefined, b: Evidence | undefined): Evidence | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return b.steps.length < a.steps.length ? b : a;
}

function stepsOf(events: readonly HistoryEvent[], indexes: readonly number[]): readonly EvidenceStep[] {
  const calls = new Map<OpId, { readonly call: Call; readonly index: number }>();
  const ends = new Map<OpId, number>();
  for (const [index, event] of events.entries()) {
    if (event.kind === 'invoke') calls.set(event.op, { call: event.call, index });
    else if ('op' in event) ends.set(event.op, index);
  }
  const cited = indexes.slice(0, stepsMax);
  const shown = new Set(cited);
  for (const index of cited) {
    const event = events[index];
    if (event === undefined || !('op' in event)) continue;
    const call = calls.get(event.op);
    if (call !== undefined) shown.add(call.index);
    const end = ends.get(event.op);
    if (end !== undefined && (call?.call.name !== 'publish' || events[end]?.kind !== 'ok')) shown.add(end);
  }
  return [...shown]
    .sort((a, b) => a - b)
    .flatMap((index) => {
      const event = events[index];
      return event === undefined ? [] : [stepOf(event, index, (op) => calls.get(op)?.call)];
    });
}

function stepOf(event: HistoryEvent, index: number, callOf: (op: OpId) => Call | undefined): EvidenceStep {
  const place = { index, at: event.at, kind: event.kind, ...('session' in event ? { lane: event.session } : {}) };
  switch (event.kind) {
    case 'invoke':
      return { ...place, op: event.op, text: describeCall(event.call), ...messageOf(event.call) };
    case 'ok': {
      const call = callOf(event.op);
      return { ...place, op: event.op, text: `${call?.name ?? 'call'} ok${describeOutput(event.output)}` };
    }
    case 'fail':
      return { ...place, op: event.op, text: `${callOf(event.op)?.name ?? 'call'} failed: ${event.error}` };
    case 'info':
      return { ...place, op: event.op, text: `${callOf(event.op)?.name ?? 'call'} may have happened: ${event.error}` };
    case 'deliver':
    case 'execute': {
      const { id, subject, body } = event.message;
      const receiver = event.kind === 'deliver' ? event.subscription : event.responder;
      const verb = event.kind === 'deliver' ? 'gets' : 'executes';
      const what = id ?? `unknown ${preview(body)}`;
      return { ...place, text: `${verb} ${what} on ${subject} (${receiver})`, ...(id === null ? {} : { message: id }) };
    }
    case 'watch':
      return { ...place, text: `${event.watch} sees ${describeUpdate(event.update)}` };
    case 'settled':
      return { ...place, text: describeSettled(event) };
    default:
      return event satisfies never;
  }
}

function describeSettled({ complete, horizonMs }: Settled): string {
  if (!complete) return 'settling ran out of time';
  return horizonMs === undefined
    ? 'settled: nothing more can come'
    : `settled: nothing more comes within ${durationOf(horizonMs)}, and what comes later counts as lost`;
}

function messageOf(call: Call): Pick<EvidenceStep, 'message'> {
  return call.name === 'publish' || call.name === 'request' || call.name === 'request-many'
    ? { message: call.input.id }
    : {};
}

function describeCall({ name, input }: Call): string {
  if ('id' in input) return `${name} ${input.id} to ${input.subject}`;
  if ('pattern' in input) return `${name} ${input.pattern}${input.queue === undefined ? '' : ` as ${input.queue}`}`;
  if ('subscription' in input) return `${name} ${input.subscription}`;
  const value = 'value' in input ? ` = ${preview(input.value)}` : '';
  const revision = 'revision' in input && input.revision !== undefined ? ` at revision ${input.revision}` : '';
  if ('key' in input) return `${name} ${input.key}${value}${revision}`;
  return 'bucket' in input ? `${name} ${input.bucket}` : name;
}

function describeUpdate(update: KvEntry | 'initial-done'): string {
  if (update === 'initial-done') return 'the end of the initial values';
  return `${update.operation} ${update.key} = ${preview(update.value)} at revision ${update.revision ?? 'unknown'}`;
}

function describeOutput(output: unknown): string {
  if (output === null || output === undefined) return '';
  return ` ${shorten(JSON.stringify(output), 80)}`;
}

/** The bytes as text where they are UTF-8 without control characters, else as hexadecimal. */
function preview(body: Base64): string {
  const bytes = bytesOf(body);
  const text = Buffer.from(bytes).toString('utf8');
  const readable = Buffer.from(text, 'utf8').equals(bytes) && !/\p{Cc}/u.test(text);
  return readable
    ? `"${shorten(text, bodyCharactersMax)}"`
    : `0x${shorten(Buffer.from(bytes.subarray(0, bodyCharactersMax)).toString('hex'), bodyCharactersMax)}`;
}
