import type { Profile } from '#core';
import { designProfile } from './profile-design.ts';
import { exactProfile } from './profile-exact.ts';
import { mendedProfile } from './profile-mended.ts';

/** How far each profile of the translator keeps each promise. */
export const awsProfiles = {
  design: designProfile,
  mended: mendedProfile,
  exact: exactProfile,
} as const satisfies Readonly<Record<string, Profile>>;
