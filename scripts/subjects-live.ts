/**
 * Holds the reference matcher to a live nats-server: grammar with errors and silent discards, all pairs of filters and
 * subjects up to five tokens over the alphabet that distinguishes them, and a million random pairs. Exits 1 on any
 * difference.
 */
import { connect as connectSocket } from 'node:net';
import type { Socket } from 'node:net';
import { filterMatches, patternOf, seededRandom, subjectOf } from '#core';
import { startNats } from '../fixtures/nats-server.ts';
import { compileFilters } from '../harness/subjects/filter-index.ts';
import { controlLineBytesMax, fateOfPublish, fateOfSubscribe } from '../harness/subjects/grammar.ts';

const account = 'subjects';
const connectionsMax = 4;
const differencesShown = 20;

interface Wire extends AsyncDisposable {
  /** Sends text and returns all lines until the answer to a PING sent after it; `closed` where none comes. */
  readonly ask: (text: string) => Promise<{ readonly lines: readonly string[]; readonly closed: boolean }>;
}

function openWire({ url, password }: { readonly url: string; readonly password: string }): Wire {
  const { hostname, port } = new URL(url);
  const socket: Socket = connectSocket(Number(port), hostname);
  let rest = '';
  let lines: string[] = [];
  let closed = false;
  let asked = Promise.withResolvers<void>();
  socket.setEncoding('latin1');
  socket.on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\r\n');
    rest = parts.pop() ?? '';
    for (const line of parts) {
      if (line === 'PONG') asked.resolve();
      else if (!line.startsWith('INFO ')) lines.push(line);
    }
  });
  socket.on('close', () => {
    closed = true;
    asked.resolve();
  });
  socket.on('error', () => undefined);
  const options = {
    verbose: false,
    pedantic: false,
    headers: true,
    no_responders: true,
    user: account,
    pass: password,
  };
  socket.write(`CONNECT ${JSON.stringify(options)}\r\n`);
  return {
    async ask(text) {
      asked = Promise.withResolvers<void>();
      socket.write(Buffer.from(`${text}PING\r\n`, 'utf8'));
      if (!closed) await asked.promise;
      const answer = { lines, closed };
      lines = [];
      return answer;
    },
    [Symbol.asyncDispose]: () => {
      socket.destroy();
      return Promise.resolve();
    },
  };
}

/** A decimal text that no subject or filter holds tells one message from another. */
function publish(subject: string, id: number): string {
  const payload = String(id);
  return `PUB ${subject} ${payload.length}\r\n${payload}\r\n`;
}

interface Tally {
  pairs: number;
  matches: number;
  readonly differences: string[];
}

/** Every filter subscribed once, spread over few connections; every subject published once. */
async function comparePairs(
  wires: readonly Wire[],
  filters: readonly string[],
  subjects: readonly string[],
  tally: Tally,
): Promise<void> {
  const taken = filters.filter((filter) => fateOfSubscribe(filter).kind === 'routed');
  for (const [share, wire] of wires.entries()) {
    const own = taken.flatMap((filter, sid) => (sid % wires.length === share ? [`SUB ${filter} ${sid}\r\n`] : []));
    const { lines } = await wire.ask(own.join(''));
    for (const line of lines) tally.differences.push(`a filter the reference takes: ${line}`);
  }
  const [publisher] = wires;
  if (publisher === undefined) return;
  const seen = subjects.map(() => new Set<number>());
  const collect = (lines: readonly string[]): void => {
    for (let at = 0; at < lines.length; at += 2) {
      const [verb, , sid] = (lines[at] ?? '').split(' ');
      if (verb !== 'MSG') tally.differences.push(`unexpected line ${lines[at]}`);
      seen[Number(lines[at + 1])]?.add(Number(sid));
    }
  };
  collect((await publisher.ask(subjects.map(publish).join(''))).lines);
  for (const wire of wires) collect((await wire.ask('')).lines);

  const index = compileFilters(taken);
  for (const [at, subject] of subjects.entries()) {
    const live = seen[at] ?? new Set();
    const routed = fateOfPublish(subject).kind === 'routed';
    const compiled = new Set(index.match(subject));
    for (const [sid, filter] of taken.entries()) {
      const expected = routed && filterMatches(patternOf(filter), subjectOf(subject));
      if (expected !== live.has(sid) || expected !== compiled.has(sid))
        tally.differences.push(
          `filter '${filter}', subject '${subject}': live ${live.has(sid)}, reference ${expected}`,
        );
    }
    tally.matches += live.size;
  }
  tally.pairs += taken.length * subjects.length;
  for (const wire of wires) await wire.ask(taken.map((_, sid) => `UNSUB ${sid}\r\n`).join(''));
}

