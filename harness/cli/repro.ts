import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { isPermissionId, permissions } from 'parallax-emulator';
import { hashText, realClock, UsageError } from '#core';
import { CapsuleVersionError, readCapsule } from '../explore/capsule.ts';
import type { Capsule } from '../explore/capsule.ts';
import { replay, subjectOf } from '../explore/replay.ts';
import type { Replay } from '../explore/replay.ts';
import { digestOf } from '../explore/trial.ts';
import { defaultOptions, parseTarget } from '../options.ts';
import { wholeStory } from '../report/evidence.ts';
import type { Story } from '../report/story.ts';
import { renderStoryHtml } from '../report/story-html.ts';
import { renderStoryText } from '../report/story-text.ts';
import { urlTarget } from '../targets/url.ts';
import { startAws } from '../vitest/aws-place.ts';
import type { Command } from './command.ts';
import { interruptible } from './interruptible.ts';

export const repro: Command = {
  help: `usage: parallax repro CAPSULE [options]

Replays a capsule that 'parallax explore' wrote: its choices alone, no seed. Prints the story as lanes, what broke, and
the AWS sentence that permits it.

  --target embedded|localstack|URL   where AWS stands (embedded); elsewhere choices are made around the client
  --html FILE                        write the story as a page too
  --json                             print what became of it as JSON

exit: 0 the gap is gone, 1 it is there, 2 the capsule no longer fits the code or the target, 64 usage
example: parallax repro fixtures/capsules/QG-001-design-exclusive-delivery-duplicated.json --html story.html
`,
  run: (argv) => interruptible((signal) => main(argv, signal)),
};

async function main(argv: readonly string[], signal: AbortSignal): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: { target: { type: 'string', default: 'embedded' }, html: { type: 'string' }, json: { type: 'boolean' } },
  });
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0)
    throw new UsageError(`${positionals.length} capsules were given: expected one`);
  const where = parseTarget(values.target);
  let capsule: Capsule;
  try {
    capsule = await readCapsule(file);
  } catch (error) {
    if (!(error instanceof CapsuleVersionError)) throw error;
    process.stdout.write(`${error.message}\n`);
    return exitCodes.unfit;
  }
  await using stack = new AsyncDisposableStack();
  const outside = where === 'embedded' ? undefined : await outsideTarget(where, stack, signal);
  const result = await replay(capsule, { signal, ...(outside === undefined ? {} : { target: outside }) });
  const target = outside?.target.name ?? 'embedded';
  const story = result.state === 'unfit' ? undefined : await storyOf({ capsule, file, result, target, where });
  if (values.html !== undefined && story !== undefined) await writePage(values.html, renderStoryHtml(story));
  const unfit = `${capsule.row} ${capsule.profile} (${capsule.scenario}): the capsule does not fit: `;
  if (values.json === true) process.stdout.write(`${JSON.stringify(jsonOf(result), null, 2)}\n`);
  else if (story !== undefined) process.stdout.write(renderStoryText(story, { width: process.stdout.columns ?? 120 }));
  else if (result.state === 'unfit') process.stdout.write(`${unfit}${result.reason}\n`);
  return exitCodes[result.state];
}

const exitCodes = { there: 1, gone: 0, unfit: 2 } as const satisfies Record<Replay['state'], number>;

/** What answers there, with an account for this replay alone. */
async function outsideTarget(where: string, stack: AsyncDisposableStack, signal: AbortSignal) {
  const place = await startAws({ stack, options: { ...defaultOptions, target: where }, signal });
  if (place.kind !== 'url') {
    throw new UsageError(`target '${where}' is not to be had: ${place.kind === 'none' ? place.reason : place.name}`);
  }
  return { target: urlTarget(place), seed: hashText(`${realClock.epochMs()} ${process.pid}`) };
}

async function writePage(file: string, page: string): Promise<void> {
  try {
    await writeFile(file, page);
  } catch (error) {
    throw new UsageError(`page '${file}' cannot be written: expected a path in a folder that is there`, {
      cause: error,
    });
  }
}

function jsonOf(result: Replay) {
  if (result.state === 'unfit') return result;
  const { trial, ...rest } = result;
  return { ...rest, digest: digestOf(trial.history), choices: trial.choices };
}

async function storyOf({
  capsule,
  file,
  result,
  target,
  where,
}: {
  readonly capsule: Capsule;
  readonly file: string;
  readonly result: Exclude<Replay, { readonly state: 'unfit' }>;
  readonly target: string;
  readonly where: string;
}): Promise<Story> {
  const { row, profile, scenario, checker, parameters, without } = capsule;
  const subject = await subjectOf(capsule);
  const definition = typeof subject === 'string' ? undefined : subject.loaded.scenario;
  const anomaly = result.state === 'there' ? result.finding.anomaly : capsule.anomaly;
  return {
    row,
    profile,
    scenario,
    target,
    title: definition?.title ?? scenario,
    source: definition?.rows.find(({ id }) => id === row)?.source ?? '',
    isThere: result.state === 'there',
    evidence: wholeStory(result.trial.history, checker, anomaly),
    choices: capsule.choices.map((choice) =>
      isPermissionId(choice.point) ? { ...choice, permission: permissions[choice.point] } : choice,
    ),
    parameters,
    without,
    note: noteOf(result, target),
    repeat: `npx parallax repro ${file}${where === 'embedded' ? '' : ` --target ${where}`}`,
  };
}

function noteOf(result: Replay, target: string): string {
  if (result.state !== 'there') return 'nothing of its kind was found in this run';
  if (target !== 'embedded') return `the same kind of gap on ${target}`;
  return result.identical
    ? 'the same events as in the capsule, byte for byte'
    : 'other events than in the capsule, the same kind of gap';
}
