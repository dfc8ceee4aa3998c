import { awsProfiles } from '../backends/aws/profile.ts';
import { isExpressible } from '../campaign.ts';
import { loadScenarios, matching, suitesFolder } from '../load.ts';
import type { Permits } from 'parallax-emulator';
import type { ProfileName } from 'parallax-translator';
import { createEmbeddedTarget } from '../targets/embedded.ts';
import type { Subject } from './trial.ts';

/** Which scenarios, in which profiles. */
export interface SubjectNames {
  readonly patterns: readonly string[];
  readonly profiles: readonly ProfileName[];
  /** What AWS may do: everything where absent. */
  readonly permit?: Permits;
}

/** The scenarios that can be explored, with their small acts: one without a call finds nothing. */
export async function subjectsOf({ patterns, profiles, permit = 'all' }: SubjectNames): Promise<readonly Subject[]> {
  const target = createEmbeddedTarget({ permit });
  const scenarios = matching(await loadScenarios(suitesFolder), patterns);
  return profiles.flatMap((profile) =>
    scenarios
      .filter(({ scenario }) => scenario.rows.some((row) => isExpressible(row, awsProfiles[profile])))
      .map((loaded) => ({
        loaded,
        target,
        profile,
        capabilities: awsProfiles[profile],
        versions: { node: process.versions.node },
      })),
  );
}