/** All texts of one to `tokensMax` tokens. */
function allTexts(alphabet: readonly string[], tokensMax: number): readonly string[] {
  let layer: readonly string[] = alphabet;
  const texts = [...layer];
  for (let tokens = 2; tokens <= tokensMax; tokens += 1) {
    layer = layer.flatMap((text) => alphabet.map((token) => `${text}.${token}`));
    texts.push(...layer);
  }
  return texts.filter((text) => text !== '');
}

/** Tokens are few, so that random filters do match; lengths go to twelve. */
function randomTexts(count: number, random: () => number, wild: number): readonly string[] {
  const literals = ['a', 'b', 'A', 'é', 'work', '$SYS', '_INBOX', 'a*', '>a', '\u0001', 'x-y', '%20'];
  return Array.from({ length: count }, () => {
    const length = 1 + Math.floor(random() ** 2 * 12);
    const tokens = Array.from({ length }, (_, at) => {
      const chance = random();
      if (chance < wild) return '*';
      if (chance < wild * 1.5 && at === length - 1) return '>';
      return literals[Math.floor(random() ** 2 * literals.length)] ?? 'a';
    });
    return tokens.join('.');
  });
}

/** One connection each, because some of these end it. */
async function compareFates(access: { readonly url: string; readonly password: string }): Promise<readonly string[]> {
  const long = (bytes: number): string => 'x'.repeat(bytes - 2);
  const texts = [
    ...allTexts(['a', '*', '>', ''], 3),
    ...Array.from('\f\u000b\u0000\u007f\u0001é\u00a0').map((character) => `a${character}b`),
    'a*',
    '>a',
    'a.>b',
    '**',
    long(controlLineBytesMax),
    long(controlLineBytesMax + 1),
    Array.from({ length: 300 }, () => 'a').join('.'),
  ];
  const differences: string[] = [];
  for (const text of texts) {
    await using subscriber = openWire(access);
    const subscribed = await subscriber.ask(`SUB ${text} 1\r\n`);
    const refused = subscribed.lines.some((line) => line.startsWith("-ERR 'Invalid Subject'"));
    const taken = subscribed.closed ? 'closed' : refused ? 'refused' : 'routed';
    if (taken !== fateOfSubscribe(text).kind)
      differences.push(`SUB '${text.slice(0, 40)}': live ${taken}, reference ${fateOfSubscribe(text).kind}`);

    await using publisher = openWire(access);
    const answer = await publisher.ask(`SUB > 1\r\nPUB ${text} 0\r\n\r\n`);
    const sent = answer.closed
      ? 'closed'
      : answer.lines.some((line) => line.startsWith('MSG '))
        ? 'routed'
        : 'discarded';
    if (sent !== fateOfPublish(text).kind)
      differences.push(`PUB '${text.slice(0, 40)}': live ${sent}, reference ${fateOfPublish(text).kind}`);
    if (sent !== 'discarded') continue;
    const request = await publisher.ask(`UNSUB 1\r\nSUB reply 2\r\nPUB ${text} reply 0\r\n\r\n`);
    if (!request.lines.some((line) => line === 'NATS/1.0 503'))
      differences.push(`request to '${text}': no 503, got ${request.lines.join(' | ')}`);
  }
  return differences;
}

const started = performance.now();
const signal = AbortSignal.timeout(600_000);
await using server = await startNats({ accounts: [account], env: process.env, signal });
const access = { url: `nats://${server.access.servers}`, password: server.access.password ?? '' };
console.log(`nats-server ${server.access.version} from ${server.access.from}`);

const fates = await compareFates(access);
console.log(`fates of single subjects and filters: ${fates.length} differences`);

await using stack = new AsyncDisposableStack();
const wires = Array.from({ length: connectionsMax }, () => stack.use(openWire(access)));
const all: Tally = { pairs: 0, matches: 0, differences: [] };
const alphabet = allTexts(['a', 'b', '*', '>', ''], 5);
await comparePairs(wires, alphabet, alphabet, all);
console.log(`all up to five tokens: ${all.pairs} pairs, ${all.matches} matches, ${all.differences.length} differences`);

const random = seededRandom(7);
const chance: Tally = { pairs: 0, matches: 0, differences: [] };
while (chance.pairs < 1_000_000)
  await comparePairs(wires, [...new Set(randomTexts(300, random, 0.35))], randomTexts(250, random, 0.05), chance);
console.log(`random: ${chance.pairs} pairs, ${chance.matches} matches, ${chance.differences.length} differences`);

const differences = [...fates, ...all.differences, ...chance.differences];
for (const difference of differences.slice(0, differencesShown)) console.log(difference);
console.log(`${((performance.now() - started) / 1_000).toFixed(1)} s`);
process.exitCode = differences.length === 0 ? 0 : 1;
