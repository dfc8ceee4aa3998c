import { brand } from '#core';
import type { HistoryEvent, OpId } from '#core';
import { digestOf } from './trial.ts';
import type { Trial } from './trial.ts';

/**
 * What two plays of one schedule have different: the first event, with the operation it belongs to, and what each had.
 * `undefined` where they are the same, in events and in choices.
 */
export function differenceOf(one: Trial, other: Trial): string | undefined {
  if (digestOf(one.history) !== digestOf(other.history)) {
    const [a, b] = [one.history.events, other.history.events];
    const index = a.findIndex((event, at) => JSON.stringify(event) !== JSON.stringify(b[at]));
    const first = index === -1 ? a.length : index;
    return `event ${first}: one had ${describe(a, first)}, the other ${describe(b, first)}`;
  }
  const index = one.choices.findIndex((choice, at) => JSON.stringify(choice) !== JSON.stringify(other.choices[at]));
  if (index === -1 && one.choices.length === other.choices.length) return undefined;
  const first = index === -1 ? one.choices.length : index;
  return `choice ${first}: one took ${textOf(one.choices[first])}, the other ${textOf(other.choices[first])}`;
}

function describe(events: readonly HistoryEvent[], index: number): string {
  const event = events[index];
  if (event === undefined) return 'ended';
  const by = 'session' in event ? ` of ${event.session}` : '';
  return `'${event.kind}${operationOf(events, event)}'${by} at ${event.at / 1e6} ms ${textOf(event)}`;
}

function operationOf(events: readonly HistoryEvent[], event: HistoryEvent): string {
  if (event.kind === 'invoke') return ` ${event.call.name}`;
  const op = 'op' in event ? event.op : brand<OpId>('');
  const begun = events.find((one) => one.kind === 'invoke' && one.op === op);
  return begun?.kind === 'invoke' ? ` ${begun.call.name}` : '';
}

const textMax = 160;

function textOf(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > textMax ? `${text.slice(0, textMax)}…` : text;
}
