import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { linearize } from '../../harness/checkers/linearizability.ts';
import type { Interval, Model } from '../../harness/checkers/linearizability.ts';
import { seededRandom } from '../../harness/core/random.ts';

/**
 * Holds our search to Porcupine (https://github.com/anishathalye/porcupine): same histories, same verdicts, time beside
 * it. `node bench/porcupine/compare.ts`; needs Go. Exit 1 where a verdict differs.
 *
 * The histories: those that Porcupine's own tests label, read from its module, and 10,000 of ours, some of them spoilt.
 */
interface Access {
  readonly kind: 'read' | 'write' | 'cas';
  readonly value: number;
  /** What a `cas` expects. */
  readonly from: number;
  /** Whether a `cas` found it. */
  readonly ok: boolean;
}

interface Case {
  readonly name: string;
  readonly intervals: readonly Interval<Access>[];
  readonly label?: boolean;
}

/** Nothing was ever written. */
const none = -1;

const register: Model<number, Access & { readonly required: boolean }> = {
  init: none,
  key: String,
  step(state, { kind, value, from, ok, required }) {
    if (kind === 'read') return state === value ? state : undefined;
    if (kind === 'write') return value;
    if (required && ok !== (state === from)) return undefined;
    return state === from ? value : state;
  },
};

const rounds = 5;
const statesMax = 50_000_000;

function main(): void {
  const folder = fileURLToPath(new URL('.', import.meta.url));
  const build = mkdtempSync(join(tmpdir(), 'parallax-porcupine-'));
  try {
    const program = join(build, 'porcupine');
    execFileSync('go', ['build', '-o', program, '.'], { cwd: folder, stdio: 'inherit' });
    const module = execFileSync('go', ['list', '-m', '-f', '{{.Dir}}', 'github.com/anishathalye/porcupine'], {
      cwd: folder,
    });
    const groups = { labelled: labelledCases(module.toString().trim()), generated: generatedCases(10_000) };
    for (const [name, cases] of Object.entries(groups)) compare(name, cases, program);
  } finally {
    rmSync(build, { recursive: true, force: true });
  }
}

function compare(name: string, cases: readonly Case[], program: string): void {
  const times: { readonly ours: number; readonly porcupine: number }[] = [];
  let differences = 0;
  for (let round = 0; round < rounds; round += 1) {
    const theirs = checkWithPorcupine(cases, program);
    const ours = checkWithOurs(cases);
    times.push({ ours: sum(ours.map(({ ms }) => ms)), porcupine: sum(theirs.map(({ ms }) => ms)) });
    if (round > 0) continue;
    for (const [index, { name: which, label }] of cases.entries()) {
      const verdicts = [ours[index]?.linearizable, theirs[index]?.linearizable, label ?? theirs[index]?.linearizable];
      if (new Set(verdicts).size === 1) continue;
      differences += 1;
      console.log(`${which}: ours ${verdicts[0]}, porcupine ${verdicts[1]}, label ${label ?? 'none'}`);
    }
  }
  const wrong = checkWithOurs(cases).filter(({ linearizable }) => linearizable === false).length;
  const median = (pick: (one: (typeof times)[number]) => number) =>
    times
      .map(pick)
      .sort((a, b) => a - b)
      .at(Math.floor(rounds / 2))
      ?.toFixed(1);
  console.log(
    `${name}: ${cases.length} histories, ${wrong} not linearizable, ${differences} differences; ` +
      `ours ${median(({ ours }) => ours)} ms, porcupine ${median(({ porcupine }) => porcupine)} ms (median of ${rounds})`,
  );
  if (differences > 0) process.exitCode = 1;
}

interface Timed {
  readonly linearizable: boolean | 'unknown';
  readonly ms: number;
}

function checkWithOurs(cases: readonly Case[]): readonly Timed[] {
  return cases.map(({ intervals }) => {
    const judged = intervals.map((interval) => ({
      ...interval,
      operation: { ...interval.operation, required: interval.required },
    }));
    const began = performance.now();
    const { linearizable } = linearize(register, judged, { statesMax });
    return { linearizable, ms: performance.now() - began };
  });
}

function checkWithPorcupine(cases: readonly Case[], program: string): readonly Timed[] {
  const input = cases.map(({ intervals }) => {
    const last = 1 + Math.max(0, ...intervals.flatMap(({ call, end }) => (end === Infinity ? [call] : [call, end])));
    return JSON.stringify(
      intervals.map(({ operation, call, end, required }) => ({
        ...operation,
        required,
        call,
        end: end === Infinity ? last : end,
      })),
    );
  });
  const output = execFileSync(program, { input: input.join('\n'), maxBuffer: 2 ** 28 })
    .toString()
    .trim();
  return output.split('\n').map((line) => {
    const [verdict, nanoseconds] = line.split(' ');
    return { linearizable: verdict === 'true', ms: Number(nanoseconds) / 1e6 };
  });
}

