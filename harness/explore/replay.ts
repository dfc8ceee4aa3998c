import { isPermissionId } from 'parallax-emulator';
import { profiles } from 'parallax-translator';
import { UsageError } from '#core';
import type { HistoryEvent, Target } from '#core';
import { fromOutside } from '../backends/aws/from-outside.ts';
import type { Capsule } from './capsule.ts';
import { findingKey } from './explore.ts';
import { signatureOf } from './signature.ts';
import { subjectsOf } from './subjects.ts';
import { digestOf, play } from './trial.ts';
import type { Finding, Subject, Trial } from './trial.ts';

/** What became of a capsule. */
export type Replay =
  /** The gap is there; `identical`: the same events, byte for byte. */
  | { readonly state: 'there'; readonly trial: Trial; readonly finding: Finding; readonly identical: boolean }
  | { readonly state: 'gone'; readonly trial: Trial }
  /** The capsule no longer fits the code: what changed. */
  | { readonly state: 'unfit'; readonly reason: string };

/** Plays the capsule's choices, and nothing that a seed would choose; on the embedded emulator where no target is given. */
export async function replay(
  capsule: Capsule,
  { target, signal }: { readonly target?: OutsideTarget; readonly signal: AbortSignal },
): Promise<Replay> {
  const subject = await subjectOf(capsule);
  if (typeof subject === 'string') return { state: 'unfit', reason: subject };
  const { parameters, without } = capsule;
  const outside = target === undefined ? undefined : fromOutside(capsule.choices);
  if (outside !== undefined && 'reason' in outside) return { state: 'unfit', reason: outside.reason };
  const trial =
    target === undefined || outside === undefined
      ? await play(subject, { seed: 0, replay: capsule.choices, parameters, without }, { signal })
      : await play(
          { ...subject, target: target.target },
          { seed: target.seed, replay: outside.choices, parameters, without },
          { signal },
        );
  const finding = findingOf(capsule, trial);
  if (finding !== undefined)
    return { state: 'there', trial, finding, identical: digestOf(trial.history) === capsule.digest };
  if (target !== undefined) {
    return trial.failure === undefined
      ? { state: 'gone', trial }
      : { state: 'unfit', reason: `the run broke off: ${trial.failure}` };
  }
  const reason = whyUnfit(capsule, trial);
  return reason === undefined ? { state: 'gone', trial } : { state: 'unfit', reason };
}

/** A target in real time, whose choices are made from outside. */
export interface OutsideTarget {
  readonly target: Target;
  /** Tells this replay from others on the same server. */
  readonly seed: number;
}

/** What the capsule is about, or what of it the code no longer knows. */
export async function subjectOf(capsule: Capsule): Promise<Subject | string> {
  const profile = profiles.find((name) => name === capsule.profile);
  if (profile === undefined) {
    return `profile '${capsule.profile}' is unknown: expected one of ${profiles.join(', ')}`;
  }
  const unknown = capsule.choices.find(({ point }) => !isPermissionId(point));
  if (unknown !== undefined) return `point '${unknown.point}' is unknown: see emulator/src/permissions/`;
  const subjects = await subjectsOf({ patterns: [], profiles: [profile] });
  const subject = subjects.find(({ loaded }) => loaded.id === capsule.scenario);
  if (subject === undefined) return `scenario '${capsule.scenario}' is unknown: see docs/scenarios.md`;
  const { rows, small } = subject.loaded.scenario;
  const row = rows.find(({ id }) => id === capsule.row);
  const known = rows.map(({ id }) => id).join(', ');
  if (row === undefined) return `scenario '${capsule.scenario}' has no row '${capsule.row}': it has ${known}`;
  if (!row.checks.some(({ name }) => name === capsule.checker)) {
    const checkers = row.checks.map(({ name }) => name).join(', ');
    return `row '${capsule.row}' has no checker '${capsule.checker}': it has ${checkers}`;
  }
  const [here, there] = [namesOf(small), namesOf(capsule.parameters)];
  if (here === there) return subject;
  return `scenario '${capsule.scenario}' has the parameters ${here}, and the capsule ${there || 'none'}`;
}

/** The capsule's finding among a trial's: of the same row, checker and kind, by the same kind of events if there is one. */
export function findingOf(capsule: Capsule, { findings }: Pick<Trial, 'findings'>): Finding | undefined {
  const key = findingKey(capsule);
  const signature = signatureOf(capsule.anomaly, capsule.events);
  const alike = findings.filter((finding) => findingKey(finding) === key);
  return alike.find((finding) => finding.signature === signature) ?? alike[0];
}

/** For a user's own test: rejects while the gap is there, or where the capsule no longer fits. */
export async function expectGone(capsule: Capsule, options: { readonly signal: AbortSignal }): Promise<void> {
  const result = await replay(capsule, options);
  if (result.state === 'there') throw new Error(`${capsule.row} ${capsule.profile}: ${result.finding.anomaly.message}`);
  if (result.state === 'unfit') throw new UsageError(`the capsule no longer fits the code: ${result.reason}`);
}

/** Why the story could not be told again, where that is not because the gap is gone. */
function whyUnfit({ choices, events }: Capsule, trial: Trial): string | undefined {
  if (trial.failure !== undefined) return `the run broke off: ${trial.failure}`;
  const act = whereActsPart(events, trial.history.events);
  if (act !== undefined) return act;
  for (const { point, key, option } of choices) {
    const fired = trial.choices.find((other) => other.point === point && other.key === key);
    if (fired === undefined) return `nothing asks any more for ${point} at '${key}'`;
    if (fired.option !== option) return `${point} at '${key}' has no option ${option} any more`;
  }
  return undefined;
}

/**
 * The act changed where the first difference of two runs is what the application does, and not what it sees. A call that
 * comes later than another session's is no change.
 */
function whereActsPart(before: readonly HistoryEvent[], now: readonly HistoryEvent[]): string | undefined {
  const index = before.findIndex((event, at) => JSON.stringify(event) !== JSON.stringify(now[at]));
  const [was, is] = [before[index], now[index]];
  if (was?.kind !== 'invoke' || (is !== undefined && is.kind !== 'invoke')) return undefined;
  const call = JSON.stringify(was.call);
  const comesLater = now.some(
    (event) => event.kind === 'invoke' && event.session === was.session && JSON.stringify(event.call) === call,
  );
  if (comesLater) return undefined;
  const instead = is === undefined ? 'nothing' : `${is.call.name} of '${is.session}'`;
  return `the act has changed: ${instead} where the capsule has ${was.call.name} of '${was.session}'`;
}

function namesOf(parameters: unknown): string {
  return typeof parameters === 'object' && parameters !== null ? Object.keys(parameters).toSorted().join(', ') : '';
}
