import { expect, test } from 'vitest';
import { createSerials } from './serial.ts';

test('tasks of one key wait for each other, failed ones too, and not for those of another', async () => {
  const serials = createSerials();
  const order: string[] = [];
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  const first = serials.run('a', async () => {
    await held;
    order.push('a1');
    throw new Error('failed');
  });
  const second = serials.run('a', async () => {
    order.push('a2');
  });
  await serials.run('b', async () => {
    order.push('b1');
  });
  expect(order).toEqual(['b1']);
  release();
  await expect(first).rejects.toThrow('failed');
  await second;
  expect(order).toEqual(['b1', 'a1', 'a2']);
});