/** The logs of etcd under Jepsen that Porcupine's tests read, with what they expect of each. */
function labelledCases(module: string): readonly Case[] {
  const tests = readFileSync(join(module, 'porcupine_test.go'), 'utf8');
  return [...tests.matchAll(/checkJepsen\(t, (\d+), (true|false)\)/g)].map(([, number = '', label]) => {
    const name = `etcd_${number.padStart(3, '0')}`;
    const log = readFileSync(join(module, 'test_data', 'jepsen', `${name}.log`), 'utf8');
    return { name, intervals: parseLog(log), label: label === 'true' };
  });
}

function parseLog(log: string): readonly Interval<Access>[] {
  const intervals: Interval<Access>[] = [];
  const open = new Map<string, { readonly access: Access; readonly call: number }>();
  for (const [at, line] of log.split('\n').entries()) {
    const [, process = '', how, kind, what = ''] = /^INFO\s+\S+\s+-\s+(\d+)\s+:(\w+)\s+:(\w+)\s+(.*)$/.exec(line) ?? [];
    const begun = open.get(process);
    if (how === 'invoke') {
      const numbers = [...what.matchAll(/\d+/g)].map(([text]) => Number(text));
      const access: Access =
        kind === 'cas'
          ? { kind, from: numbers[0] ?? none, value: numbers[1] ?? none, ok: false }
          : { kind: kind === 'write' ? 'write' : 'read', from: none, value: numbers[0] ?? none, ok: false };
      open.set(process, { access, call: at });
    } else if (begun !== undefined && (how === 'ok' || how === 'fail')) {
      open.delete(process);
      // A read that failed saw nothing.
      if (begun.access.kind === 'read' && how === 'fail') continue;
      const value = begun.access.kind === 'read' ? (what === 'nil' ? none : Number(what)) : begun.access.value;
      intervals.push(intervalOf({ ...begun.access, value, ok: how === 'ok' }, begun.call, at, true));
    }
  }
  // What nobody saw the end of may have happened; reads among it saw nothing.
  for (const { access, call } of open.values()) {
    if (access.kind !== 'read') intervals.push(intervalOf(access, call, Infinity, false));
  }
  return intervals;
}

function intervalOf(operation: Access, call: number, end: number, required: boolean): Interval<Access> {
  return { operation, call, end, required, effect: operation.kind !== 'read' };
}

/** Histories of a register that is right, of which every other has one outcome changed. */
function generatedCases(count: number): readonly Case[] {
  return Array.from({ length: count }, (_, seed) => {
    const random = seededRandom(seed);
    const intervals = generate(random);
    if (seed % 2 === 0) return { name: `generated ${seed}`, intervals };
    const at = Math.floor(random() * intervals.length);
    return { name: `spoilt ${seed}`, intervals: intervals.map((one, index) => (index === at ? spoilt(one) : one)) };
  });
}

function generate(random: () => number): readonly Interval<Access>[] {
  const clients = 2 + Math.floor(random() * 6);
  const length = 20 + Math.floor(random() * 60);
  const free = Array.from({ length: clients }, () => 0);
  const drafts: { access: Access; call: number; at: number; end: number; lost: boolean }[] = [];
  for (let index = 0; index < length; index += 1) {
    const client = Math.floor(random() * clients);
    const call = (free[client] ?? 0) + 1 + random() * 5;
    const at = call + random() * 10;
    const end = at + random() * 10;
    free[client] = end;
    const kind = (['read', 'write', 'cas', 'cas'] as const)[Math.floor(random() * 4)] ?? 'read';
    const draw = () => Math.floor(random() * 4);
    drafts.push({ access: { kind, value: draw(), from: draw(), ok: false }, call, at, end, lost: random() < 0.05 });
  }
  let value = none;
  const done = drafts
    .toSorted((a, b) => a.at - b.at)
    .map(({ access, call, end, lost }) => {
      const ok = access.kind !== 'cas' || access.from === value;
      const seen = access.kind === 'read' ? value : access.value;
      if (access.kind !== 'read' && ok) value = access.value;
      return { operation: { ...access, value: seen, ok }, call, end, lost };
    });
  // Times as whole numbers, in the same order.
  const times = done.flatMap(({ call, end }) => [call, end]).sort((a, b) => a - b);
  const rank = new Map(times.map((time, index) => [time, index]));
  return done.flatMap(({ operation, call, end, lost }) => {
    if (lost && operation.kind === 'read') return [];
    return [intervalOf(operation, rank.get(call) ?? 0, lost ? Infinity : (rank.get(end) ?? 0), !lost)];
  });
}

function spoilt(interval: Interval<Access>): Interval<Access> {
  const { operation } = interval;
  const change = operation.kind === 'cas' ? { ok: !operation.ok } : { value: (operation.value + 1) % 4 };
  return { ...interval, operation: { ...operation, ...change } };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

main();
