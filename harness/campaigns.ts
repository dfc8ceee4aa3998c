import { judgeCell } from '#core';
import type { Cell, Profile, RunSummary, Target, Verdict } from '#core';
import { friendlyOf, isExpressible, playCampaign, playOnNats, referenceOf, withReference } from './campaign.ts';
import { judgeHistory } from './check.ts';
import type { LoadedScenario } from './load.ts';
import type { PlannedCell } from './plan.ts';
import { compare } from './report/comparison.ts';
import { shortestEvidence } from './report/evidence.ts';
import { latencies } from './report/latency.ts';
import type { RunResult } from './run.ts';
import { adverseFigures } from './schedule-figures.ts';

/** What a scenario's cells are played with. */
export interface Bench {
  readonly loaded: LoadedScenario;
  readonly nats: Target;
  readonly aws: Target;
  readonly profiles: Readonly<Record<string, Profile>>;
  readonly seed: number;
  /** Adverse schedules a cell. */
  readonly schedules: number;
  readonly versions: Readonly<Record<string, string>>;
  /** The friendly run on NATS, where another plays it. */
  readonly runOnNats?: (signal: AbortSignal) => Promise<RunResult>;
  /** Keeps a history and returns its path relative to the report. */
  readonly keep: (name: string, run: RunResult) => Promise<string>;
}

/** A cell as judged, before it is held against a baseline. */
export type JudgedCell = Omit<Cell, 'verdictOnBaseline' | 'expected' | 'definedAt'>;

export interface Campaigns {
  readonly judge: (cell: PlannedCell, options: { readonly signal: AbortSignal }) => Promise<JudgedCell>;
}

/** Plays each campaign once, when the first of its cells asks for it. */
export function createCampaigns(bench: Bench): Campaigns {
  const { loaded, nats, aws } = bench;
  const played = new Map<string, Promise<readonly RunResult[]>>();

  function runsOf(target: Target, profile: string, signal: AbortSignal): Promise<readonly RunResult[]> {
    const key = `${target.name} ${profile}`;
    const runs = played.get(key) ?? playOn(target, profile, signal);
    played.set(key, runs);
    return runs;
  }

  async function playOn(target: Target, profile: string, signal: AbortSignal): Promise<readonly RunResult[]> {
    const { seed, schedules, versions, runOnNats } = bench;
    if (target === nats) {
      return [await (runOnNats?.(signal) ?? playOnNats({ loaded, target, versions }, { signal }))];
    }
    const runs = await playCampaign({ loaded, target, profile, seed, schedules, versions }, { signal });
    const reference = referenceOf(loaded.scenario.rows, friendlyOf(await runsOf(nats, 'nats', signal)).history);
    return runs.map((run) => withReference(run, reference));
  }

  return {
    async judge(cell, { signal }) {
      const profile = bench.profiles[cell.profile];
      if (profile === undefined) throw new Error(`profile '${cell.profile}' has no table of capabilities`);
      const notRun = cell.missing ?? cell.plannedNotRun;
      if (notRun !== undefined) {
        const planned = cell.missing === undefined ? { planned: true as const } : {};
        return { ...outlineOf(cell, bench), outcome: 'not-run', reason: notRun, ...planned };
      }
      if (cell.lacking !== undefined && isExpressible(cell.row, profile)) {
        return { ...outlineOf(cell, bench), outcome: 'unsupported', reason: cell.lacking };
      }
      const runs = isExpressible(cell.row, profile)
        ? await runsOf(cell.target === nats.name ? nats : aws, cell.profile, signal)
        : [];
      return judgedCell({ cell, bench, profile, runs });
    },
  };
}

interface JudgedRunResult {
  readonly run: RunResult;
  readonly checks: Readonly<Record<string, Verdict>>;
  readonly judgement: ReturnType<typeof judgeHistory>['judgement'];
}

async function judgedCell({
  cell,
  bench,
  profile,
  runs,
}: {
  readonly cell: PlannedCell;
  readonly bench: Bench;
  readonly profile: Profile;
  readonly runs: readonly RunResult[];
}): Promise<JudgedCell> {
  const { row } = cell;
  const outline = outlineOf(cell, bench);
  const declared = row.requires.flatMap((capability) => {
    const support = profile[capability];
    return support.level === 'full' ? [] : [{ capability, ...support }];
  });
  const withDeclared = declared.length === 0 ? outline : { ...outline, declared };
  const [none] = declared.filter(({ level }) => level === 'none');
  if (none !== undefined) {
    return { ...withDeclared, outcome: 'unsupported', reason: `${none.capability}: ${none.why} (${none.source})` };
  }
  const judged: readonly JudgedRunResult[] = runs.map((run) => ({
    run,
    ...judgeHistory({
      row,
      profile,
      history: run.history,
      ...(run.failure === undefined ? {} : { failure: run.failure }),
    }),
  }));
  const { decidedBy, outcome, direction, reason } = judgeCell(judged.map(({ judgement }) => judgement));
  const decisive = judged[decidedBy];
  const friendly = judged[0];
  if (decisive === undefined || friendly === undefined) throw new Error(`cell '${cell.id}' has no run`);
  const evidence = shortestEvidence(decisive.run.history, decisive.checks);
  const name = `${cell.target}/${cell.profile}/${bench.loaded.id}`;
  const history = await bench.keep(`${name}-${decisive.run.history.header.seed}`, decisive.run);
  return {
    ...withDeclared,
    outcome,
    ...(direction === undefined ? {} : { direction }),
    ...(reason === undefined ? {} : { reason }),
    checks: decisive.checks,
    runs: judged.map(summaryOf),
    ...(runs.length < 2 ? {} : { adverse: adverseFigures(runs, bench.aws.time) }),
    comparison: compare(friendly.run.history),
    latency: latencies(friendly.run.history),
    requests: friendly.run.requests,
    ...(evidence === undefined ? {} : { evidence }),
    history,
  };
}

function summaryOf({ run, checks, judgement }: JudgedRunResult): RunSummary {
  const { seed, choices } = run.history.header;
  const { outcome, reason, direction } = judgement;
  return {
    seed,
    outcome,
    choices,
    // The verdicts of a run that found nothing are those of its cell: only what was found is worth its space.
    checks: outcome === 'same' ? {} : Object.fromEntries(Object.entries(checks).map(firstAnomaly)),
    ...(reason === undefined ? {} : { reason }),
    ...(direction === undefined ? {} : { direction }),
  };
}

/** Of each verdict the first anomaly: twenty schedules tell of the same many times over. */
function firstAnomaly([name, verdict]: readonly [string, Verdict]): readonly [string, Verdict] {
  return [name, verdict.valid === false ? { ...verdict, anomalies: [verdict.anomalies[0]] } : verdict];
}

function outlineOf(cell: PlannedCell, { loaded, seed }: Bench) {
  const { id, row, target, profile } = cell;
  const repeat =
    target === 'nats'
      ? `npx parallax conformance ${row.id} --no-baseline`
      : `npx parallax conformance ${row.id} --target ${target} --profile ${profile} --seed ${seed} --no-baseline`;
  return {
    id,
    row: row.id,
    level: row.level,
    scenario: loaded.id,
    title: loaded.scenario.title,
    source: row.source,
    requires: row.requires,
    ...(loaded.scenario.tags?.includes('scale') === true && { atScale: true as const }),
    target,
    profile,
    checks: {},
    runs: [],
    repeat,
  };
}
