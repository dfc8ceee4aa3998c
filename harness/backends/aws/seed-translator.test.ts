import { DescribeRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { describe, expect, test } from 'vitest';
import { range } from '#core';
import { bytes, collect, onSeed } from './seed-stand.testing.ts';
import type { Sent } from './seed-stand.testing.ts';

/** The entries of all PutEvents. */
function entriesOf(calls: readonly Sent[]): readonly Record<string, unknown>[] {
  return calls.flatMap(({ input }) => input['Entries'] as Record<string, unknown>[]);
}

describe("the document's translator", () => {
  test('seed T3 - a subject of any other root is refused', () =>
    onSeed({}, async ({ connection, world }) => {
      await expect(connection.publish('metrics.cpu', bytes('1'))).rejects.toThrow(/agent, work, coord and broadcast/);
      expect(world.requests()).toEqual({});
    }));

  test('seed T4 - two commands of an agent become one subject', () =>
    onSeed({}, async (stand) => {
      const { arrivals } = await collect(stand, 'agent.nlp-001.cmd.status');
      await stand.connection.publish('agent.nlp-001.cmd.status', bytes('asked'));
      await stand.connection.publish('agent.nlp-001.cmd.shutdown', bytes('not asked'));
      await stand.wait(1_000);
      expect(arrivals.map(({ subject, text }) => [subject, text])).toEqual([
        ['agent.nlp-001.cmd', 'asked'],
        ['agent.nlp-001.cmd', 'not asked'],
      ]);
    }));

  test('seed T5 - a missing token becomes one that nobody wrote', () =>
    onSeed({}, async (stand) => {
      const { arrivals } = await collect(stand, 'agent.unknown.unknown');
      await stand.connection.publish('agent', bytes('short'));
      await stand.wait(1_000);
      expect(arrivals.map(({ subject, text }) => [subject, text])).toEqual([['agent.unknown.unknown', 'short']]);
      const work = await collect(stand, 'work.general.normal.x');
      await stand.connection.publish('work', bytes('shorter'));
      await stand.wait(1_000);
      expect(work.arrivals.map(({ text }) => text)).toEqual(['shorter']);
    }));

  test('seed T6 - empty tokens and wildcards are published', () =>
    onSeed({}, async ({ connection, sent }) => {
      for (const subject of ['agent..ready', 'agent.*.ready', 'coord.>']) await connection.publish(subject, bytes('x'));
      expect(entriesOf(sent('PutEvents'))).toHaveLength(3);
    }));

  test('seed T7 - two subjects share a queue', () =>
    onSeed({}, async (stand) => {
      const { arrivals } = await collect(stand, 'work.nlp.fast-high.task');
      await stand.connection.publish('work.nlp-fast.high.task', bytes('of another domain'));
      await stand.wait(1_000);
      expect(arrivals.map(({ text }) => text)).toEqual(['of another domain']);
    }));

  test('seed T8 - a domain without a queue is an error', () =>
    onSeed({}, async ({ connection }) => {
      await expect(connection.publish('work.nlp.urgent.task', bytes('x'))).rejects.toThrow(/no queue is mapped/);
    }));

  test.for([
    { title: 'seed T9 - an entry that failed counts as published', subject: 'agent.a.ready' },
    { title: 'seed B1 - a broadcast that failed counts as published', subject: 'broadcast.global.config_update' },
  ])('$title', ({ subject }) =>
    onSeed({ choices: [{ point: 'ADV-EB-07', key: 'default#0.0', option: 1 }] }, async (stand) => {
      const { arrivals } = await collect(stand, subject);
      await stand.connection.publish(subject, bytes('{"n":1}'));
      await stand.connection.publish(subject, bytes('{"n":2}'));
      await stand.wait(60_000);
      expect(arrivals.map(({ text }) => text)).toEqual(['{"n":2}']);
    }),
  );

  test('seed T10 - another application on the default bus gets the events too', () =>
    onSeed({}, async (stand) => {
      const other = await stand.open({ prefix: 'other' });
      const { arrivals } = await collect({ ...stand, connection: other }, 'agent.a.ready');
      await stand.connection.publish('agent.a.ready', bytes('private'));
      await stand.wait(1_000);
      expect(arrivals.map(({ text }) => text)).toEqual(['private']);
      expect(entriesOf(stand.sent('PutEvents'))[0]).not.toHaveProperty('EventBusName');
    }));

  test('seed T11 - a payload that is too large is only refused by AWS', () =>
    onSeed({}, async ({ connection, sent }) => {
      await expect(connection.publish('agent.a.ready', new Uint8Array(800_000))).rejects.toThrow();
      expect(sent('PutEvents')).toHaveLength(1);
    }));

  test('seed T12 - bytes that are no UTF-8 are replaced', () =>
    onSeed({}, async (stand) => {
      const { arrivals } = await collect(stand, 'work.nlp.normal.task');
      await stand.connection.publish('work.nlp.normal.task', Uint8Array.of(0x61, 0xff, 0xfe));
      await stand.wait(1_000);
      expect(arrivals.map(({ payload }) => Buffer.from(payload).toString('hex'))).toEqual(['61efbfbdefbfbd']);
    }));

  test.for([
    { title: 'seed T13 - an empty payload is refused as work', payload: '' },
    { title: 'seed T13 - a control character is refused as work', payload: '\u0001' },
  ])('$title', ({ payload }) =>
    onSeed({}, async (stand) => {
      await collect(stand, 'work.nlp.normal.task');
      await expect(stand.connection.publish('work.nlp.normal.task', bytes(payload))).rejects.toThrow();
      await stand.connection.publish('agent.a.ready', bytes(payload));
    }),
  );

  test('seed T14 - one payload travels in three encodings', () =>
    onSeed({}, async (stand) => {
      const payload = '{"a": 1}';
      await collect(stand, 'work.nlp.normal.task');
      for (const subject of ['agent.a.ready', 'work.nlp.normal.task', 'broadcast.global.x']) {
        await stand.connection.publish(subject, bytes(payload));
      }
      const [agent, broadcast] = entriesOf(stand.sent('PutEvents')).map(({ Detail }) => JSON.parse(Detail as string));
      expect(agent.payload).toBe(Buffer.from(payload).toString('base64'));
      expect(stand.sent('SendMessage')[0]?.input['MessageBody']).toBe(payload);
      expect(broadcast).toEqual({ a: 1 });
    }));

  test('seed T16 - work has neither group nor deduplication id, and comes out of order', () =>
    onSeed({ choices: [{ point: 'ADV-SQS-03', key: 'seedwork-nlp-normal/0', option: 1 }] }, async (stand) => {
      const first = await collect(stand, 'work.nlp.normal.task');
      await first.subscription.unsubscribe();
      for (const i of range(3)) await stand.connection.publish('work.nlp.normal.task', bytes(String(i)));
      const { arrivals } = await collect(stand, 'work.nlp.normal.task');
      await stand.wait(1_000);
      expect(arrivals.map(({ text }) => text)).toEqual(['1', '0', '2']);
      for (const { input } of stand.sent('SendMessage')) {
        expect(Object.keys(input)).toEqual(['QueueUrl', 'MessageBody', 'MessageAttributes']);
      }
    }));

  test('seed T17 - each message is a call of its own', () =>
    onSeed({}, async ({ connection, world }) => {
      await Promise.all(range(100).map((i) => connection.publish('agent.a.heartbeat', bytes(String(i)))));
      expect(world.requests()).toEqual({ 'events.PutEvents': 100 });
    }));

  test('seed T19 - a command travels as a lifecycle event', () =>
    onSeed({}, async ({ connection, sent }) => {
      await connection.publish('agent.nlp-001.cmd.status', bytes(''));
      expect(entriesOf(sent('PutEvents'))[0]).toMatchObject({ DetailType: 'AgentLifecycle' });
    }));

  test('seed T20 - the time is that of whoever publishes, and nothing names the event', () =>
    onSeed({}, async (stand) => {
      const hourMs = 3_600_000;
      const late = await stand.open({
        clock: { epochMs: () => stand.clock.epochMs() - hourMs, at: (dueMs, wake) => stand.clock.at(dueMs, wake) },
      });
      await stand.wait(10_000);
      await stand.connection.publish('agent.a.heartbeat', bytes('1'));
      await late.publish('agent.a.heartbeat', bytes('2'));
      const entries = entriesOf(stand.sent('PutEvents'));
      for (const entry of entries) expect(Object.keys(entry)).toEqual(['Source', 'DetailType', 'Detail']);
      const [first, second] = entries.map(({ Detail }) => JSON.parse(Detail as string));
      expect(Object.keys(first)).toEqual(['agentId', 'event', 'payload', 'timestamp']);
      expect(Date.parse(second.timestamp) - Date.parse(first.timestamp)).toBe(-hourMs);
    }));

  test('seed T18 - a broadcast that is no JSON object is refused by EventBridge, and nobody is told', () =>
    onSeed({}, async (stand) => {
      const { arrivals } = await collect(stand, 'broadcast.global.x');
      await stand.connection.publish('broadcast.global.x', bytes('plain text'));
      await stand.connection.publish('broadcast.global.x', bytes('[1]'));
      await stand.wait(60_000);
      expect(arrivals).toEqual([]);
    }));

  test('seed B2 - a rule takes no sixth target', () =>
    onSeed({}, async (stand) => {
      await collect(stand, 'broadcast.global.x');
      const [call] = stand.sent('PutTargets');
      const Rule = call?.input['Rule'] as string;
      const { EventBusName } = await stand.clients.eventbridge.send(new DescribeRuleCommand({ Name: Rule }));
      expect(EventBusName).toBe('default');
      const [target] = (call?.input['Targets'] ?? []) as { Arn: string }[];
      const Targets = range(6).map((i) => ({ Id: `t${i}`, Arn: target?.Arn }));
      await expect(stand.clients.eventbridge.send(new PutTargetsCommand({ Rule, Targets }))).rejects.toMatchObject({
        name: 'LimitExceededException',
      });
    }));
});
