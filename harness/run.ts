import { brand, hashText, seededRandom, sleep } from '#core';
import type {
  Choice,
  Family,
  History,
  HistoryHeader,
  Reference,
  RunId,
  Scenario,
  Stage,
  Stand,
  Subject,
  Target,
} from '#core';
import { withoutAmbient } from './ambient.ts';
import { createRecorder } from './recorder.ts';
import type { Recorder } from './recorder.ts';

/** One act to be played once. */
export interface RunPlan {
  readonly scenario: Scenario;
  readonly run: RunId;
  readonly target: Target;
  readonly parameters: unknown;
  readonly versions: Readonly<Record<string, string>>;
  readonly reference: Reference;
  readonly replay?: readonly Choice[];
  /** Calls of the act to leave out, as the recorder names them. */
  readonly without?: readonly string[];
  readonly strategy?: string;
}

export interface RunResult {
  readonly history: History;
  /** Why the run did not come to its end, where it did not: a bug, a limit, a server that died. */
  readonly failure?: string;
  /** What the run read of the machine's own time or chance, on a virtual clock; it is then nothing that repeats. */
  readonly ambient?: string;
  readonly requests: Readonly<Record<string, number>>;
}

const defaultHorizonMs = 15 * 60_000;

/** A run in real time that has not ended by then is given up: a server that never answers must not keep the others. */
const realLimitMs = 180_000;

/** Plays the act and returns what was recorded, also when it broke off; only `signal` makes it reject. */
export async function run(plan: RunPlan, { signal }: { readonly signal: AbortSignal }): Promise<RunResult> {
  if (plan.target.time === 'virtual') return playVirtual(plan, signal);
  const limit = AbortSignal.timeout(realLimitMs);
  const givenUp = new Promise<RunResult>((resolve) => {
    const failure = `had not ended after ${realLimitMs / 1000} s`;
    const result = { history: { header: headerOf(plan, []), events: [] }, requests: {}, failure };
    limit.addEventListener('abort', () => resolve(result), { once: true });
  });
  return Promise.race([playToEnd(plan, signal), givenUp]);
}

async function playVirtual(plan: RunPlan, signal: AbortSignal): Promise<RunResult> {
  const { result, ambient } = await withoutAmbient(() => playToEnd(plan, signal));
  return ambient === undefined ? result : { ...result, ambient, failure: `read the machine's own ${ambient}` };
}

async function playToEnd(plan: RunPlan, signal: AbortSignal): Promise<RunResult> {
  try {
    const stand = await plan.target.start({
      run: plan.run,
      scale: plan.scenario.tags?.includes('scale') === true,
      signal,
      ...(plan.replay === undefined ? {} : { replay: plan.replay }),
      ...(plan.strategy === undefined ? {} : { strategy: plan.strategy }),
    });
    // As `await using`, which Node 22 does not know.
    try {
      return await playOn(plan, stand, signal);
    } finally {
      await stand[Symbol.asyncDispose]();
    }
  } catch (error) {
    signal.throwIfAborted();
    return { history: { header: headerOf(plan, []), events: [] }, requests: {}, failure: describe(error) };
  }
}

async function playOn(plan: RunPlan, stand: Stand, signal: AbortSignal): Promise<RunResult> {
  const recorder = createRecorder({
    backend: stand.backend,
    clock: stand.clock,
    signal,
    ...(plan.without === undefined ? {} : { without: plan.without }),
  });
  const failure = await play(plan, stand, recorder, signal);
  signal.throwIfAborted();
  return {
    history: recorder.history(headerOf(plan, stand.choices())),
    requests: stand.requests(),
    ...(failure === undefined ? {} : { failure }),
  };
}

function headerOf(
  { scenario, run, target, parameters, versions, reference }: RunPlan,
  choices: readonly Choice[],
): HistoryHeader {
  return {
    schema: 1,
    scenario: run.scenario,
    rows: scenario.rows.map((row) => row.id),
    target: target.name,
    profile: run.profile,
    parameters,
    seed: run.seed,
    choices,
    versions,
    reference,
  };
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function play(
  { scenario, run, parameters }: RunPlan,
  stand: Stand,
  recorder: Recorder,
  signal: AbortSignal,
): Promise<string | undefined> {
  const random = seededRandom(hashText(`${run.scenario} ${run.profile}`));
  const stage: Stage<unknown> = {
    parameters,
    subject: (family, name) => subjectFor(run, family, name),
    open: recorder.open,
    async settle() {
      recorder.settled(await stand.backend.settle({ horizonMs: scenario.horizonMs ?? defaultHorizonMs, signal }));
    },
    sleep: (ms) => sleep(stand.clock, ms, { signal }),
    random,
  };
  try {
    await stand.drive(
      (async () => {
        try {
          await scenario.run(stage);
        } finally {
          await recorder.close();
        }
      })(),
    );
    return undefined;
  } catch (error) {
    const outstanding = recorder.outstanding();
    const waiting = outstanding.length === 0 ? '' : `; still outstanding: ${outstanding.slice(0, 5).join(', ')}`;
    return `${describe(error)}${waiting}`;
  }
}

/**
 * Unique to the scenario and profile in a token that the document's own mapping keeps. The schedule's seed is not in it:
 * it decides choices and nothing else, so that the choices alone repeat a run.
 */
function subjectFor(run: RunId, family: Family, name: string): Subject {
  const unique = `${name}-${hashText(`${run.scenario} ${run.profile}`).toString(36)}`;
  switch (family) {
    case 'agent':
      return brand<Subject>(`agent.${unique}.ready`);
    case 'work':
      return brand<Subject>(`work.${unique}.normal.task`);
    case 'coord':
      return brand<Subject>(`coord.${unique}.start`);
    case 'broadcast':
      return brand<Subject>(`broadcast.global.${unique}`);
    case 'other':
      return brand<Subject>(`${unique}.event`);
    default:
      return family satisfies never;
  }
}
