import { UsageError } from '#core';
import { isPermissionId } from 'parallax-emulator';
import type { Capsule } from './capsule.ts';
import { subjectsOf } from './subjects.ts';
import { play } from './trial.ts';
import type { Finding, Trial } from './trial.ts';
import { profiles } from 'parallax-translator';

/** What became of a capsule. */
export type Replay =
  /** The gap is there; `identical`: the same events, byte for byte. */
  | { readonly state: 'there'; readonly trial: Trial; readonly finding: Finding; readonly identical: boolean }
  | { readonly state: 'gone'; readonly trial: Trial }
  /** The capsule no longer fits the code: what changed. */
  | { readonly state: 'unfit'; readonly reason: string };

/** Plays the capsule's choices, and nothing that a seed would choose. */
export async function replay(capsule: Capsule, { signal }: { readonly signal: AbortSignal }): Promise<Replay> {
  const profile = profiles.find((name) => name === capsule.profile);
  if (profile === undefined) return { state: 'unfit', reason: `profile '${capsule.profile}' is unknown` };
  const unknown = capsule.choices.find(({ point }) => !isPermissionId(point));
  if (unknown !== undefined) return { state: 'unfit', reason: `point '${unknown.point}' is unknown` };
  const subject = (await subjectsOf({ patterns: [], profiles: [profile] })).find(
    ({ loaded }) => loaded.id === capsule.scenario,
  );
  if (subject === undefined) return { state: 'unfit', reason: `scenario '${capsule.scenario}' is unknown` };
  if (!subject.loaded.scenario.rows.some(({ id }) => id === capsule.row)) {
    return { state: 'unfit', reason: `scenario '${capsule.scenario}' has no row '${capsule.row}'` };
  }
  const trial = await play(subject, { seed: 0, replay: capsule.choices, parameters: capsule.parameters }, { signal });
  const finding = trial.findings.find(
    ({ row, checker, anomaly }) =>
      row === capsule.row && checker === capsule.checker && anomaly.kind === capsule.anomaly.kind,
  );
  if (finding !== undefined) return { state: 'there', trial, finding, identical: trial.digest === capsule.digest };
  if (trial.failure !== undefined) return { state: 'unfit', reason: `the run broke off: ${trial.failure}` };
  const missed = capsule.choices.find(
    (choice) => !trial.choices.some(({ point, key }) => point === choice.point && key === choice.key),
  );
  return missed === undefined
    ? { state: 'gone', trial }
    : { state: 'unfit', reason: `nothing asks any more for ${missed.point} at '${missed.key}'` };
}

/** For a user's own test: rejects while the gap is there, or where the capsule no longer fits. */
export async function expectGone(capsule: Capsule, options: { readonly signal: AbortSignal }): Promise<void> {
  const result = await replay(capsule, options);
  if (result.state === 'there') throw new Error(`${capsule.row} ${capsule.profile}: ${result.finding.anomaly.message}`);
  if (result.state === 'unfit') throw new UsageError(`the capsule no longer fits: ${result.reason}`);
}
