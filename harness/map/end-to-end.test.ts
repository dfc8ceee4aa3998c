import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { client, createVirtualClock, createWorld } from 'parallax-emulator';
import { expect, test } from 'vitest';
import { throughBus, throughTopic } from './end-to-end.testing.ts';
import type { Aws } from './end-to-end.testing.ts';
import { smallPairs } from './law-cases.ts';

const pairs = smallPairs();
/** Of the roots `a` and `agent`, with wildcards in every place; a bus takes 300 rules. */
const filters = [...new Set(pairs.map(([filter]) => filter))];
const subjects = [...new Set(pairs.map(([, subject]) => subject))].filter((_, index) => index % 3 === 0);

function embedded(): Aws {
  const clock = createVirtualClock();
  const world = createWorld({ clock });
  return {
    events: client(world, EventBridgeClient),
    sns: client(world, SNSClient),
    sqs: client(world, SQSClient),
    waitSeconds: 0,
    async settle() {
      do for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      while (clock.nextWorkDueMs() !== undefined && clock.step());
    },
  };
}

test.each([
  ['the bus', throughBus],
  ['a topic', throughTopic],
])(
  'through %s, each filter’s queue gets the subjects that NATS hands to the filter',
  { timeout: 60_000 },
  async (_, through) => {
    const agreements = await through(embedded(), { filters, subjects, prefix: 'q' });
    for (const { filter, got, wanted } of agreements) expect([filter, got]).toEqual([filter, wanted]);
    expect(agreements.flatMap(({ got }) => got).length).toBeGreaterThan(filters.length);
  },
);
