import { expect, test } from 'vitest';
import { createVirtualClock } from '../index.ts';
import type { Delivery, DeliveryResult, World } from '../service.ts';
import { dispatch } from './dispatch.ts';
import { eventJson } from './event.ts';
import type { BusEvent } from './event.ts';
import type { Target } from './generated/shapes.ts';
import type { Occasion } from './target-input.ts';

const startMs = Date.UTC(2026, 0, 1);
const deadQueue = 'arn:aws:sqs:us-east-1:000000000000:dead';
const event: BusEvent = {
  id: 'e',
  detailType: 'd',
  source: 's',
  accountId: '000000000000',
  time: '2026-01-01T00:00:00Z',
  region: 'us-east-1',
  resources: [],
  detail: '{}',
};
const occasion: Occasion = {
  event,
  json: eventJson(event),
  rule: { name: 'r', arn: 'arn:aws:events:us-east-1:000000000000:rule/r' },
  ingestedMs: Date.UTC(2026, 0, 1, 0, 0, 1),
};

interface Attempt extends Delivery {
  readonly atMs: number;
}

/** Runs one dispatch to its end against a target that answers so. */
async function run(target: Partial<Target>, answer: (attempt: number) => DeliveryResult): Promise<readonly Attempt[]> {
  const clock = createVirtualClock({ startMs });
  const attempts: Attempt[] = [];
  const running: Promise<void>[] = [];
  const world: Pick<World, 'clock' | 'choose' | 'spawn' | 'deliver'> = {
    clock,
    choose: () => 0,
    spawn: (work) => running.push(work()),
    async deliver(delivery) {
      attempts.push({ ...delivery, atMs: clock.epochMs() - startMs });
      return delivery.targetArn === deadQueue ? { ok: true } : answer(attempts.length);
    },
  };
  dispatch(
    world as World,
    { Id: 't', Arn: 'arn:aws:lambda:us-east-1:000000000000:function:f', ...target },
    occasion,
    'k',
  );
  do await Promise.all(running);
  while (clock.step());
  await Promise.all(running);
  return attempts;
}

const busy: DeliveryResult = { ok: false, retryable: true, code: 'TooManyRequestsException', message: 'Rate exceeded' };

test('dispatch - tries again with growing pauses until it works', async () => {
  const attempts = await run({}, (attempt) => (attempt < 5 ? busy : { ok: true }));
  expect(attempts.map(({ atMs }) => atMs)).toEqual([0, 1000, 3000, 7000, 15_000]);
});

test('dispatch - gives up within 24 hours and 185 retries', async () => {
  const attempts = await run({}, () => busy);
  expect(attempts.length).toBeGreaterThan(150);
  expect(attempts.length).toBeLessThanOrEqual(186);
  expect(attempts.at(-1)?.atMs).toBeLessThanOrEqual(24 * 3_600_000);
});

test('dispatch - gives up after the attempts of the policy, and says so in the dead-letter queue', async () => {
  const policy = { RetryPolicy: { MaximumRetryAttempts: 2 }, DeadLetterConfig: { Arn: deadQueue } };
  const attempts = await run(policy, () => busy);
  expect(attempts).toHaveLength(4);
  expect(attempts[3]).toMatchObject({
    targetArn: deadQueue,
    attributes: {
      ERROR_CODE: { stringValue: 'THROTTLING' },
      ERROR_MESSAGE: { stringValue: 'Rate exceeded' },
      EXHAUSTED_RETRY_CONDITION: { stringValue: 'MaximumRetryAttempts' },
      RETRY_ATTEMPTS: { stringValue: '2' },
    },
  });
});

test('dispatch - gives up at the age of the policy', async () => {
  const policy = { RetryPolicy: { MaximumEventAgeInSeconds: 60 }, DeadLetterConfig: { Arn: deadQueue } };
  const attempts = await run(policy, () => busy);
  expect(attempts.at(-1)?.attributes).toMatchObject({
    EXHAUSTED_RETRY_CONDITION: { stringValue: 'MaximumEventAgeInSeconds' },
  });
  expect(attempts.at(-2)?.atMs).toBeLessThanOrEqual(60_000);
});

test('dispatch - does not try again what cannot work', async () => {
  const refused: DeliveryResult = { ok: false, retryable: false, code: 'AccessDeniedException', message: 'no' };
  const attempts = await run({ DeadLetterConfig: { Arn: deadQueue } }, () => refused);
  expect(attempts).toHaveLength(2);
  expect(attempts[1]?.attributes).toMatchObject({ ERROR_CODE: { stringValue: 'NO_PERMISSIONS' } });
  expect(attempts[1]?.attributes).not.toHaveProperty('RETRY_ATTEMPTS');
});
