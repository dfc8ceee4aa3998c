import type { Profile } from '#core';
import { mendedProfile } from './profile-mended.ts';

/** How far a mapping of the user's keeps each promise: what is no matter of subjects is as in `mended`. */
export const mappedProfile: Profile = {
  ...mendedProfile,
  'subject-mapping': { level: 'full' },
  'subject-limits': { level: 'full' },
};
