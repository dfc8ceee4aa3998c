import { UsageError } from './errors.ts';
import type { History, HistoryEvent, HistoryHeader } from './history.ts';
import type { OpName } from './operations.ts';

/** JSON Lines: the header, then an event a line. */
export function formatHistory({ header, events }: History): string {
  return `${JSON.stringify(header)}\n${formatEvents(events)}`;
}

/** The lines of the events alone. */
export function formatEvents(events: readonly HistoryEvent[]): string {
  let text = '';
  for (const event of events) text += `${JSON.stringify(event)}\n`;
  return text;
}

/**
 * Reads what `formatHistory` wrote.
 *
 * @throws UsageError that names file and line.
 */
export function parseHistory(text: string, file: string): History {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const [header, ...events] = lines.map((line, index) => parseLine(line, `${file}:${index + 1}`));
  if (!isHeader(header)) {
    throw new UsageError(
      `history ${file}:1: expected a header with schema 1, scenario, rows, target, profile and seed`,
    );
  }
  return {
    header,
    events: events.map((event, index) => {
      if (!isHistoryEvent(event)) {
        throw new UsageError(`history ${file}:${index + 2}: expected an event with at and one of ${kinds.join(', ')}`);
      }
      return event;
    }),
  };
}

function parseLine(line: string, place: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new UsageError(`history ${place}: expected a line of JSON, was '${line.slice(0, 60)}'`, { cause: error });
  }
}

const kinds = [
  'invoke',
  'ok',
  'fail',
  'info',
  'deliver',
  'execute',
  'watch',
  'settled',
] as const satisfies readonly HistoryEvent['kind'][];

/** What each kind of event cannot be without. */
const membersOf: Readonly<Record<HistoryEvent['kind'], readonly string[]>> = {
  invoke: ['session', 'op', 'call'],
  ok: ['session', 'op'],
  fail: ['session', 'op', 'error'],
  info: ['session', 'op', 'error'],
  deliver: ['session', 'subscription', 'message'],
  execute: ['session', 'responder', 'message'],
  watch: ['session', 'watch', 'update'],
  settled: ['complete'],
};

function isHeader(value: unknown): value is HistoryHeader {
  return (
    isObject(value) &&
    value['schema'] === 1 &&
    typeof value['scenario'] === 'string' &&
    Array.isArray(value['rows']) &&
    typeof value['target'] === 'string' &&
    typeof value['profile'] === 'string' &&
    (value['seed'] === 'friendly' || typeof value['seed'] === 'number') &&
    Array.isArray(value['choices']) &&
    isObject(value['reference'])
  );
}

/** Whether `value` is an event as `formatEvents` writes them. */
export function isHistoryEvent(value: unknown): value is HistoryEvent {
  if (!isObject(value) || typeof value['at'] !== 'number') return false;
  const kind = kinds.find((known) => known === value['kind']);
  if (kind === undefined || !membersOf[kind].every((member) => member in value)) return false;
  if (kind === 'invoke') return isCall(value['call']);
  return kind === 'deliver' || kind === 'execute' ? isMessage(value['message']) : true;
}

/** What the input of each operation cannot be without. */
const inputMembers: Readonly<Record<OpName, readonly string[]>> = {
  publish: ['subject', 'id', 'body'],
  subscribe: ['subscription', 'pattern'],
  unsubscribe: ['subscription'],
  request: ['subject', 'id', 'body', 'timeoutMs'],
  'request-many': ['subject', 'id', 'body', 'timeoutMs'],
  respond: ['responder', 'pattern', 'behaviour'],
  flush: [],
  drain: [],
  close: [],
  crash: [],
  'kv.open': ['bucket'],
  'kv.put': ['bucket', 'key', 'value'],
  'kv.get': ['bucket', 'key'],
  'kv.create': ['bucket', 'key', 'value'],
  'kv.update': ['bucket', 'key', 'value', 'revision'],
  'kv.delete': ['bucket', 'key'],
  'kv.purge': ['bucket', 'key'],
  'kv.history': ['bucket', 'key'],
  'kv.keys': ['bucket'],
  'kv.watch': ['watch', 'bucket'],
  'kv.unwatch': ['watch'],
};

function isCall(value: unknown): boolean {
  if (!isObject(value) || !isObject(value['input'])) return false;
  const { name, input } = value;
  const members = Object.entries(inputMembers).find(([known]) => known === name)?.[1];
  return members !== undefined && members.every((member) => member in input);
}

function isMessage(value: unknown): boolean {
  return (
    isObject(value) &&
    (value['id'] === null || typeof value['id'] === 'string') &&
    typeof value['subject'] === 'string' &&
    typeof value['body'] === 'string'
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
