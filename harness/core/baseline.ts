import { UsageError } from './errors.ts';
import { JsonError, parseLocatedJson } from './located-json.ts';
import type { Located } from './located-json.ts';
import type { Outcome } from './report.ts';

/** What a baseline may promise; `unknown` and `not-run` are no promise. */
export const expectedOutcomes = ['same', 'allowed', 'unsupported', 'gap'] as const satisfies readonly Outcome[];
export type ExpectedOutcome = (typeof expectedOutcomes)[number];

/** What one cell is expected to be. */
export interface Expectation {
  /** More than one only on targets in real time; then with how often each was seen. */
  readonly outcomes: readonly [ExpectedOutcome, ...ExpectedOutcome[]];
  readonly seen?: Readonly<Partial<Record<ExpectedOutcome, number>>>;
  /** One line; there where an outcome other than `same` is expected. */
  readonly reason?: string;
  /** The probe without which the cell may be `unsupported` too. */
  readonly unsupportedWithout?: string;
}

/** The expected outcome of every cell of one target, by `cellKey`. */
export interface Baseline {
  readonly file: string;
  readonly cells: ReadonlyMap<string, Expectation & { readonly line: number }>;
}

/** How a baseline names a cell of its target: `QG-001 exact`. */
export function cellKey({ row, profile }: { readonly row: string; readonly profile: string }): string {
  return `${row} ${profile}`;
}

/**
 * Reads `fixtures/baselines/<target>.json`: `{"schema": 1, "cells": {"QG-001 design": {…}, …}}`, a cell being
 * `{"outcome": "gap", "reason": "…"}` or `{"seen": {"gap": 18, "same": 2}, "reason": "…"}`, either with
 * `"unsupportedWithout": "<probe>"`.
 *
 * @throws UsageError that names file and line.
 */
export function parseBaseline(text: string, file: string): Baseline {
  try {
    const members = membersOf(parseLocatedJson(text), 'an object with schema and cells', ['schema', 'cells']);
    const schema = members.get('schema');
    if (schema === undefined) throw new JsonError("schema is missing: expected '1'", 1);
    if (schema.kind !== 'plain' || schema.value !== 1) throw new JsonError('schema is not 1', schema.line);
    const cells = members.get('cells');
    if (cells === undefined) throw new JsonError('cells is missing', 1);
    const entries = [...membersOf(cells, 'an object of cells')].map(
      ([key, value]) => [parseKey(key, value.line), { line: value.line, ...parseExpectation(value) }] as const,
    );
    return { file, cells: new Map(entries) };
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw new UsageError(`baseline ${file}:${error.line}: ${error.message}`, { cause: error });
  }
}

/** The file's text: a cell a line, sorted, so that two versions differ where the cells do. */
export function formatBaseline({ cells }: { readonly cells: ReadonlyMap<string, Expectation> }): string {
  const lines = [...cells]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, expectation]) => `    ${JSON.stringify(key)}: ${JSON.stringify(entryOf(expectation))}`);
  return `{\n  "schema": 1,\n  "cells": {\n${lines.join(',\n')}\n  }\n}\n`;
}

function entryOf({ outcomes, seen, reason, unsupportedWithout }: Expectation) {
  return { ...(seen === undefined ? { outcome: outcomes[0] } : { seen }), reason, unsupportedWithout };
}

function parseKey(key: string, line: number): string {
  if (/^[A-Z]+-\d{3} [a-z][-a-z0-9]*$/.test(key)) return key;
  throw new JsonError(`cell '${key}' is no cell: expected a row and a profile such as 'QG-001 design'`, line);
}

const memberNames = ['outcome', 'seen', 'reason', 'unsupportedWithout'];

function parseExpectation(value: Located): Expectation {
  const members = membersOf(value, 'an object with outcome or seen', memberNames);
  const { outcomes, seen } = parseOutcomes(members, value.line);
  const reason = textOf(members.get('reason'), 'reason');
  const probe = textOf(members.get('unsupportedWithout'), 'unsupportedWithout');
  if (reason === undefined && (probe !== undefined || outcomes.some((outcome) => outcome !== 'same'))) {
    throw new JsonError(`reason is missing: an outcome other than 'same' needs one`, value.line);
  }
  return {
    outcomes,
    ...(seen === undefined ? {} : { seen }),
    ...(reason === undefined ? {} : { reason }),
    ...(probe === undefined ? {} : { unsupportedWithout: probe }),
  };
}

function parseOutcomes(members: ReadonlyMap<string, Located>, line: number): Pick<Expectation, 'outcomes' | 'seen'> {
  const outcome = members.get('outcome');
  const seen = members.get('seen');
  if ((outcome === undefined) === (seen === undefined)) throw new JsonError('expected either outcome or seen', line);
  if (outcome !== undefined) {
    return { outcomes: [outcomeOf(textOf(outcome, 'outcome') ?? '', outcome.line)] };
  }
  const counts = [...membersOf(seen, 'an object of outcomes and counts')].map(
    ([name, count]) => [outcomeOf(name, count.line), countOf(count)] as const,
  );
  const [first, ...rest] = counts.map(([name]) => name);
  if (first === undefined) throw new JsonError('seen is empty: expected an outcome and how often it was seen', line);
  return { outcomes: [first, ...rest], seen: Object.fromEntries(counts) };
}

function outcomeOf(text: string, line: number): ExpectedOutcome {
  const found = expectedOutcomes.find((outcome) => outcome === text);
  if (found !== undefined) return found;
  throw new JsonError(`outcome '${text}' cannot be expected: expected one of ${expectedOutcomes.join(', ')}`, line);
}

function countOf(value: Located): number {
  if (value.kind === 'plain' && typeof value.value === 'number' && value.value >= 0 && Number.isInteger(value.value)) {
    return value.value;
  }
  throw new JsonError('a count is no whole number', value.line);
}

function textOf(value: Located | undefined, name: string): string | undefined {
  if (value === undefined) return undefined;
  if (value.kind === 'plain' && typeof value.value === 'string' && /^\S[^\n]*$/.test(value.value)) return value.value;
  throw new JsonError(`${name} is not a line of text`, value.line);
}

function membersOf(
  value: Located | undefined,
  expected: string,
  names?: readonly string[],
): ReadonlyMap<string, Located> {
  if (value?.kind !== 'object') throw new JsonError(`expected ${expected}`, value?.line ?? 1);
  for (const [name, member] of value.members) {
    if (names !== undefined && !names.includes(name)) {
      throw new JsonError(`'${name}' is unknown: expected one of ${names.join(', ')}`, member.line);
    }
  }
  return value.members;
}
