import { expect, test } from 'vitest';
import { exactMapping } from 'parallax-translator/mappings';
import type { SubjectMapping } from 'parallax-translator/mappings';
import { ChanceError } from '#core';
import type { Scenario } from '#core';
import { mappedProfile } from '../backends/aws/profile-mapped.ts';
import { createEmbeddedTarget } from '../targets/embedded.ts';
import { explore } from './explore.ts';
import { subjectsOf } from './subjects.ts';
import { play } from './trial.ts';
import type { Subject } from './trial.ts';

const signal = new AbortController().signal;
const options = {
  seed: 1,
  schedules: 1,
  strategies: ['uniform'],
  part: 0,
  parts: 1,
  signal,
  goOn: () => true,
} as const;

async function subjectWith(run: Scenario['run']): Promise<Subject> {
  const [subject] = await subjectsOf({ patterns: ['publish/order'], profiles: ['exact'] });
  if (subject === undefined) throw new Error('no scenario');
  const { loaded } = subject;
  return { ...subject, loaded: { ...loaded, scenario: { ...loaded.scenario, run } } };
}

test('explore - a schedule that does not repeat is an error that names where two runs part', async () => {
  let plays = 0;
  const subject = await subjectWith(async ({ open, subject: named }) => {
    plays += 1;
    const publisher = await open('publisher');
    await publisher.publish({ subject: named('work', 'first') });
    for (let extra = 0; extra < plays; extra += 1) await publisher.publish({ subject: named('work', 'second') });
  });
  await expect(explore([subject], options)).rejects.toThrow(
    /^uncontrolled chance in 'publish\/order' \(exact\), seed \d+, uniform: two runs part at event 4: one had ended, the other 'invoke publish' of publisher at /,
  );
});

test('explore - an act that reads the clock of the machine is an error that names the call and its place', async () => {
  const subject = await subjectWith(async ({ open, subject: named }) => {
    const publisher = await open(`publisher-${Date.now()}`);
    await publisher.publish({ subject: named('work', 'orders') });
  });
  await expect(explore([subject], options)).rejects.toThrow(
    /^uncontrolled time or chance in 'publish\/order' \(exact\): a run reads Date\.now\(\) at .*chance\.test\.ts:\d+/,
  );
});

test('explore - so is a mapping that rolls dice, though the translator takes what it throws for a refusal', async () => {
  const [subject] = await subjectsOf({ patterns: ['publish/fan-out', 'publish/order'], profiles: ['mended'] });
  if (subject === undefined) throw new Error('no scenario');
  const mapping: SubjectMapping = {
    ...exactMapping,
    encode: (name) => {
      const entry = exactMapping.encode(name);
      return { ...entry, detail: { ...entry.detail, dice: Math.random() } };
    },
  };
  const mapped = {
    ...subject,
    profile: 'mapping',
    target: createEmbeddedTarget({ mapping }),
    capabilities: mappedProfile,
  };
  const { parameters } = { parameters: subject.loaded.scenario.small };
  const run = play(mapped, { seed: 1, parameters }, { signal });
  await expect(run).rejects.toThrow(ChanceError);
  await expect(run).rejects.toThrow(/a run reads Math\.random\(\) at .*encode.*chance\.test\.ts/);
});

test('explore - an act that never ends is bounded, and told with what waits for what', async () => {
  const subject = await subjectWith(async ({ open, subject: named, sleep }) => {
    const publisher = await open('publisher');
    await publisher.publish({ subject: named('work', 'orders') });
    for (;;) await sleep(1000);
  });
  const { failure } = await play(subject, { seed: 1, parameters: {} }, { signal });
  expect(failure).toMatch(/^the act did not end within \d+ steps of the virtual clock; waiting: scenario for 1 s more/);
});

test('explore - an act that waits for nothing is told with what is outstanding', async () => {
  const subject = await subjectWith(async ({ open }) => {
    await open('publisher');
    await new Promise(() => undefined);
  });
  const { failure } = await play(subject, { seed: 1, parameters: {} }, { signal });
  expect(failure).toBe('nothing is due and the act has not ended');
});
