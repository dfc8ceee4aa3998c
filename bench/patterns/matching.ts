// Events matched per second by the pattern engine and by aws/event-ruler: same rules, same events, by turns.
//   npx node bench/patterns/matching.ts [--milliseconds N] [--rounds N] [--rules N,N…] [--only NAME] [--json FILE]
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { createRuleSet } from '../../emulator/src/patterns/index.ts';
import type { RuleSet } from '../../emulator/src/patterns/index.ts';
import { seededRandom } from '../../harness/core/random.ts';
import type { Measurement, Side } from './measurement.ts';
import { startRuler } from './ruler.ts';
import { createEvent, workloads } from './workloads.ts';
import type { Workload } from './workloads.ts';

const { values } = parseArgs({
  options: {
    milliseconds: { type: 'string', default: '400' },
    rounds: { type: 'string', default: '5' },
    rules: { type: 'string', default: '1,100,300,10000' },
    extra: { type: 'string', default: '0,100,1000' },
    only: { type: 'string' },
    json: { type: 'string' },
  },
});
const milliseconds = Number(values.milliseconds);
const rounds = Number(values.rounds);
/** Before anything counts: both compile what runs often. */
const warmUpTurns = 3;

await using ruler = await startRuler();
const [java = ''] = await ruler.ask([['version']]);
const measurements: Measurement[] = [];
const selected = workloads.filter(({ name }) => values.only === undefined || name === values.only);
for (const workload of selected) {
  for (const rules of values.rules.split(',').map(Number)) await measure(workload, rules, 0);
}
for (const extra of values.extra.split(',').map(Number)) {
  const exact = selected.find(({ name }) => name === 'exact');
  if (exact !== undefined && extra > 0) await measure(exact, 300, extra);
}
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(measurements, null, 1)}\n`);

async function measure(workload: Workload, rules: number, extraFields: number): Promise<void> {
  const patterns = Array.from({ length: rules }, (_, index) => JSON.stringify(workload.rule(index, rules)));
  const random = seededRandom(rules);
  const events = Array.from({ length: 1000 }, () => createEvent(random, rules, extraFields));
  await ruler.ask([['clear']]);
  const heapBefore = Number((await ruler.ask([['heap']]))[0]);
  const addTimes = await ruler.ask(patterns.map((pattern, index) => ['load', `rule-${index}`, pattern]));
  const heapAfter = Number((await ruler.ask([['heap']]))[0]);
  await ruler.ask(events.map((event) => ['event', event]));

  const before = heapBytes();
  const set = createRuleSet();
  const started = performance.now();
  for (const [index, pattern] of patterns.entries()) set.add(`rule-${index}`, pattern);
  const added = performance.now();
  set.matches(events[0] ?? '{}');
  const after = heapBytes();

  const own: Turn[] = [];
  const theirs: Turn[] = [];
  for (let turn = 0; turn < warmUpTurns; turn += 1) {
    runTurn(set, events);
    await rulerTurn();
  }
  for (let round = 0; round < rounds; round += 1) {
    own.push(runTurn(set, events));
    theirs.push(await rulerTurn());
  }
  const measurement: Measurement = {
    workload: workload.name,
    rules,
    eventBytes: Math.round(events.join('').length / events.length),
    node: process.versions.node,
    java,
    ours: side(own, (after - before) / rules, ((added - started) * 1000) / rules),
    ruler: side(
      theirs,
      (heapAfter - heapBefore) / rules,
      addTimes.reduce((sum, time) => sum + Number(time), 0) / rules / 1000,
    ),
  };
  measurements.push(measurement);
  print(measurement);
}

interface Turn {
  readonly eventsPerSecond: number;
  readonly eventsPerCpuSecond: number;
  readonly matchesPerEvent: number;
}

function runTurn(set: RuleSet, events: readonly string[]): Turn {
  const cpuStart = process.cpuUsage();
  const start = performance.now();
  let count = 0;
  let matched = 0;
  while (performance.now() - start < milliseconds) {
    for (let turn = 0; turn < 64; turn += 1) {
      matched += set.matches(events[count % events.length] ?? '{}').length;
      count += 1;
    }
  }
  const { user, system } = process.cpuUsage(cpuStart);
  return {
    eventsPerSecond: (count * 1000) / (performance.now() - start),
    eventsPerCpuSecond: (count * 1e6) / (user + system),
    matchesPerEvent: matched / count,
  };
}

async function rulerTurn(): Promise<Turn> {
  const [answer = ''] = await ruler.ask([['bench', String(milliseconds)]]);
  const [count = 0, nanoseconds = 1, matched = 0, cpuNanoseconds = 1] = answer.split('\t').map(Number);
  return {
    eventsPerSecond: (count * 1e9) / nanoseconds,
    eventsPerCpuSecond: (count * 1e9) / cpuNanoseconds,
    matchesPerEvent: matched / count,
  };
}

function side(turns: readonly Turn[], bytesPerRule: number, addMicroseconds: number): Side {
  return {
    eventsPerSecond: Math.round(median(turns.map((turn) => turn.eventsPerSecond))),
    eventsPerCpuSecond: Math.round(median(turns.map((turn) => turn.eventsPerCpuSecond))),
    bytesPerRule: Math.round(bytesPerRule),
    addMicroseconds: Math.round(addMicroseconds * 10) / 10,
    matchesPerEvent: Math.round(median(turns.map((turn) => turn.matchesPerEvent)) * 100) / 100,
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function heapBytes(): number {
  for (let turn = 0; turn < 4; turn += 1) globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

function print({ workload, rules, eventBytes, ours, ruler: theirs }: Measurement): void {
  const ratio = (ours.eventsPerCpuSecond / theirs.eventsPerCpuSecond).toFixed(2);
  console.log(
    `${workload} ${rules} rules, ${eventBytes} B events: ours ${ours.eventsPerSecond}/s ruler ${theirs.eventsPerSecond}/s, per CPU second ${ours.eventsPerCpuSecond} ${theirs.eventsPerCpuSecond} (${ratio}) · ` +
      `bytes/rule ${ours.bytesPerRule} ${theirs.bytesPerRule} · add ${ours.addMicroseconds} ${theirs.addMicroseconds} µs · ` +
      `matches ${ours.matchesPerEvent} ${theirs.matchesPerEvent}`,
  );
}
