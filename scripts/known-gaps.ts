import { readdir, readFile } from 'node:fs/promises';
import { loadBaseline } from '../harness/baselines.ts';
import { parseCapsule } from '../harness/explore/capsule.ts';
import { subjectsOf } from '../harness/explore/subjects.ts';
import type { Finding, Subject } from '../harness/explore/trial.ts';
import { exactMutants } from './exact-mutants.ts';
import { mutatedTarget } from './mutated-target.ts';
import { fileURLToPath } from 'node:url';

/** Something wrong that is known to be there, and how to tell that a schedule has shown it. */
export interface KnownGap {
  readonly name: string;
  readonly isShownBy: (finding: Finding) => boolean;
}

/** The gaps that one act can show in one profile. */
export interface GapGroup {
  readonly kind: 'design' | 'mended' | 'exact with a fault';
  readonly subject: Subject;
  readonly gaps: readonly KnownGap[];
}

/** Those that the capsules of `design` keep, the gaps of `mended` in the baseline, and the faults put into `exact`. */
export async function knownGaps(): Promise<readonly GapGroup[]> {
  return [...(await gapsOfDesign()), ...(await gapsOfMended()), ...(await faultsInExact())];
}

const folder = new URL('../fixtures/capsules/', import.meta.url);
const root = fileURLToPath(new URL('..', import.meta.url));

async function gapsOfDesign(): Promise<readonly GapGroup[]> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  const capsules = await Promise.all(
    files.map(async (name) => parseCapsule(await readFile(new URL(name, folder), 'utf8'), name)),
  );
  const subjects = await subjectsOf({ patterns: [], profiles: ['design'] });
  return subjects.flatMap((subject) => {
    const gaps = capsules
      .filter(({ scenario, profile }) => scenario === subject.loaded.id && profile === 'design')
      .map(({ row, checker, anomaly: { kind } }) => ({
        name: `${row} ${kind}`,
        isShownBy: (finding: Finding) =>
          finding.row === row && finding.checker === checker && finding.anomaly.kind === kind,
      }));
    return gaps.length === 0 ? [] : [{ kind: 'design', subject, gaps }];
  });
}

async function gapsOfMended(): Promise<readonly GapGroup[]> {
  const baseline = await loadBaseline(root, 'embedded');
  const subjects = await subjectsOf({ patterns: [], profiles: ['mended'] });
  return subjects.flatMap((subject) => {
    const gaps = subject.loaded.scenario.rows
      .filter(({ id, level }) => level === 'MUST' && baseline?.cells.get(`${id} mended`)?.outcomes[0] === 'gap')
      .map(({ id }) => ({ name: id, isShownBy: ({ row }: Finding) => row === id }));
    return gaps.length === 0 ? [] : [{ kind: 'mended', subject, gaps }];
  });
}

async function faultsInExact(): Promise<readonly GapGroup[]> {
  const subjects = await subjectsOf({ patterns: [], profiles: ['exact'] });
  const groups: GapGroup[] = [];
  for (const mutant of exactMutants) {
    const subject = subjects.find(({ loaded }) => loaded.id === mutant.scenario);
    const isMust = subject?.loaded.scenario.rows.some(
      ({ level, checks }) => level === 'MUST' && checks.some(({ name }) => name === mutant.killedBy),
    );
    if (subject === undefined || isMust !== true) continue;
    const target = await mutatedTarget(mutant);
    const gaps = [{ name: mutant.name, isShownBy: ({ checker }: Finding) => checker === mutant.killedBy }];
    groups.push({ kind: 'exact with a fault', subject: { ...subject, target }, gaps });
  }
  return groups;
}
