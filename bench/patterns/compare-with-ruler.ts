// Compares the pattern engine with aws/event-ruler on generated pairs, and the errors for broken patterns.
//   npx node bench/patterns/compare-with-ruler.ts [--pairs N] [--seed N] [--show N]
// Needs a JDK and Maven; the jar comes from Maven Central. Exits 1 on a difference that no row of known-differences.ts
// explains.
import { parseArgs } from 'node:util';
import { InvalidPatternError, matchesPattern, validatePattern } from '../../emulator/src/patterns/index.ts';
import { seededRandom } from '../../harness/core/random.ts';
import { createPairSource } from './generate-pairs.ts';
import { explainDifference, explainProblem, knownDifferences } from './known-differences.ts';
import { startRuler } from './ruler.ts';

const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    show: { type: 'string', default: '20' },
  },
});
const pairs = Number(values.pairs);
const eventsPerPattern = 20;
const source = createPairSource(seededRandom(Number(values.seed)));

interface Tally {
  compared: number;
  matched: number;
  readonly explained: Map<string, number>;
  readonly unexplained: string[];
}

await using ruler = await startRuler();
report('pairs', await compareMatching());
report('broken patterns', await compareErrors());
await checkKnownDifferences();

async function compareMatching(): Promise<Tally> {
  const tally: Tally = { compared: 0, matched: 0, explained: new Map(), unexplained: [] };
  while (tally.compared < pairs) {
    const batch = Array.from({ length: 500 }, () => ({
      pattern: source.pattern(),
      events: Array.from({ length: eventsPerPattern }, source.event),
    })).filter(({ pattern }) => !isTooComplex(pattern));
    const answers = await ruler.ask(batch.map(({ pattern, events }) => ['match', pattern, ...events]));
    for (const [index, { pattern, events }] of batch.entries()) {
      const theirs = answers[index] ?? '';
      for (const [at, event] of events.entries()) {
        const ours = answer(pattern, event);
        const their = theirs.startsWith('error ') ? 'e' : theirs.charAt(at);
        tally.compared += 1;
        if (ours === 't') tally.matched += 1;
        if (ours !== their) await note(tally, pattern, event, `ours ${ours} ruler ${their}`);
      }
    }
  }
  return tally;
}

async function note(tally: Tally, pattern: string, event: string, verdicts: string): Promise<void> {
  const [plain = ''] = await ruler.ask([['plain', pattern, event]]);
  const row = plain === answer(pattern, event) ? 'structured-finder' : explainDifference(pattern);
  if (row === undefined) tally.unexplained.push(`${pattern}  ${event}  ${verdicts}`);
  else count(tally, row);
}

function count({ explained }: Tally, row: string): void {
  explained.set(row, (explained.get(row) ?? 0) + 1);
}

function answer(pattern: string, event: string): string {
  try {
    return matchesPattern(pattern, event) ? 't' : 'f';
  } catch (error) {
    return error instanceof InvalidPatternError ? 'e' : String(error);
  }
}

async function compareErrors(): Promise<Tally> {
  const tally: Tally = { compared: 0, matched: 0, explained: new Map(), unexplained: [] };
  while (tally.compared < pairs / 10) {
    const batch = Array.from({ length: 1000 }, source.brokenPattern).filter((pattern) => !isTooComplex(pattern));
    const answers = await ruler.ask(batch.map((pattern) => ['check', pattern]));
    for (const [index, pattern] of batch.entries()) {
      const theirs = answers[index] ?? '';
      const ours = problemOf(pattern);
      tally.compared += 1;
      if (ours === 'ok') tally.matched += 1;
      if (ours === theirs) continue;
      const row = explainProblem(pattern, theirs);
      if (row === undefined) tally.unexplained.push(`${pattern}\n    ours  ${ours}\n    ruler ${theirs}`);
      else count(tally, row);
    }
  }
  return tally;
}

/** event-ruler leaves the limit of complexity to the service. */
function isTooComplex(pattern: string): boolean {
  return problemOf(pattern).startsWith('Rule is too complex');
}

function problemOf(pattern: string): string {
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

/** Each row still shows what it says, on both sides. */
async function checkKnownDifferences(): Promise<void> {
  for (const { id, pattern, event, ours, ruler: expected } of knownDifferences) {
    const [theirs = ''] = await ruler.ask([['match', pattern, event]]);
    const own = answer(pattern, event);
    if (own === ours && theirs.charAt(0) === expected) continue;
    console.log(`${id}: ours ${own}, ruler ${theirs}; expected ${ours} and ${expected}`);
    process.exitCode = 1;
  }
}

function report(what: string, { compared, matched, explained, unexplained }: Tally): void {
  console.log(`${what}: ${compared} compared, ${matched} matched or accepted`);
  for (const [row, count] of explained) console.log(`  ${count} explained by ${row}`);
  console.log(`  ${unexplained.length} not explained`);
  const shortest = unexplained.sort((a, b) => a.length - b.length).slice(0, Number(values.show));
  for (const difference of shortest) console.log(`  ${difference.slice(0, 600)}`);
  if (unexplained.length > 0) process.exitCode = 1;
}
