import { hash } from 'node:crypto';
import { ChanceError, formatEvents } from '#core';
import type { Anomaly, Choice, History, Profile, Row, Target } from '#core';
import { judgeHistory } from '../check.ts';
import type { LoadedScenario } from '../load.ts';
import { run } from '../run.ts';
import { fingerprintOf } from './fingerprint.ts';
import { isExcused } from './excused.ts';
import { signatureOf } from './signature.ts';
import type { StrategyName } from './strategies.ts';

/** What is explored: one scenario in one profile, with the parameters of a trial. */
export interface Subject {
  readonly loaded: LoadedScenario;
  readonly target: Target;
  readonly profile: string;
  readonly capabilities: Profile;
  readonly versions: Readonly<Record<string, string>>;
}

/** A MUST that a trial broke, and the shortest of the anomalies that show it by such events. */
export interface Finding {
  readonly row: string;
  readonly checker: string;
  readonly anomaly: Anomaly;
  /** By what kind of events, as `signatureOf` gives it. */
  readonly signature: string;
}

/** One schedule, played and judged. */
export interface Trial {
  readonly history: History;
  readonly choices: readonly Choice[];
  readonly findings: readonly Finding[];
  /** Why it did not come to its end, where it did not. */
  readonly failure?: string;
  /** Of the events: two trials that did the same have the same, and of those that did not hardly any. */
  readonly fingerprint: number;
}

/** Plays one schedule: chosen by a seed, or by a list of choices alone. */
export async function play(
  { loaded, target, profile, capabilities, versions }: Subject,
  {
    seed,
    strategy,
    replay,
    parameters,
    without,
  }: {
    readonly seed: number;
    readonly strategy?: StrategyName;
    readonly replay?: readonly Choice[];
    readonly parameters: unknown;
    /** Calls of the act to leave out, as the recorder names them. */
    readonly without?: readonly string[];
  },
  { signal }: { readonly signal: AbortSignal },
): Promise<Trial> {
  const { history, failure, ambient } = await run(
    {
      scenario: loaded.scenario,
      run: { scenario: loaded.id, profile, seed },
      target,
      parameters,
      versions,
      reference: {},
      ...(replay === undefined ? {} : { replay }),
      ...(without === undefined ? {} : { without }),
      ...(strategy === undefined ? {} : { strategy }),
    },
    { signal },
  );
  if (ambient !== undefined) {
    throw new ChanceError(`uncontrolled time or chance in '${loaded.id}' (${profile}): a run reads ${ambient}`);
  }
  return {
    history,
    choices: history.header.choices,
    findings: loaded.scenario.rows.flatMap((row) => findingsOf(row, capabilities, history)),
    fingerprint: fingerprintOf(history.events),
    ...(failure === undefined ? {} : { failure }),
  };
}

function findingsOf(row: Row, profile: Profile, history: History): readonly Finding[] {
  if (row.level !== 'MUST') return [];
  const { checks, judgement } = judgeHistory({ row, profile, history });
  if (judgement.outcome !== 'gap') return [];
  return Object.entries(checks).flatMap(([checker, verdict]) =>
    verdict.valid === false ? findingsFrom({ row, checker, anomalies: verdict.anomalies }, history) : [],
  );
}

/** One for each kind and signature, the first of them the one with the least evidence. */
function findingsFrom(
  { row, checker, anomalies }: { readonly row: Row; readonly checker: string; readonly anomalies: readonly Anomaly[] },
  { header, events }: History,
): readonly Finding[] {
  const findings = new Map<string, Finding>();
  const shortestFirst = anomalies
    .filter(({ kind }) => !isExcused(row, kind, header.choices))
    .toSorted((a, b) => a.evidence.length - b.evidence.length);
  for (const anomaly of shortestFirst) {
    const signature = signatureOf(anomaly, events);
    const key = `${anomaly.kind} ${signature}`;
    if (!findings.has(key)) findings.set(key, { row: row.id, checker, anomaly, signature });
  }
  return [...findings.values()];
}

/** SHA-256 of the events as they are stored. */
export function digestOf({ events }: History): string {
  return hash('sha256', formatEvents(events));
}
