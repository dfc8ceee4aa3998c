import { UsageError } from '#core';
import type { Anomaly, Choice, HistoryEvent } from '#core';

/** A gap that replays: what was played, the choices that were not friendly, and what came of it. */
export interface Capsule {
  readonly schema: 1;
  readonly scenario: string;
  readonly row: string;
  readonly profile: string;
  readonly checker: string;
  readonly parameters: unknown;
  readonly choices: readonly Choice[];
  readonly anomaly: Anomaly;
  /** SHA-256 of the events, so that a replay can say whether it was the same byte for byte. */
  readonly digest: string;
  readonly events: readonly HistoryEvent[];
  /** Provenance; a replay reads neither. */
  readonly foundBy: { readonly seed: number; readonly versions: Readonly<Record<string, string>> };
}

/** One file; events a line each, so that two capsules differ where their stories do. */
export function formatCapsule({ events, ...rest }: Capsule): string {
  const head = JSON.stringify(rest, null, 2).slice(0, -2);
  const lines = events.map((event) => `    ${JSON.stringify(event)}`).join(',\n');
  return `${head},\n  "events": [\n${lines}\n  ]\n}\n`;
}

const members = {
  schema: (value: unknown) => value === 1,
  scenario: isText,
  row: isText,
  profile: isText,
  checker: isText,
  parameters: (value: unknown) => value !== undefined,
  choices: (value: unknown) => Array.isArray(value) && value.every(isChoice),
  anomaly: (value: unknown) => isObject(value) && isText(value['kind']) && Array.isArray(value['evidence']),
  digest: (value: unknown) => isText(value) && /^[0-9a-f]{64}$/.test(value),
  events: Array.isArray,
  foundBy: isObject,
} as const satisfies Record<keyof Capsule, (value: unknown) => boolean>;

/**
 * Reads what `formatCapsule` wrote.
 *
 * @throws UsageError that names the file and what is wrong with it.
 */
export function parseCapsule(text: string, file: string): Capsule {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`capsule '${file}' is no JSON: it was cut short or edited`, { cause: error });
  }
  if (!isObject(value)) throw new UsageError(`capsule '${file}' is no object: expected what 'parallax explore' wrote`);
  if (value['schema'] !== 1) {
    throw new UsageError(`capsule '${file}' has schema '${String(value['schema'])}': expected 1`);
  }
  for (const [name, isValid] of Object.entries(members)) {
    if (!isValid(value[name])) throw new UsageError(`capsule '${file}' has no valid '${name}'`);
  }
  if (!isCapsule(value)) throw new UsageError(`capsule '${file}' is none`);
  return value;
}

function isCapsule(value: object): value is Capsule {
  return 'schema' in value && 'choices' in value && 'events' in value;
}

function isChoice(value: unknown): boolean {
  return isObject(value) && isText(value['point']) && isText(value['key']) && Number.isInteger(value['option']);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
