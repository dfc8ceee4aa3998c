import { array, assert, asyncProperty, integer } from 'fast-check';
import { expect, test } from 'vitest';
import { isPermissionId, loadService, permissions, serviceNames } from '../index.ts';
import type { PermissionId } from '../index.ts';
import { playThroughDoors } from './door-run.fixture.ts';
import { anyStep, stepsOf } from './program.fixture.ts';
import { lookAround, setUp } from './set-up.fixture.ts';

const everyPermission = Object.keys(permissions).filter(isPermissionId);

await Promise.all(serviceNames().map(loadService));

/** By service: how often it was answered and refused; and what the function said it was called by. */
interface Seen {
  readonly answered: Set<unknown>;
  readonly refused: Set<unknown>;
  readonly callers: Set<string>;
  readonly fired: Set<PermissionId>;
}

function note(seen: Seen, history: readonly object[]): void {
  for (const entry of history) {
    const { says, name, output } = entry as {
      readonly says: unknown;
      readonly name?: string;
      readonly output?: unknown;
    };
    (name === undefined ? seen.answered : seen.refused).add(Array.isArray(says) ? says[0] : says);
    for (const [, caller = ''] of JSON.stringify(output ?? '').matchAll(/"Body":"(aws:\w+|s|invoke) /g))
      seen.callers.add(caller);
  }
}

test.each([
  ['friendly', []],
  ['adverse', everyPermission],
] as const)(
  'doors - one program on all services, one history through all three (%s)',
  { timeout: 120_000 },
  async (_, permit) => {
    const seen: Seen = { answered: new Set(), refused: new Set(), callers: new Set(), fired: new Set() };
    await assert(
      asyncProperty(array(anyStep, { minLength: 30, maxLength: 60 }), integer(), async (steps, seed) => {
        const { direct, handler, http } = await playThroughDoors([...setUp, ...steps, ...lookAround], { seed, permit });
        expect(handler.history).toEqual(direct.history);
        expect(http.history).toEqual(direct.history);
        expect(handler.fired).toEqual(direct.fired);
        expect(http.fired).toEqual(direct.fired);
        note(seen, direct.history);
        for (const point of direct.fired) seen.fired.add(point);
      }),
      { numRuns: 12, endOnFailure: true },
    );
    const services = ['sqs', 'sns', 'events', 'dynamodb', 'streams', 'lambda'];
    expect(Object.keys(stepsOf)).toEqual(services);
    expect(services.filter((service) => !seen.answered.has(service) || !seen.refused.has(service))).toEqual([]);
    // Every source has called the function: a topic, a rule, a queue, a stream and the caller himself.
    expect([...seen.callers].sort()).toEqual(['aws:dynamodb', 'aws:sns', 'aws:sqs', 'invoke', 's']);
    expect(seen.fired.size > 0).toBe(permit.length > 0);
  },
);
