import type { Choice, Evidence, Permission } from '#core';

/** One replayed capsule, ready to render. */
export interface Story {
  readonly row: string;
  readonly title: string;
  readonly profile: string;
  readonly scenario: string;
  /** The page that promises what is broken. */
  readonly source: string;
  /** Where it was replayed. */
  readonly target: string;
  readonly isThere: boolean;
  /** Every event of the run. */
  readonly evidence: Evidence;
  readonly choices: readonly (Choice & { readonly permission?: Permission })[];
  readonly parameters: unknown;
  /** Calls of the act that are left out. */
  readonly without: readonly string[];
  /** How the replay compares with the capsule. */
  readonly note: string;
  readonly repeat: string;
}
