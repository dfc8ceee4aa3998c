import { exactKvMutants } from './exact-kv-mutants.ts';
import { exactMessageMutants } from './exact-message-mutants.ts';
import type { SourceMutant } from './source-mutant.ts';

/** A mutant of the `exact` translator. */
export type ExactMutant = Omit<SourceMutant, 'code' | 'profile'>;

/** Edits of the real code of the `exact` translator. */
export const exactMutants: readonly SourceMutant[] = [...exactMessageMutants, ...exactKvMutants].map((mutant) => ({
  ...mutant,
  code: 'translator',
  profile: 'exact',
}));
