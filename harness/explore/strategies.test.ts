import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { range, UsageError } from '#core';
import type { Choice, Scenario } from '#core';
import { isExcused } from './excused.ts';
import { createStrategy, isStrategyName, portfolioOf, strategies } from './strategies.ts';
import { subjectsOf } from './subjects.ts';
import { play } from './trial.ts';

const signal = new AbortController().signal;

test('strategies - the portfolio is all of them, and an unknown name is refused', () => {
  expect(portfolioOf('portfolio')).toEqual(Object.keys(strategies));
  expect(portfolioOf('burst')).toEqual(['burst']);
  expect(() => portfolioOf('luck')).toThrow(UsageError);
});

test.each(Object.keys(strategies).filter(isStrategyName))('%s - the same seed gives the same run', async (strategy) => {
  const [subject] = await subjectsOf({ patterns: ['queue-group/exclusive-delivery'], profiles: ['mended'] });
  if (subject === undefined) throw new Error('no scenario');
  const { parameters } = { parameters: subject.loaded.scenario.small };
  const runs = [];
  for (const seed of [3, 3, 4]) runs.push(await play(subject, { seed, strategy, parameters }, { signal }));
  expect(runs.map(({ failure }) => failure)).toEqual([undefined, undefined, undefined]);
  expect(runs[1]?.history.events).toEqual(runs[0]?.history.events);
  expect(runs[2]?.choices).not.toEqual(runs[0]?.choices);
  const replayed = await play(subject, { seed: 0, replay: runs[0]?.choices ?? [], parameters }, { signal });
  expect(replayed.history.events).toEqual(runs[0]?.history.events);
});

test('in-flight - hot between a receive and its delete alone', () => {
  const strategy = createStrategy('in-flight', 1);
  if (strategy === undefined) throw new Error('none');
  const rate = (): number => strategy.rateOf('FAULT-internal', 0.02);
  const before = rate();
  strategy.answered('sqs.ReceiveMessage');
  const between = rate();
  strategy.answered('sqs.DeleteMessage');
  expect(between).toBeGreaterThan(before * 10);
  expect(rate()).toBe(before);
});

test('rule-change - hot for some calls after a change, and the change itself is late', () => {
  const strategy = createStrategy('rule-change', 1);
  if (strategy === undefined) throw new Error('none');
  expect(strategy.rateOf('ADV-EB-09', 0.1)).toBe(0.4);
  const before = strategy.rateOf('FAULT-internal', 0.02);
  strategy.answered('events.PutRule');
  for (let calls = 0; calls < 6; calls += 1) strategy.called('events.PutEvents');
  expect(strategy.rateOf('FAULT-internal', 0.02)).toBeGreaterThan(before);
  strategy.called('events.PutEvents');
  expect(strategy.rateOf('FAULT-internal', 0.02)).toBe(before);
});

test('operations that strategies name are operations of the emulator', () => {
  const text = readFileSync(new URL('./strategies.ts', import.meta.url), 'utf8');
  const named = [...text.matchAll(/'(sqs|sns|events|dynamodb|lambda)\.([A-Z]\w+)'/g)];
  expect(named.length).toBeGreaterThan(15);
  for (const [, service, operation = ''] of named) {
    const file = operation.replace(/(?!^)[A-Z]/g, '-$&').toLowerCase();
    const url = new URL(`../../emulator/src/${service}/operations/${file}.ts`, import.meta.url);
    expect(readFileSync(url, 'utf8')).toContain('handle');
  }
});

test('processes - excused is what NATS would have shown too', () => {
  const paused = [{ point: 'PROC-pause' }];
  const killed = [{ point: 'PROC-restart' }];
  const [delivery, deadline] = [{ requires: ['delivery'] }, { requires: ['request-deadline'] }] as const;
  expect(isExcused(delivery, 'lost', killed)).toBe(true);
  expect(isExcused(delivery, 'duplicated', killed)).toBe(false);
  expect(isExcused(delivery, 'lost', paused)).toBe(false);
  expect(isExcused(deadline, 'overdue', paused)).toBe(true);
  expect(isExcused(deadline, 'overdue', [{ point: 'FAULT-internal' }])).toBe(false);
});

/** A subscriber that gets two messages, the second long after the first. */
async function played(choices: readonly Choice[]) {
  const [subject] = await subjectsOf({ patterns: ['publish/order'], profiles: ['exact'] });
  if (subject === undefined) throw new Error('no scenario');
  const { loaded } = subject;
  const run: Scenario['run'] = async ({ open, subject: named, sleep }) => {
    const [publisher, subscriber] = [await open('publisher'), await open('subscriber')];
    await subscriber.subscribe({ pattern: named('work', 'orders') });
    await subscriber.flush();
    for (const _ of range(2)) {
      await publisher.publish({ subject: named('work', 'orders') });
      await sleep(100_000);
    }
  };
  const acting = { ...subject, loaded: { ...loaded, scenario: { ...loaded.scenario, run } } };
  const { failure, history, findings } = await play(acting, { seed: 0, replay: choices, parameters: {} }, { signal });
  const got = history.events.flatMap((event) => (event.kind === 'deliver' ? [[event.message.id, event.at / 1e9]] : []));
  return { failure, findings, got };
}

test('processes - one that is killed before it has handed a message on is started again, and misses that alone', async () => {
  const killed = await played([{ point: 'PROC-restart', key: 'subscriber/ReceiveMessage#0', option: 1 }]);
  expect(killed).toMatchObject({ failure: undefined, findings: [] });
  expect(killed.got.map(([id]) => id)).toEqual(['publisher/1']);
});

test('processes - one that is paused goes on later with all that it was given', async () => {
  const [whole, paused] = [
    await played([]),
    await played([{ point: 'PROC-pause', key: 'subscriber/ReceiveMessage#0', option: 8 }]),
  ];
  expect(paused).toMatchObject({ failure: undefined, findings: [] });
  expect(paused.got.map(([id]) => id)).toEqual(['publisher/0', 'publisher/1']);
  expect(Number(paused.got[0]?.[1]) - Number(whole.got[0]?.[1])).toBeCloseTo(30.001, 1);
});
