import { expect, test } from 'vitest';
import { loadService, serviceNames } from './index.ts';
import type { PermissionId } from './index.ts';
import { leastInput } from './model-input.fixture.ts';
import type { LoadedOperation, LoadedService } from './service.ts';
import { stand } from './stand.fixture.ts';

/** What became of a call with the least input that the model takes. */
interface Outcome {
  readonly status: number | undefined;
  readonly attempts: number | undefined;
  readonly fired: readonly PermissionId[];
}

async function outcomeOf(
  { definition, model }: LoadedService,
  { name, model: { input } }: LoadedOperation,
  permissions: Readonly<Partial<Record<PermissionId, number>>>,
): Promise<Outcome> {
  const { world, drive } = stand({ permissions });
  const least = Object(input === undefined ? {} : leastInput(model, input)) as object;
  const ended = await drive(world.call(definition.name, name, least)).catch((error: unknown) => error);
  const { $metadata } = Object(ended) as {
    readonly $metadata?: { readonly httpStatusCode?: number; readonly attempts?: number };
  };
  const fired = world.fired().map(({ point }) => point);
  return { status: $metadata?.httpStatusCode, attempts: $metadata?.attempts, fired };
}

const services = await Promise.all(serviceNames().map(loadService));
const operations = services.flatMap((service) =>
  service === undefined ? [] : [...service.operations.values()].map((operation) => ({ service, operation })),
);
const named = operations.map(({ service, operation }) => [operation.fullName, service, operation] as const);

test.each(named)('%s may be throttled or fail, before its effect', async (_, service, operation) => {
  const throttled = await outcomeOf(service, operation, { 'FAULT-throttling': 1 });
  expect(throttled).toMatchObject({ attempts: 3, fired: Array.from({ length: 3 }, () => 'FAULT-throttling') });
  expect([400, 403, 429]).toContain(throttled.status);
  const failed = await outcomeOf(service, operation, { 'FAULT-internal': 1 });
  expect(failed).toMatchObject({ attempts: 3, status: 500, fired: Array.from({ length: 3 }, () => 'FAULT-internal') });
  const friendly = await outcomeOf(service, operation, {});
  expect(friendly).toMatchObject({ attempts: 1, fired: [] });
  expect(friendly.status).toBeLessThan(500);
});

test.each(named)('%s may have its effect and no answer', async (_, service, operation) => {
  const friendly = await outcomeOf(service, operation, {});
  const lost = await outcomeOf(service, operation, { 'FAULT-lost-answer': 1 });
  // What AWS refuses had no effect, and the refusal arrives.
  if ((friendly.status ?? 0) >= 400) expect(lost).toMatchObject({ status: friendly.status, attempts: 1 });
  // The second attempt may find what the first brought about, and be refused for that.
  else expect(lost.attempts).toBeGreaterThan(1);
  expect(lost.fired).toContain('FAULT-lost-answer');
});
