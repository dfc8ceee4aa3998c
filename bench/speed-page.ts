/** What `bench:explore` measured: CPU time, and shares of a sampling profile. */
export interface SpeedFigures {
  readonly cores: number;
  readonly medianMs: number;
  readonly meanMs: number;
  readonly emptyMs: number;
  readonly clockStepMs: number;
  readonly doorCallMs: number;
  readonly shares: readonly (readonly [area: string, share: number])[];
}

/** Schedules a minute on two cores that exploring is to reach. */
const barRate = 100_000;

const areas: Readonly<Record<string, string>> = {
  clock: 'virtual clock and driver',
  door: 'the door: copies, validation, retries, chance',
  services: 'SQS, SNS, DynamoDB: what the operations do',
  translator: 'NATS on AWS',
  checkers: 'checkers and judge',
  harness: 'recorder, histories, scenarios',
  node: "Node's own code on nobody's behalf",
  'garbage collector': 'garbage collector',
};

/** `docs/speed.md`: where the time of a schedule goes. */
export function speedPage(figures: SpeedFigures): string {
  const { cores, medianMs, meanMs, emptyMs, clockStepMs, doorCallMs, shares } = figures;
  const rate = (cpuMs: number): string => Math.round((cores * 60_000) / cpuMs).toLocaleString('en');
  return `# Where the time goes

Written by \`npm run bench:explore -- --keep\`. One schedule is a world, an act with its \`small\` parameters in the profile
\`exact\`, every permission, its checkers and the fingerprint of its history; the figures are CPU time, medians over seeds, once
every act has been played sixty times.

| what | CPU | a minute on ${cores} cores |
| --- | ---: | ---: |
| a schedule, median over all scenarios | ${medianMs.toFixed(2)} ms | ${rate(medianMs)} |
| a schedule, mean over all scenarios | ${meanMs.toFixed(2)} ms | ${rate(meanMs)} |
| a schedule of an empty act | ${emptyMs.toFixed(2)} ms | ${rate(emptyMs)} |
| a step of the bare clock | ${(clockStepMs * 1000).toFixed(1)} µs | |
| a call through the bare door | ${(doorCallMs * 1000).toFixed(1)} µs | |

Of a schedule's time, by the innermost frame that is ours:

| part | share | CPU of a mean schedule |
| --- | ---: | ---: |
${shares.map(([area, share]) => `| ${areas[area] ?? area} | ${(100 * share).toFixed(1)} % | ${(share * meanMs).toFixed(2)} ms |`).join('\n')}

The bar is ${barRate.toLocaleString('en')} schedules a minute on 2 cores, ${((2 * 60_000) / barRate).toFixed(1)} ms each; the median schedule takes ${(medianMs / ((2 * 60_000) / barRate)).toFixed(1)} times
that. No single function takes more than a few percent of it: the time follows the number of AWS calls, each of which the
translator prepares, the door copies in and out, and a service carries out. A call less is worth more than
a faster call.

How many AWS calls a schedule makes says \`npm run bench:calls\`; the recorder beside the bare NATS client
\`npm run bench:recorder\`; a million events judged \`npm run bench:checkers\`.
`;
}
