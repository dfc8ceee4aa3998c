import { shorten, visible } from '../report/visible.ts';
import type { Counterexample } from './laws.ts';
import type { CheckedLaw, Verification } from './verify.ts';

const textCharactersMax = 400;

/** The laws one a line, and under a broken one its counterexample with both matchers' answers. */
export function verificationText({ mapping, laws, proof, runs, seed }: Verification): string {
  const kept = laws.filter((law) => law.kept).length;
  const width = Math.max(...laws.map(({ name }) => name.length));
  return [
    `${visible(mapping)}: ${kept} of ${laws.length} laws kept (${runs} random cases a law, seed ${seed})`,
    ...laws.map((law) => lawText(law, width)),
    ...(proof === undefined ? [] : [proofText(proof)]),
    '',
  ].join('\n');
}

function lawText({ name, promise, kept, tried, unmappable, counterexample }: CheckedLaw, width: number): string {
  const left = unmappable === 0 ? '' : `, ${unmappable.toLocaleString('en')} not mappable`;
  const head = `  ${kept ? '✓' : '✕'} ${name.padEnd(width)}  ${promise} (${tried.toLocaleString('en')} cases${left})`;
  return counterexample === undefined ? head : [head, ...counterexampleLines(counterexample)].join('\n');
}

function counterexampleLines({
  message,
  subject,
  other,
  filter,
  entry,
  rule,
  byNats,
  byRule,
}: Counterexample): readonly string[] {
  const fields: readonly (readonly [string, unknown])[] = [
    ['subject', subject],
    ['other', other],
    ['filter', filter],
    ['entry', entry],
    ['rule', rule],
    ['NATS', byNats === undefined ? undefined : byNats ? 'match' : 'no match'],
    ['the rule', byRule === undefined ? undefined : byRule ? 'match' : 'no match'],
  ];
  const lines = fields.flatMap(([name, value]) => {
    if (value === undefined) return [];
    return [`      ${name.padEnd(8)}  ${brief(typeof value === 'string' ? value : JSON.stringify(value))}`];
  });
  return [`      ${brief(message)}`, ...lines];
}

function brief(text: string): string {
  return shorten(visible(text), textCharactersMax);
}

function proofText({ filters, difference }: NonNullable<Verification['proof']>): string {
  if (difference === undefined) return `  ${filters} filters proven over all subjects: each rule is exactly its filter`;
  const { filter, subject } = difference;
  return `  ✕ the rule of '${visible(filter)}' is not the filter: they differ first on '${visible(subject)}'`;
}
