import { UsageError } from '#core';
import { visible } from '../report/visible.ts';
import { filterFault, subjectFault } from '../subjects/grammar.ts';

/** What an application subscribes to and publishes. */
export interface SystemDescription {
  readonly subscriptions: readonly PlannedSubscription[];
  readonly subjects: readonly PlannedSubject[];
}

export interface PlannedSubscription {
  readonly filter: string;
  readonly queue?: string;
}

export interface PlannedSubject {
  readonly subject: string;
  /** Messages a second. */
  readonly rate?: number;
}

/** How a plan speaks of a subscription. */
export function nameOf({ filter, queue }: PlannedSubscription): string {
  return queue === undefined ? filter : `${filter} (queue ${queue})`;
}

/** Messages a second of all subjects. */
export function rateOf(subjects: SystemDescription['subjects']): number {
  return subjects.reduce((sum, { rate = 0 }) => sum + rate, 0);
}

/**
 * Reads lines `subscribe FILTER [queue=GROUP]` and `publish SUBJECT [rate=N]`, or JSON of the same.
 *
 * @throws UsageError that names file and line, or the item, and what was expected.
 */
export function parseSystem(text: string, file: string): SystemDescription {
  const system = text.trimStart().startsWith('{') ? parseJsonSystem(text, file) : parseLines(text, file);
  if (system.subscriptions.length + system.subjects.length === 0)
    throw new UsageError(`plan '${file}' is empty: expected a subscription or a subject`);
  return system;
}

function parseLines(text: string, file: string): SystemDescription {
  const subscriptions: PlannedSubscription[] = [];
  const subjects: PlannedSubject[] = [];
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.replace(/(^|\s)#.*$/, '').trim();
    if (line === '') continue;
    const place = `${file}:${index + 1}`;
    const [verb, name = '', ...options] = line.split(/[ \t]+/);
    if (verb === 'subscribe') {
      const { queue } = optionsOf(options, ['queue'], place);
      subscriptions.push(subscription(place, name, queue));
    } else if (verb === 'publish') {
      const { rate } = optionsOf(options, ['rate'], place);
      subjects.push(subject(place, name, rate === undefined ? undefined : numberOf(rate)));
    } else throw new UsageError(`${place}: '${visible(verb ?? '')}' is unknown: expected 'subscribe' or 'publish'`);
  }
  return { subscriptions, subjects };
}

function optionsOf(
  options: readonly string[],
  known: readonly string[],
  place: string,
): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    options.map((option) => {
      const [, name, value] = /^(\w+)=(\S+)$/.exec(option) ?? [];
      if (name === undefined || value === undefined || !known.includes(name))
        throw new UsageError(`${place}: '${visible(option)}' is unknown: expected ${known.join(', ')}=…`);
      return [name, value] as const;
    }),
  );
}

function numberOf(text: string): number {
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
}

function subscription(place: string, filter: string, queue: string | undefined): PlannedSubscription {
  const fault = filterFault(filter);
  if (fault !== undefined) throw new UsageError(`${place}: ${visible(fault)}`);
  return { filter, ...(queue === undefined ? {} : { queue }) };
}

function subject(place: string, name: string, rate: number | undefined): PlannedSubject {
  const fault = subjectFault(name);
  if (fault !== undefined) throw new UsageError(`${place}: ${visible(fault)}`);
  if (rate !== undefined && !(rate >= 0 && Number.isFinite(rate)))
    throw new UsageError(`${place}: the rate is not a number: expected messages a second`);
  return { subject: name, ...(rate === undefined ? {} : { rate }) };
}

function parseJsonSystem(text: string, file: string): SystemDescription {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : '';
    throw new UsageError(`plan '${file}' is no JSON: ${visible(why)}`, { cause: error });
  }
  return {
    subscriptions: listAt(value, 'subscriptions', file).map((item, index) => {
      const place = `${file}: subscriptions[${index}]`;
      return subscription(place, textAt(item, 'filter', place) ?? '', textAt(item, 'queue', place));
    }),
    subjects: listAt(value, 'subjects', file).map((item, index) => {
      const place = `${file}: subjects[${index}]`;
      const rate = at(item, 'rate');
      if (rate !== undefined && typeof rate !== 'number')
        throw new UsageError(`${place}: the rate is not a number: expected messages a second`);
      return subject(place, textAt(item, 'subject', place) ?? '', rate);
    }),
  };
}

function at(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const found: unknown = Reflect.get(value, key);
  return found;
}

function listAt(value: unknown, key: string, file: string): readonly unknown[] {
  const list = at(value, key) ?? [];
  if (Array.isArray(list)) return list;
  throw new UsageError(`plan '${file}': '${key}' is no list`);
}

function textAt(value: unknown, key: string, place: string): string | undefined {
  const text = at(value, key);
  if (text === undefined || typeof text === 'string') return text;
  throw new UsageError(`${place}: '${key}' is no text`);
}
