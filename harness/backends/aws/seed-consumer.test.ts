import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { describe, expect, test } from 'vitest';
import { range } from '#core';
import { bytes, collect, failing, onSeed, workQueueCall, workQueueMessage } from './seed-stand.testing.ts';

const subject = 'work.nlp.normal.summarise';
const queueKey = 'nlp-normal';

describe("the document's polling consumer", () => {
  test('seed W1 - one receive that stays throttled ends the worker', () =>
    onSeed({ choices: failing('FAULT-throttling', workQueueCall('ReceiveMessage', queueKey)) }, async (stand) => {
      const { arrivals, subscription } = await collect(stand, subject);
      await expect(subscription.closed).rejects.toMatchObject({ name: 'RequestThrottled' });
      await stand.connection.publish(subject, bytes('task'));
      await stand.wait(600_000);
      expect(arrivals).toEqual([]);
    }));

  test('seed W2 - a delete that fails ends the worker, and the task is done twice', () =>
    onSeed({ choices: failing('FAULT-throttling', workQueueCall('DeleteMessage', queueKey)) }, async (stand) => {
      const first = await collect(stand, subject);
      await stand.connection.publish(subject, bytes('task'));
      await expect(first.subscription.closed).rejects.toMatchObject({ name: 'RequestThrottled' });
      const second = await collect(stand, subject);
      await stand.wait(60_000);
      expect([...first.arrivals, ...second.arrivals].map(({ text }) => text)).toEqual(['task', 'task']);
    }));

  test('seed W3 - the last of a slow batch are handled by a second worker too', () =>
    onSeed({}, async (stand) => {
      const first = await collect(stand, subject, () => stand.wait(4_900));
      await first.subscription.unsubscribe();
      for (const i of range(10)) await stand.connection.publish(subject, bytes(String(i)));
      const slow = await collect(stand, subject, () => stand.wait(4_900));
      const other = await collect(stand, subject);
      await stand.wait(100_000);
      expect(slow.arrivals.map(({ text }) => text)).toEqual(range(10).map(String));
      expect(other.arrivals.map(({ text }) => text)).toEqual(['6', '7', '8', '9']);
    }));

  test('seed W4 - a handler of 40 s sees its message given to another', () =>
    onSeed({}, async (stand) => {
      const slow = await collect(stand, subject, () => stand.wait(40_000));
      await stand.connection.publish(subject, bytes('task'));
      await stand.wait(1_000);
      const other = await collect(stand, subject);
      await stand.wait(60_000);
      expect(slow.arrivals).toHaveLength(1);
      expect(other.arrivals.map(({ text }) => text)).toEqual(['task']);
      expect(stand.sent('ChangeMessageVisibility')).toEqual([]);
    }));

  test('seed W4 - a handler that failed waits for the whole visibility timeout', () =>
    onSeed({}, async (stand) => {
      const { arrivals } = await collect(stand, subject, () => {
        throw new Error('not yet');
      });
      await stand.connection.publish(subject, bytes('task'));
      await stand.wait(65_000);
      expect(arrivals).toHaveLength(3);
      for (const [i, { atMs }] of arrivals.entries()) expect(Math.round(atMs / 1_000)).toBe(30 * i);
    }));

  test('seed W5 - the task type does not reach the worker', () =>
    onSeed({}, async (stand) => {
      const { arrivals } = await collect(stand, subject);
      await stand.connection.publish(subject, bytes('task'));
      await stand.wait(1_000);
      expect(stand.sent('SendMessage')[0]?.input['MessageAttributes']).toMatchObject({
        TaskType: { StringValue: 'summarise' },
      });
      expect(stand.sent('ReceiveMessage')[0]?.input).not.toHaveProperty('MessageAttributeNames');
      expect(arrivals.map((arrival) => arrival.subject)).toEqual(['work.nlp.normal']);
    }));

  test('seed W6 - a message that is received twice is handled twice', () =>
    onSeed({ choices: [{ point: 'ADV-SQS-01', key: workQueueMessage(queueKey, 0, 1), option: 1 }] }, async (stand) => {
      const workers = [await collect(stand, subject, () => stand.wait(100)), await collect(stand, subject)];
      await stand.connection.publish(subject, bytes('task'));
      await stand.wait(60_000);
      expect(workers.flatMap(({ arrivals }) => arrivals.map(({ text }) => text))).toEqual(['task', 'task']);
    }));

  test('seed W7 - a poison message comes again for as long as the queue keeps it', () =>
    onSeed({}, async (stand) => {
      const { arrivals } = await collect(stand, subject, () => {
        throw new Error('poison');
      });
      await stand.connection.publish(subject, bytes('poison'));
      await stand.wait(4 * 24 * 3_600_000);
      expect(arrivals.length).toBeGreaterThan(11_000);
      expect(stand.errors).toHaveLength(arrivals.length);
      const QueueUrl = stand.sent('ReceiveMessage')[0]?.input['QueueUrl'] as string;
      const { Attributes } = await stand.clients.sqs.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
      );
      expect(Attributes).not.toHaveProperty('RedrivePolicy');
    }));

  test('seed W8 - after idle polls the ticker holds nothing back', () =>
    onSeed({}, async (stand) => {
      const { arrivals } = await collect(stand, subject);
      await stand.wait(205_000);
      const before = stand.sent('ReceiveMessage').length;
      await Promise.all(range(100).map((i) => stand.connection.publish(subject, bytes(String(i)))));
      await stand.wait(50);
      expect(arrivals).toHaveLength(100);
      expect(stand.sent('ReceiveMessage').length - before).toBeGreaterThanOrEqual(10);
    }));

  test('seed W9 - who ends the worker leaves the rest of the batch hidden', () =>
    onSeed({}, async (stand) => {
      const early = await collect(stand, subject);
      await early.subscription.unsubscribe();
      for (const i of range(10)) await stand.connection.publish(subject, bytes(String(i)));
      const ended = await collect(stand, subject, () => stand.wait(100));
      await stand.wait(250);
      await ended.subscription.drain();
      expect(ended.arrivals).toHaveLength(3);
      const next = await collect(stand, subject);
      await stand.wait(20_000);
      expect(next.arrivals).toEqual([]);
      await stand.wait(20_000);
      expect(next.arrivals.length).toBeGreaterThanOrEqual(7);
    }));

  test('seed W11 - ten messages are ten deletes', () =>
    onSeed({}, async (stand) => {
      const early = await collect(stand, subject);
      await early.subscription.unsubscribe();
      for (const i of range(10)) await stand.connection.publish(subject, bytes(String(i)));
      await collect(stand, subject);
      await stand.wait(1_000);
      expect(stand.world.requests()).toMatchObject({ 'sqs.DeleteMessage': 10 });
      expect(stand.world.requests()).not.toHaveProperty('sqs.DeleteMessageBatch');
    }));

  test('seed W12 - a delete after the visibility timeout succeeds and deletes nothing', () =>
    onSeed({ choices: [{ point: 'ADV-SQS-05', key: workQueueMessage(queueKey, 0, 1), option: 1 }] }, async (stand) => {
      const slow = await collect(stand, subject, () => stand.wait(40_000));
      await stand.connection.publish(subject, bytes('task'));
      await stand.wait(1_000);
      let failures = 0;
      const other = await collect(stand, subject, () => {
        failures += 1;
        if (failures === 1) throw new Error('the second attempt fails');
      });
      await stand.wait(55_000);
      expect(stand.sent('DeleteMessage')).toHaveLength(1);
      await slow.subscription.unsubscribe();
      await stand.wait(30_000);
      expect(slow.arrivals).toHaveLength(1);
      expect(other.arrivals.map(({ atMs }) => Math.round(atMs / 1_000))).toEqual([30, 60]);
    }));

  test('seed W13 - a group over all domains has no queue', () =>
    onSeed({}, async ({ connection }) => {
      await expect(connection.subscribe('work.*.high.>', { queue: 'workers' })).rejects.toThrow(/one domain/);
    }));
});
