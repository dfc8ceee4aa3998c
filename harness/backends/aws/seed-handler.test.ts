import { describe, expect, test } from 'vitest';
import { designMapping } from 'parallax-translator';
import { base64 } from '#core';
import { deployRuleHandler, handlerRuleArn, handlerTable } from './rule-handler.testing.ts';
import { bytes, failing, onSeed } from './seed-stand.testing.ts';

const timestamp = '2026-01-01T00:00:00Z';

/** The envelope in which an event of the document reaches the handler. */
function envelope(subject: string, payload = ''): object {
  const { source, detailType, detail } = designMapping.encode(subject);
  return {
    version: '0',
    id: '1',
    time: timestamp,
    source,
    'detail-type': detailType,
    detail: { ...detail, payload: base64(bytes(payload)), timestamp },
  };
}

describe("the document's rule handler", () => {
  test('seed L1 - a coordination event cannot be read, and is tried three times', () =>
    onSeed({}, async (stand) => {
      const handler = await deployRuleHandler(stand);
      const { isError, answer } = await handler.invoke(envelope('coord.w1.start'));
      expect(isError).toBe(true);
      expect(answer).toContain('missing field `agentId`');
      const broadcast = await handler.invoke({ ...envelope('broadcast.global.x'), detail: { config: 1 } });
      expect(broadcast.isError).toBe(true);
      const failures = await handler.openFailures();
      await stand.connection.publish('coord.w1.start', bytes('x'));
      await stand.wait(600_000);
      expect(await failures()).toMatchObject([
        { requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 3 } },
      ]);
      expect(handler.writes()).toBe(0);
    }));

  test('seed L2 - coordination is only reached by events of agents, which the translator types otherwise', () =>
    onSeed({}, async (stand) => {
      const handler = await deployRuleHandler(stand);
      const agent = envelope('agent.a.ready');
      expect(agent).toMatchObject({ 'detail-type': 'AgentLifecycle' });
      expect((await handler.invoke({ ...agent, 'detail-type': 'CoordinationEvent' })).isError).toBe(false);
      expect((await handler.invoke(envelope('coord.w1.start'))).isError).toBe(true);
    }));

  test('seed L3 - an event of an unknown type is lost without an error', () =>
    onSeed({}, async (stand) => {
      const handler = await deployRuleHandler(stand);
      const { isError, answer } = await handler.invoke({ ...envelope('agent.a.ready'), 'detail-type': 'AgentCommand' });
      expect({ isError, answer }).toEqual({ isError: false, answer: 'null' });
      expect(await handler.item('a')).toBeNull();
    }));

  test('seed L4 - an agent that stopped stays ready', () =>
    onSeed({}, async (stand) => {
      const handler = await deployRuleHandler(stand);
      for (const event of ['created', 'started']) await stand.connection.publish(`agent.a.${event}`, bytes(''));
      await stand.wait(1_000);
      expect(await handler.item('a')).toBeNull();
      for (const event of ['ready', 'stopped']) {
        await stand.connection.publish(`agent.a.${event}`, bytes(''));
        await stand.wait(1_000);
      }
      expect(await handler.item('a')).toMatchObject({ status: 'ready' });
    }));

  test('seed L5 - an event that comes late undoes what came after it', () =>
    onSeed({ choices: [{ point: 'ADV-EB-02', key: `${handlerRuleArn} function#0`, option: 3 }] }, async (stand) => {
      const handler = await deployRuleHandler(stand);
      await stand.connection.publish('agent.a.ready', bytes(''));
      await stand.connection.publish('agent.a.error', bytes('out of memory'));
      await stand.wait(60_000);
      expect(await handler.item('a')).toMatchObject({ status: 'ready' });
    }));

  test('seed L6 - the payload stays base64', () =>
    onSeed({}, async (stand) => {
      const handler = await deployRuleHandler(stand);
      await stand.connection.publish('agent.a.error', bytes('out of memory'));
      await stand.wait(1_000);
      expect(await handler.item('a')).toMatchObject({ error: base64(bytes('out of memory')) });
    }));

  test('seed L7 - an event that is delivered twice is handled twice', () =>
    onSeed({ choices: [{ point: 'ADV-EB-01', key: `${handlerRuleArn} function#0`, option: 1 }] }, async (stand) => {
      const handler = await deployRuleHandler(stand);
      await stand.connection.publish('agent.a.heartbeat', bytes(''));
      await stand.wait(1_000);
      expect(handler.writes()).toBe(2);
    }));

  test('seed L9 - a write whose answers were lost is made again after one minute and after two more', () =>
    onSeed({ choices: failing('FAULT-lost-answer', `dynamodb.PutItem/${handlerTable}`, 9) }, async (stand) => {
      const handler = await deployRuleHandler(stand);
      await stand.connection.publish('agent.a.heartbeat', bytes(''));
      const writes: number[] = [];
      for (const ms of [30_000, 60_000, 120_000, 600_000]) {
        await stand.wait(ms);
        writes.push(handler.writes());
      }
      expect(writes).toEqual([3, 6, 9, 9]);
      expect(await handler.item('a')).toMatchObject({ status: 'alive' });
    }));
});
