import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GrowthSeries } from './growth-chart.ts';
import type { HttpRow } from './http/http-row.ts';
import type { MemoryRow } from './memory-row.ts';

/** npm run bench:page: writes docs/bench.md from bench/measured/*.json. */
interface Measured {
  readonly machine: string;
  readonly measuredOn: string;
  /** The load average over five minutes at the end. */
  readonly load: number;
}
const http: Measured & {
  rounds: number;
  roundMs: number;
  versions: Record<string, string>;
  shortcuts?: Record<string, readonly string[]>;
  rows: HttpRow[];
} = await measured('http');
const memory = await measured<Measured & { rows: MemoryRow[] }>('memory').catch(() => undefined);
const startUp = await measured<Measured & { rows: { name: string; ms: number }[] }>('start-up').catch(() => undefined);
const growth = await measured<Measured & { series: GrowthSeries[] }>('growth').catch(() => undefined);
const notMeasured = 'Not measured yet.';
const names = Object.keys(http.versions).filter((name) => name !== 'floor');

await writeFile(
  join(import.meta.dirname, '../docs/bench.md'),
  `# The emulator beside a floor and its peers

Written by \`npm run dist\` and \`npx parallax bench http start-up memory growth page -- --keep\`; before the first time,
\`npm run bench:http -- --install-peers\`. Measured on ${http.measuredOn} on ${http.machine}; the load average was ${http.load}.
${http.load > 3 ? 'Others used it at the same time: a turn says little, and a row may turn round in the next run. ' : ''}CPU an act says more than a rate, and includes what a server still compiles.

${Object.entries(http.versions)
  .map(([name, version]) => `${name} ${version}`)
  .join(
    ', ',
  )}. The floor reads each request whole and answers with what the emulator had answered, on the same Node and its
own HTTP module. DynamoDB Local is Maven's \`software.amazon.dynamodb:DynamoDBLocal\`. MiniStack and moto invoke functions in
containers or processes of their own.

## Rates

A cell is acts a second (share of the floor's in the same turn), p50 and p99 in ms, and the server's CPU in µs an act: the
median of ${http.rounds} turns of ${http.roundMs} ms. An empty cell: it does not speak the service. moto and LocalStack get one turn of at
most 64 acts, without warming up; "refused" is what failed, or did not
end within 10 s (others: 60 s).

${[1, 32].flatMap((lanes) => ['SDK', 'raw'].map((mode) => table(mode, lanes))).join('\n')}
## Beside the floor with the SDK, 32 in flight, single items

The bar is 90 %. The last column is the client's CPU and the floor's over the client's and ours: what the share would be on one
core, and a guess at it where the machine was busy.

| act | share of the floor's rate | server CPU, floor's beside ours, µs | client's CPU, µs | share by CPU |
|---|---|---|---|---|
${http.rows
  .filter((row) => row.isSingleItem && row.mode === 'SDK' && row.lanes === 32)
  .map(besideFloor)
  .join('\n')}

## Where the emulator is not ahead

A line ends with why, as far as the figures say it.

${behind().join('\n')}

### What they do not do

Found by a call each, before the rates were measured:

${leftOut().join('\n')}

Parallax holds each input against AWS's model and the service's own rules, asks a queue's policy, and signs: a notification
when a queue's message is first received, so that Publish does not wait for it and a receive does.

## From process start to the first answered call

${startUp?.rows.map(({ name, ms }) => `- ${name}: ${ms} ms`).join('\n') ?? notMeasured}

The packed emulator; the first line is a Node process that does nothing.

## Resident memory, MB

${memory === undefined ? notMeasured : memoryTable(memory.rows)}

## Growth

Server CPU in µs an act, presigned raw HTTP, 32 in flight, by how much there is:

${growth === undefined ? notMeasured : growthLines(growth.series)}
`,
);

function table(mode: string, lanes: number): string {
  const columns = ['floor', ...names];
  const rows = http.rows
    .filter((row) => row.mode === mode && row.lanes === lanes)
    .map((row) => `| ${row.workload} | ${columns.map((name) => cell(row, name)).join(' | ')} |`);
  return `### ${mode === 'SDK' ? 'With the SDK' : 'Presigned raw HTTP'}, ${lanes} in flight

| act | ${columns.join(' | ')} |
|---|${columns.map(() => '---').join('|')}|
${rows.join('\n')}
`;
}

