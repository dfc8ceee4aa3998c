import { expect, test } from 'vitest';
import type { Scenario } from '#core';
import { planCells } from './plan.ts';
import type { Place } from './plan.ts';

const definition = {
  title: 't',
  rows: [{ id: 'QG-001', level: 'MUST', source: 'https://x', requires: ['queue-group'], checks: [] as never }],
  parameters: {},
  small: {},
  run: () => Promise.resolve(),
} as unknown as Scenario;

const nats: Place = { name: 'nats', time: 'real', profiles: ['nats'] };
const aws: Place = { name: 'localstack', time: 'real', profiles: ['design', 'exact'] };

const plan = (scenario: Scenario, places: { nats: Place; aws: Place }) =>
  planCells({ id: 'queue-group/x', file: 'x.ts', scenario }, places);

test('plan - NATS first, then every profile', () => {
  expect(plan(definition, { nats, aws }).map(({ id }) => id)).toEqual([
    'QG-001/nats/nats',
    'QG-001/localstack/design',
    'QG-001/localstack/exact',
  ]);
});

test('plan - a row that needs long is left to the virtual clock, and NATS plays it all the same', () => {
  const [first, ...rest] = plan({ ...definition, needsMs: 300_000 }, { nats, aws });
  expect(first?.plannedNotRun).toBeUndefined();
  expect(rest.map(({ plannedNotRun }) => plannedNotRun)).toEqual([
    'needs 300 s of real time, more than the 60 s that a cell may take',
    'needs 300 s of real time, more than the 60 s that a cell may take',
  ]);
  const virtual = plan({ ...definition, needsMs: 300_000 }, { nats, aws: { ...aws, time: 'virtual' } });
  expect(virtual.every(({ plannedNotRun }) => plannedNotRun === undefined)).toBe(true);
});

test('plan - without NATS nothing can be compared; without AWS its cells cannot', () => {
  const noNats = plan(definition, { nats: { ...nats, missing: 'no server' }, aws });
  expect(noNats.map(({ missing }) => missing)).toEqual(['no server', 'no server', 'no server']);
  const noAws = plan(definition, { nats, aws: { ...aws, missing: 'no Docker' } });
  expect(noAws.map(({ missing }) => missing)).toEqual([undefined, 'no Docker', 'no Docker']);
});

test('plan - what an installation lacks is told in its own words, for the profiles that need it', () => {
  const lacks = (_: unknown, profile: string) => (profile === 'design' ? 'no run-time' : undefined);
  const [, design, exact] = plan(definition, { nats, aws: { ...aws, lacks } });
  expect([design?.lacking, exact?.lacking]).toEqual(['no run-time', undefined]);
});
