// Compares the pattern engine with aws/event-ruler on generated pairs.
//   npx node bench/patterns/compare-with-ruler.ts [--pairs N] [--seed N]
// Needs a JDK and Maven; the jar comes from Maven Central.
import { parseArgs } from 'node:util';
import { seededRandom } from '../../harness/core/random.ts';
import { InvalidPatternError, matchesPattern, validatePattern } from '../../emulator/src/patterns/index.ts';
import { createPairSource } from './generate-pairs.ts';
import { startRuler } from './ruler.ts';
import type { Ruler } from './ruler.ts';

const { values } = parseArgs({
  options: { pairs: { type: 'string' }, seed: { type: 'string' }, show: { type: 'string' } },
});
const pairs = Number(values.pairs ?? 1_000_000);
const eventsPerPattern = 20;
const source = createPairSource(seededRandom(Number(values.seed ?? 1)));
const shown = Number(values.show ?? 20);

interface Tally {
  compared: number;
  matched: number;
  readonly differences: string[];
}

await using ruler = await startRuler();
const matching = await compareMatching(ruler);
const errors = await compareErrors(ruler);
report('pairs', matching);
report('broken patterns', errors);

async function compareMatching(ruler: Ruler): Promise<Tally> {
  const tally: Tally = { compared: 0, matched: 0, differences: [] };
  while (tally.compared < pairs) {
    const batch = Array.from({ length: 500 }, () => ({
      pattern: source.pattern(),
      events: Array.from({ length: eventsPerPattern }, source.event),
    }));
    const answers = await ruler.ask(batch.map(({ pattern, events }) => ['match', pattern, ...events]));
    for (const [index, { pattern, events }] of batch.entries()) {
      // event-ruler leaves the limit of complexity to the service.
      if (problem(pattern).startsWith('Rule is too complex')) continue;
      const theirs = answers[index] ?? '';
      const ours = events.map((event) => answer(pattern, event));
      for (const [at, own] of ours.entries()) {
        const their = theirs.startsWith('error ') ? 'e' : theirs.charAt(at);
        tally.compared += 1;
        if (own === 't') tally.matched += 1;
        if (own !== their)
          tally.differences.push(`${pattern}  ${events[at]}  ours ${own} ruler ${their} ${theirs.slice(0, 200)}`);
      }
    }
  }
  return tally;
}

function answer(pattern: string, event: string): string {
  try {
    return matchesPattern(pattern, event) ? 't' : 'f';
  } catch (error) {
    return error instanceof InvalidPatternError ? 'e' : String(error);
  }
}

async function compareErrors(ruler: Ruler): Promise<Tally> {
  const tally: Tally = { compared: 0, matched: 0, differences: [] };
  while (tally.compared < pairs / 10) {
    const batch = Array.from({ length: 1000 }, source.brokenPattern).filter((pattern) => !/[\t\n]/.test(pattern));
    const answers = await ruler.ask(batch.map((pattern) => ['check', pattern]));
    for (const [index, pattern] of batch.entries()) {
      const theirs = answers[index] ?? '';
      const ours = problem(pattern);
      tally.compared += 1;
      if (ours === 'ok') tally.matched += 1;
      if (ours !== theirs) tally.differences.push(`${pattern}\n    ours  ${ours}\n    ruler ${theirs}`);
    }
  }
  return tally;
}

function problem(pattern: string): string {
  try {
    validatePattern(pattern);
    return 'ok';
  } catch (error) {
    if (!(error instanceof InvalidPatternError)) return String(error);
    return error.reason
      .replaceAll('\\', '\\\\')
      .replaceAll('\n', '\\n')
      .replaceAll('\r', '\\r')
      .replaceAll('\t', '\\t');
  }
}

function report(what: string, { compared, matched, differences }: Tally): void {
  console.log(`${what}: ${compared} compared, ${matched} matched or accepted, ${differences.length} different`);
  const shortest = differences.sort((a, b) => a.length - b.length);
  for (const difference of shortest.slice(0, shown)) console.log(`  ${difference.slice(0, 400)}`);
  if (differences.length > 0) process.exitCode = 1;
}
