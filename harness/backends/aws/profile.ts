import type { Profile } from '#core';
import { designProfile } from './profile-design.ts';
import { exactProfile } from './profile-exact.ts';

/** How far each profile of the translator keeps each promise. */
export const awsProfiles = { design: designProfile, exact: exactProfile } as const satisfies Readonly<
  Record<string, Profile>
>;
