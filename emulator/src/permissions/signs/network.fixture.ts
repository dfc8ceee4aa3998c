import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { client, retryStrategy } from '../../index.ts';
import type { networkPermissions } from '../network.ts';
import type { Sign } from './sign.fixture.ts';

/** A call takes time on the world's clock. */
const takesTime: Sign = async ({ world, clock, drive }) => {
  const startMs = clock.epochMs();
  await drive(client(world, SQSClient).send(new ListQueuesCommand({})));
  return clock.epochMs() > startMs;
};

export const networkSigns: Readonly<Record<keyof typeof networkPermissions, Sign>> = {
  'NET-slow-request': takesTime,
  'NET-slow-answer': takesTime,
  'NET-order': ({ clock }) => {
    const woken: string[] = [];
    for (const name of ['a', 'b']) clock.at(clock.epochMs() + 1, () => woken.push(name), 'work', name);
    while (clock.step());
    return Promise.resolve(woken.join('') === 'ba');
  },
  'NET-jitter': async ({ world, clock, drive }) => {
    const startMs = clock.epochMs();
    const strategy = retryStrategy(world);
    const token = await strategy.acquireInitialRetryToken('');
    await drive(world.track(strategy.refreshRetryTokenForRetry(token, { errorType: 'THROTTLING' })));
    return clock.epochMs() - startMs !== 500;
  },
};
