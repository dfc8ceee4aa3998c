import { BroadcastChannel } from 'node:worker_threads';
import { expect, test } from 'vitest';
import type { RunResult } from '../run.ts';
import { askNatsRun, messageOf, playedAhead, tell } from './nats-runs.ts';

const { signal } = new AbortController();
const result = { history: { events: [] }, requests: { 'a.B': 1 } } as unknown as RunResult;

/** Stands for the thread: calls `heard` for each who asks. */
function listen(name: string, heard: (channel: BroadcastChannel, scenario: string) => void): BroadcastChannel {
  const channel = new BroadcastChannel(name);
  channel.addEventListener('message', (event) => {
    const message = messageOf(event);
    if (message?.kind === 'ask') heard(channel, message.scenario);
  });
  return channel;
}

test('nats runs - who asks gets the run of its scenario, and no other', async () => {
  const thread = listen('answers', (channel, scenario) => {
    tell(channel, { kind: 'played', scenario: 'kv/other', result: { ...result, requests: {} } });
    tell(channel, { kind: 'played', scenario, result });
  });
  expect(await askNatsRun('answers', 'kv/one', signal)).toEqual(result);
  thread.close();
});

test('nats runs - who asked before the thread listened asks again', async () => {
  const asked = askNatsRun('late', 'kv/one', signal);
  const thread = listen('late', (channel, scenario) => tell(channel, { kind: 'played', scenario, result }));
  tell(thread, { kind: 'ready' });
  expect(await asked).toEqual(result);
  thread.close();
});

test('nats runs - a thread that died, and a test that is cancelled, end the waiting', async () => {
  const thread = listen('dead', (channel) => tell(channel, { kind: 'died', reason: 'out of memory' }));
  await expect(askNatsRun('dead', 'kv/one', signal)).rejects.toThrow('out of memory');
  thread.close();
  const controller = new AbortController();
  const asked = askNatsRun('nobody', 'kv/one', controller.signal);
  controller.abort(new Error('cancelled'));
  await expect(asked).rejects.toThrow('cancelled');
});

test('nats runs - those that wait longest come first, those about scale are not played ahead', () => {
  const scenarioOf = (id: string, rest: object) => ({ id, file: id, scenario: { title: id, ...rest } }) as never;
  const ids = playedAhead([
    scenarioOf('quick', {}),
    scenarioOf('many', { tags: ['scale'], needsMs: 600_000 }),
    scenarioOf('ttl', { needsMs: 6_000 }),
  ]);
  expect(ids).toEqual(['ttl', 'quick']);
});
