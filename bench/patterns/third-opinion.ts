// Asks the TestEventPattern of another EventBridge, LocalStack's for instance, about generated pairs.
//   docker run -d --rm -p 127.0.0.1:4580:4566 localstack/localstack:4.14.0
//   npx node bench/patterns/third-opinion.ts --url http://127.0.0.1:4580 [--pairs N] [--seed N] [--show N]
import { parseArgs } from 'node:util';
import { EventBridgeClient, TestEventPatternCommand } from '@aws-sdk/client-eventbridge';
import { InvalidPatternError, matchesPattern } from '../../emulator/src/patterns/index.ts';
import { seededRandom } from '../../harness/core/random.ts';
import { createPairSource } from './generate-pairs.ts';
import { startRuler } from './ruler.ts';

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://127.0.0.1:4566' },
    pairs: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '3' },
    show: { type: 'string', default: '20' },
  },
});

const client = new EventBridgeClient({
  endpoint: values.url,
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});
const source = createPairSource(seededRandom(Number(values.seed)));
const envelope =
  '"id":"1","source":"s","detail-type":"t","account":"123456789012","region":"r","time":"2026-01-01T00:00:00Z"';
const tally = { same: 0, 'ours and ruler': 0, 'third and ruler': 0, 'ours and third': 0, none: 0 };
const shown: string[] = [];

await using ruler = await startRuler();
for (let pair = 0; pair < Number(values.pairs); pair += 1) {
  const pattern = source.pattern();
  const event = `{${envelope},${source.event().slice(1)}`;
  const ours = answer(pattern, event);
  const third = await ask(pattern, event);
  const [line = ''] = await ruler.ask([['match', pattern, event]]);
  const theirs = line.startsWith('error ') ? 'e' : line;
  const verdict = agreement(ours, theirs, third);
  tally[verdict] += 1;
  if (verdict !== 'same')
    shown.push(`${pattern}  ${event.slice(envelope.length + 2)}  ours ${ours} ruler ${theirs} third ${third}`);
}
console.log(JSON.stringify(tally));
for (const line of shown.sort((a, b) => a.length - b.length).slice(0, Number(values.show))) console.log(line);

function agreement(ours: string, theirs: string, third: string): keyof typeof tally {
  if (ours === theirs) return ours === third ? 'same' : 'ours and ruler';
  if (theirs === third) return 'third and ruler';
  return ours === third ? 'ours and third' : 'none';
}

function answer(pattern: string, event: string): string {
  try {
    return matchesPattern(pattern, event) ? 't' : 'f';
  } catch (error) {
    return error instanceof InvalidPatternError ? 'e' : String(error);
  }
}

async function ask(EventPattern: string, Event: string): Promise<string> {
  try {
    const { Result } = await client.send(new TestEventPatternCommand({ EventPattern, Event }));
    return Result === true ? 't' : 'f';
  } catch (error) {
    return error instanceof Error && error.name === 'InvalidEventPatternException' ? 'e' : String(error);
  }
}
