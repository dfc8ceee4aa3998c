import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { compareWithBaseline, formatHistory } from '#core';
import type { ExpectedOutcome, Expected, Scenario } from '#core';
import { accountOf } from '../../fixtures/nats-server-config.ts';
import { startNats } from '../../fixtures/nats-server.ts';
import type { NatsAccess, NatsServer } from '../../fixtures/nats-server.ts';
import { mappedProfile } from '../backends/aws/profile-mapped.ts';
import { natsProfile } from '../backends/nats/profile.ts';
import { createCampaigns } from '../campaigns.ts';
import type { Campaigns, JudgedCell } from '../campaigns.ts';
import { loadScenarios, matching, suitesFolder } from '../load.ts';
import type { LoadedScenario } from '../load.ts';
import { carriedMapping } from '../map/carried-mapping.ts';
import { planCells } from '../plan.ts';
import type { PlannedCell } from '../plan.ts';
import { createEmbeddedTarget } from '../targets/embedded.ts';
import { natsTarget } from '../targets/nats.ts';

export interface MappingConformance {
  /** With `encode`, `decode` and `rule`; carried on EventBridge rules with SQS targets, all else as `mended` does it. */
  readonly mapping: unknown;
  /** Parts of scenario paths, or rows' ids; the whole suite where absent. */
  readonly patterns?: readonly string[];
  /** Scenarios of the user's own beside those of the suite, by a name each. */
  readonly scenarios?: Readonly<Record<string, Scenario>>;
  /** What rows are known to come to, by id; all others are to be `same`. */
  readonly expected?: Readonly<Record<string, ExpectedOutcome>>;
  /** Adverse schedules a cell; 20 where absent. */
  readonly schedules?: number;
  readonly seed?: number;
  /** A URL, `container`, or absent: found or fetched. */
  readonly nats?: string;
  /** A folder for the histories that decided the cells. */
  readonly out?: string;
}

/**
 * Registers the suite against a mapping of the user's, a test per cell, in the test file that calls it: a real
 * nats-server as the reference, and the emulator in this process. To be awaited at the file's top level.
 *
 * @throws UsageError where a pattern matches nothing or the mapping lacks a function.
 */
export async function conformance(options: MappingConformance): Promise<void> {
  const mapping = carriedMapping(options.mapping);
  const own = Object.entries(options.scenarios ?? {}).map(([id, scenario]) => ({ id, file: id, scenario }));
  const scenarios = matching([...(await loadScenarios(suitesFolder)), ...own], options.patterns ?? []);
  const aws = createEmbeddedTarget({ mapping });
  describe('conformance of the mapping', () => {
    let server: NatsServer | undefined;
    beforeAll(async () => {
      server = await startNats({
        accounts: scenarios.map(({ id }) => accountOf(id)),
        ...(options.nats === undefined ? {} : { use: options.nats }),
        env: process.env,
        signal: AbortSignal.timeout(startLimitMs),
      });
    }, startLimitMs);
    afterAll(async () => server?.[Symbol.asyncDispose]());

    for (const loaded of scenarios) {
      const campaigns = once(() => campaignsOf(loaded, { options, aws, access: server?.access }));
      describe(loaded.scenario.title, () => registerCells(loaded, campaigns, options));
    }
  });
}

const startLimitMs = 10 * 60_000;
const schedulesDefault = 20;
const places = {
  nats: { name: 'nats', time: 'real', profiles: ['nats'] },
  aws: { name: 'embedded', time: 'virtual', profiles: ['mapping'] },
} as const;

function registerCells(
  loaded: LoadedScenario,
  campaigns: () => Campaigns,
  { expected = {} }: MappingConformance,
): void {
  for (const planned of planCells(loaded, places)) {
    test(`${planned.row.id} on ${planned.target}`, { timeout: 0 }, async ({ signal }) => {
      const judged = await campaigns().judge(planned, { signal });
      const { message, verdictOnBaseline } = compareWithBaseline(judged, expectedOf(planned, expected));
      if (verdictOnBaseline !== 'passed') throw new Error(describeCell(judged, message));
    });
  }
}

/** On NATS as ever; a mapping is held to `same`, but for what is said of it. */
function expectedOf(
  { row, target, profile }: PlannedCell,
  expected: Readonly<Record<string, ExpectedOutcome>>,
): Expected {
  if (target === 'nats') return { kind: 'nats', ownServer: false };
  const outcome = expected[row.id];
  if (outcome === undefined) return { kind: 'same' };
  const cells = new Map([[`${row.id} ${profile}`, { outcomes: [outcome], line: 1 } as const]]);
  return { kind: 'file', baseline: { file: 'expected', cells }, failedProbes: new Set() };
}

function describeCell({ id, outcome, reason, history }: JudgedCell, message = `${id} is '${outcome}'`): string {
  return `${message} (${reason ?? 'no reason'})${history === undefined ? '' : `; history: ${history}`}`;
}

function campaignsOf(
  loaded: LoadedScenario,
  {
    options,
    aws,
    access,
  }: {
    readonly options: MappingConformance;
    readonly aws: ReturnType<typeof createEmbeddedTarget>;
    readonly access: NatsAccess | undefined;
  },
): Campaigns {
  const { seed = 1, schedules = schedulesDefault, out } = options;
  return createCampaigns({
    loaded,
    nats: natsTarget(access),
    aws,
    profiles: { mapping: mappedProfile, nats: natsProfile },
    seed,
    schedules,
    versions: { node: process.versions.node, ...(access === undefined ? {} : { nats: access.version }) },
    async keep(name, { history }) {
      if (out === undefined) return name;
      const file = join(out, `${name}.jsonl`);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, formatHistory(history));
      return file;
    },
  });
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
