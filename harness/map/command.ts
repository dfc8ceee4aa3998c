import { parseArgs } from 'node:util';
import { realClock, UsageError } from '#core';
import { diffMappings } from './diff.ts';
import { differencesText } from './diff-text.ts';
import { helpOf, overview } from './help.ts';
import type { MapIo } from './map-io.ts';
import { isMappingName } from './mapping-source.ts';
import { openMapping } from './open-mapping.ts';
import { oneByOne } from './one-by-one.ts';
import { planCommand } from './plan-command.ts';
import { decodeAnswer, encodeAnswer, matchAnswer, relationAnswer, ruleAnswer } from './translate.ts';
import type { NamedMapping } from './translate.ts';
import { verificationText } from './verify-text.ts';
import { verifyMapping } from './verify.ts';

/**
 * `parallax map …`. Resolves to the exit code: 0 as promised, 1 the mapping does not do what NATS does.
 *
 * @throws UsageError for what the user can mend.
 */
export async function runMap(argv: readonly string[], io: MapIo): Promise<number> {
  const [name, ...rest] = argv;
  if (name === undefined || name === '--help' || name === '-h') {
    io.write(overview());
    return name === undefined ? 64 : 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined)
    throw new UsageError(`map command '${name}' is unknown: expected one of ${Object.keys(commands).join(', ')}`);
  if (rest.includes('--help') || rest.includes('-h')) {
    io.write(helpOf(name));
    return 0;
  }
  return await command(parse(rest), io);
}

interface Arguments {
  readonly texts: readonly string[];
  readonly json: boolean;
  readonly profile: string | undefined;
  readonly mapping: string | undefined;
  readonly runs: number;
  readonly seed: number;
  readonly seconds: number;
  readonly html: string | undefined;
}

const commands: Readonly<Record<string, (options: Arguments, io: MapIo) => Promise<number>>> = {
  async encode(options, io) {
    await using mapping = await mappingOf(options);
    return await oneByOne(options.texts, io, { answer: (subject) => encodeAnswer(mapping, subject), what: 'subject' });
  },
  async decode(options, io) {
    await using mapping = await mappingOf(options);
    return await oneByOne(options.texts, io, { answer: (entry) => decodeAnswer(mapping, entry), what: 'entry' });
  },
  async rule(options, io) {
    await using mapping = await mappingOf(options);
    return await oneByOne(options.texts, io, {
      answer: (filter) => ruleAnswer(mapping, filter, options.json),
      what: 'filter',
    });
  },
  async match(options, io) {
    const [filter, ...subjects] = options.texts;
    if (filter === undefined) throw new UsageError('no filter was given: expected PATTERN and SUBJECT');
    await using mapping = await mappingOf(options);
    const answer = (subject: string) => matchAnswer(mapping, filter, subject, options.json);
    return await oneByOne(subjects, io, { answer, what: 'subject' });
  },
  async verify(options, io) {
    const [file] = options.texts;
    if (file !== undefined && options.profile !== undefined)
      throw new UsageError(`'${file}' and '--profile' were both given: expected one of them`);
    const { runs, seed, json } = options;
    const mapping = file ?? options.profile ?? 'exact';
    const limitMs = options.seconds * 1_000;
    const verification = await verifyMapping({ mapping, runs, seed, limitMs, clock: realClock });
    io.write(json ? `${JSON.stringify(verification, undefined, 2)}\n` : verificationText(verification));
    return verification.kept ? 0 : 1;
  },
  plan: ({ texts, json, html }, io) => planCommand(texts, { json, html }, io),
  async diff(options, io) {
    const [left, right] = options.texts;
    if (left === undefined || right === undefined) throw new UsageError('expected two mappings, filters or rules');
    if (isMappingName(left) && isMappingName(right)) return diffTwo(left, right, options, io);
    return oneByOne([right], io, { answer: (text) => relationAnswer(left, text, options.json), what: 'filter' });
  },
};

async function diffTwo(left: string, right: string, { json, seconds }: Arguments, io: MapIo): Promise<number> {
  await using a = await openMapping(left, { limitMs: seconds * 1_000, whole: true });
  await using b = await openMapping(right, { limitMs: seconds * 1_000, whole: true });
  const differences = diffMappings(a.mapping, b.mapping);
  if (json) io.write(`${JSON.stringify(differences, undefined, 2)}\n`);
  else if (differences.length === 0) io.write(`${left} and ${right} treat all small subjects and filters alike\n`);
  else io.write(differencesText(differences, { left, right }));
  return differences.length === 0 ? 0 : 1;
}

async function mappingOf({ profile, mapping, seconds }: Arguments): Promise<NamedMapping & AsyncDisposable> {
  const name = mapping ?? profile ?? 'exact';
  return { name, ...(await openMapping(name, { limitMs: seconds * 1_000 })) };
}

function parse(argv: readonly string[]): Arguments {
  const { values, positionals } = parseOptions(argv);
  return {
    texts: positionals,
    json: values.json === true,
    profile: values.profile,
    mapping: values.mapping,
    runs: parseCount('--runs', values.runs ?? '1000'),
    seed: parseCount('--seed', values.seed ?? '1'),
    seconds: parseCount('--seconds', values.seconds ?? '30'),
    html: values.html,
  };
}

function parseOptions(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        profile: { type: 'string' },
        mapping: { type: 'string' },
        runs: { type: 'string' },
        seed: { type: 'string' },
        seconds: { type: 'string' },
        html: { type: 'string' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error), {
      cause: error,
    });
  }
}

function parseCount(name: string, value: string): number {
  if (!/^[1-9]\d{0,8}$/.test(value))
    throw new UsageError(`${name} '${value}' is not a number: expected 1 to 999999999`);
  return Number(value);
}
