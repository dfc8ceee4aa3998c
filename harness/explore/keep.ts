import type { Capsule } from './capsule.ts';
import type { Found } from './explore.ts';
import { operationsOf, shrink } from './shrink.ts';
import { digestOf, play } from './trial.ts';
import type { Finding, Subject } from './trial.ts';

/** Plays the first schedule that showed the finding again, shrinks it, and returns its capsule. */
export async function capsuleOf(
  subject: Subject,
  { finding, seed, strategy }: Pick<Found, 'finding' | 'seed' | 'strategy'>,
  { signal }: { readonly signal: AbortSignal },
): Promise<Capsule> {
  const parameters = subject.loaded.scenario.small;
  const found = await play(subject, { seed, strategy, parameters }, { signal });
  const small = await shrink(subject, { trial: found, finding, parameters }, { signal });
  return {
    schema: 2,
    scenario: subject.loaded.id,
    row: finding.row,
    profile: subject.profile,
    checker: finding.checker,
    parameters: small.parameters,
    without: small.without,
    choices: small.trial.choices,
    anomaly: small.finding.anomaly,
    digest: digestOf(small.trial.history),
    foundBy: { seed, strategy, versions: subject.versions },
    shrunk: {
      operations: operationsOf(found.history),
      choices: found.choices.length,
      tried: small.tried,
      isMinimal: small.isMinimal,
    },
    events: small.trial.history.events,
  };
}

/** Its file's name: no two findings of one exploring have the same. */
export function capsuleName(capsule: Capsule): string {
  return findingFile(capsule.profile, capsule);
}

/** The name of the capsule that a finding becomes. */
export function findingFile(
  profile: string,
  { row, checker, anomaly }: Pick<Finding, 'row' | 'checker' | 'anomaly'>,
): string {
  return `${row}-${profile}-${checker}-${anomaly.kind}.json`;
}
