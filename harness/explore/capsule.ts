import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { formatEvents, isHistoryEvent, UsageError } from '#core';
import type { Anomaly, Choice, HistoryEvent } from '#core';
import { isCount, isRecord, isString, isText, listOf, shapeOf } from './shape.ts';

/** A gap that replays: what was played, the choices that were not friendly, and what came of it. */
export interface Capsule {
  readonly schema: 2;
  readonly scenario: string;
  readonly row: string;
  readonly profile: string;
  readonly checker: string;
  readonly parameters: unknown;
  /** Calls of the act that are left out: `session#n`, the n-th call of the session, counted from 0. */
  readonly without: readonly string[];
  readonly choices: readonly Choice[];
  readonly anomaly: Anomaly;
  /** SHA-256 of the events, so that a replay can say whether it was the same byte for byte. */
  readonly digest: string;
  readonly events: readonly HistoryEvent[];
  /** Provenance; a replay reads neither this nor `shrunk`. */
  readonly foundBy: {
    readonly seed: number;
    /** Of the search. */
    readonly strategy?: string;
    readonly versions: Readonly<Record<string, string>>;
  };
  readonly shrunk: {
    /** Calls and choices of the schedule that was found. */
    readonly operations: number;
    readonly choices: number;
    /** Schedules played on the way. */
    readonly tried: number;
    /** No single step makes it smaller: a choice or a call less, a number lower, a choice earlier. */
    readonly isMinimal: boolean;
  };
}

/** The version that this code writes and reads; `capsule.schema.json` beside this file describes it. */
const version = 2;

/** One file; events a line each, so that two capsules differ where their stories do. */
export function formatCapsule({ events, ...rest }: Capsule): string {
  const head = JSON.stringify(rest, null, 2).slice(0, -2);
  const lines = events.map((event) => `    ${JSON.stringify(event)}`).join(',\n');
  return `${head},\n  "events": [\n${lines}\n  ]\n}\n`;
}

/** A capsule of another version: it can be read, and no longer fits the code. */
export class CapsuleVersionError extends Error {
  override readonly name = 'CapsuleVersionError';
}

/** @throws UsageError where the file cannot be read; else as `parseCapsule`. */
export async function readCapsule(file: string): Promise<Capsule> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`capsule '${file}' cannot be read: expected a file that 'parallax explore' wrote`, {
      cause: error,
    });
  }
  return parseCapsule(text, file);
}

/**
 * Reads what `formatCapsule` wrote.
 *
 * @throws UsageError that names the file and what is wrong with it; CapsuleVersionError.
 */
export function parseCapsule(text: string, file: string): Capsule {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`capsule '${file}' is no JSON: it was cut short or edited`, { cause: error });
  }
  if (!isRecord(value)) throw new UsageError(`capsule '${file}' is no object: expected what 'parallax explore' wrote`);
  if (value['schema'] !== version) {
    const told = `capsule '${file}' has schema ${JSON.stringify(value['schema']) ?? 'none'}: expected ${version}`;
    if (!Number.isInteger(value['schema'])) throw new UsageError(told);
    throw new CapsuleVersionError(`${told}, as 'parallax explore' writes it now`);
  }
  for (const [name, member] of Object.entries(members)) {
    if (!member.isValid(value[name])) {
      throw new UsageError(`capsule '${file}' has no valid '${name}': expected ${member.expected}`);
    }
  }
  const unknown = Object.keys(value).find((name) => !Object.hasOwn(members, name));
  if (unknown !== undefined) {
    throw new UsageError(
      `capsule '${file}' has '${unknown}': expected no member beside ${Object.keys(members).join(', ')}`,
    );
  }
  if (!isCapsule(value)) throw new UsageError(`capsule '${file}' is none`);
  if (hash('sha256', formatEvents(value.events)) !== value.digest) {
    throw new UsageError(`capsule '${file}' was edited: its events are not those of its digest`);
  }
  const beyond = value.anomaly.evidence.find((index) => index >= value.events.length);
  if (beyond !== undefined) {
    throw new UsageError(
      `capsule '${file}' has evidence ${beyond}: expected indexes of its ${value.events.length} events`,
    );
  }
  return value;
}

interface Member {
  readonly isValid: (value: unknown) => boolean;
  readonly expected: string;
}

/** What a member must be, as `capsule.schema.json` has it. */
const members = {
  schema: { isValid: (value) => value === version, expected: `${version}` },
  scenario: { isValid: isText, expected: "a scenario such as 'kv/create-once'" },
  row: { isValid: isText, expected: "a row such as 'KV-005'" },
  profile: { isValid: isText, expected: 'the name of a profile' },
  checker: { isValid: isText, expected: 'the name of a checker' },
  parameters: { isValid: isRecord, expected: "an object of the scenario's parameters" },
  without: { isValid: listOf(isCallName), expected: "a list of calls such as 'writer#0'" },
  choices: {
    isValid: listOf(shapeOf({ point: isText, key: isString, option: (value) => isCount(value) && value > 0 })),
    expected: 'a list of {point, key, option}, options from 1',
  },
  anomaly: {
    isValid: shapeOf({ kind: isText, message: isText, evidence: listOf(isCount, { least: 1 }) }),
    expected: '{kind, message, evidence}, evidence being indexes of events',
  },
  digest: {
    isValid: (value) => isString(value) && /^[0-9a-f]{64}$/.test(value),
    expected: '64 hexadecimal digits',
  },
  events: { isValid: listOf(isHistoryEvent), expected: 'a list of events as a history has them' },
  foundBy: {
    isValid: shapeOf({
      seed: isCount,
      strategy: (value) => value === undefined || isText(value),
      versions: (value) => isRecord(value) && Object.values(value).every(isString),
    }),
    expected: '{seed, strategy, versions}, a strategy being optional',
  },
  shrunk: {
    isValid: shapeOf({
      operations: isCount,
      choices: isCount,
      tried: isCount,
      isMinimal: (value) => typeof value === 'boolean',
    }),
    expected: '{operations, choices, tried, isMinimal}',
  },
} as const satisfies Record<keyof Capsule, Member>;

function isCapsule(value: object): value is Capsule {
  return 'schema' in value && 'choices' in value && 'events' in value;
}

function isCallName(value: unknown): boolean {
  return isString(value) && /^.+#\d+$/.test(value);
}