function cell({ figures, failures }: HttpRow, name: string): string {
  const each = figures[name];
  if (each === undefined) return failures[name] === undefined ? '' : 'refused';
  const { actsPerSecond, ofFloor, p50Ms, p99Ms, cpuUs } = each;
  const share = name === 'floor' ? '' : ` (${Math.round(ofFloor * 100)} %)`;
  return `${Math.round(actsPerSecond).toLocaleString('en')}${share}; ${p50Ms.toFixed(2)}, ${p99Ms.toFixed(2)}; ${Math.round(cpuUs)}`;
}

function besideFloor({ workload, figures: { floor, parallax } }: HttpRow): string {
  if (floor === undefined || parallax === undefined) return `| ${workload} | | | | |`;
  const share = (parallax.clientCpuUs + floor.cpuUs) / (parallax.clientCpuUs + parallax.cpuUs);
  const cpu = `${Math.round(floor.cpuUs)} beside ${Math.round(parallax.cpuUs)}`;
  return `| ${workload} | ${Math.round(parallax.ofFloor * 100)} % | ${cpu} | ${Math.round(parallax.clientCpuUs)} | ${Math.round(share * 100)} % |`;
}

function memoryTable(rows: readonly MemoryRow[]): string {
  return `Peers get a fiftieth of the messages, moto and LocalStack what they take in 10 s.

| server | fresh | after messages went through | at rest |
|---|---|---|---|
${rows
  .map(
    ({ name, freshMb, atRest, atRestMb, afterMb, through }) =>
      `| ${name} | ${freshMb} | ${afterMb} after ${through.toLocaleString('en')} (${(afterMb / freshMb).toFixed(1)} times fresh) | ${atRestMb} with ${atRest.toLocaleString('en')} |`,
  )
  .join('\n')}`;
}

function growthLines(series: readonly GrowthSeries[]): string {
  const lines = series.map(({ name, points }) => {
    const costs = points.map(({ size, cpuUs }) => `${size.toLocaleString('en')}: ${Math.round(cpuUs)}`);
    return `- ${name}: ${costs.join(', ')}`;
  });
  return `${lines.join('\n')}\n\n![Server CPU an act by size](bench-growth.svg)`;
}

/** Rows in which a peer had a higher rate, with its CPU beside ours. */
function behind(): readonly string[] {
  const lines = http.rows.flatMap(({ workload, mode, lanes, figures }) => {
    const ours = figures['parallax'];
    if (ours === undefined) return [`- ${workload}, ${mode}, ${lanes} in flight: no figures of ours`];
    return names
      .filter((name) => (figures[name]?.actsPerSecond ?? 0) > ours.actsPerSecond)
      .map((name) => {
        const ratio = ours.actsPerSecond / (figures[name]?.actsPerSecond ?? Number.NaN);
        const theirs = figures[name]?.cpuUs ?? Number.NaN;
        const cpu = `CPU ${Math.round(ours.cpuUs)} µs beside ${Math.round(theirs)} µs`;
        return `- ${workload}, ${mode}, ${lanes} in flight: ${ratio.toFixed(2)} of ${name}'s rate; ${cpu}: ${whyBehind(name, ours.cpuUs, theirs)}`;
      });
  });
  const refused = new Set(
    http.rows.flatMap(({ workload, failures }) =>
      Object.entries(failures).map(([name, why]) => `- ${workload}: ${name} has no figures: \`${why}\``),
    ),
  );
  return [...(lines.length === 0 ? ['Nowhere.'] : lines), ...refused];
}

function whyBehind(name: string, oursUs: number, theirsUs: number): string {
  if (oursUs <= theirsUs) return 'not for what the server does, which costs less';
  return (http.shortcuts?.[name] ?? []).length > 0 ? 'it does less (below)' : 'it does less work a call';
}

/** By peer, what a call found that it leaves out. */
function leftOut(): readonly string[] {
  return names.flatMap((name) => {
    const found = http.shortcuts?.[name] ?? [];
    return found.length === 0 ? [] : [`- ${name} ${found.join('; ')}.`];
  });
}

async function measured<T>(name: string): Promise<T> {
  return JSON.parse(await readFile(join(import.meta.dirname, `measured/${name}.json`), 'utf8'));
}
