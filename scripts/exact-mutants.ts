import { exactKvMutants } from './exact-kv-mutants.ts';
import { exactMessageMutants } from './exact-message-mutants.ts';
import type { ExactMutant } from './exact-mutant.ts';

/** Every edit of the `exact` translator, each to be noticed. */
export const exactMutants: readonly ExactMutant[] = [...exactMessageMutants, ...exactKvMutants];
