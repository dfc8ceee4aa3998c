import { expect, test } from 'vitest';
import { UnmappableError } from '../errors.ts';
import { designMapping, workOf, workQueueKeys } from './mapping.ts';

test('design mapping - agent, coord and broadcast are the events of the document', () => {
  expect(designMapping.encode('agent.nlp-001.ready')).toEqual({
    source: 'mistersmith.agent',
    detailType: 'AgentLifecycle',
    detail: { agentId: 'nlp-001', event: 'ready' },
  });
  expect(designMapping.encode('broadcast.global.config_update')).toMatchObject({ detailType: 'GlobalConfigUpdate' });
  expect(designMapping.encode('coord.w1.start')).toMatchObject({ detailType: 'CoordinationEvent' });
});

test('design mapping - the sample pattern is the closed list of lifecycle events', () => {
  expect(designMapping.rule('agent.nlp-001.>')).toEqual({
    source: ['mistersmith.agent'],
    'detail-type': ['AgentLifecycle'],
    detail: { agentId: ['nlp-001'], event: ['created', 'started', 'ready', 'heartbeat', 'stopped', 'error'] },
  });
});

test('design mapping - tokens after the third are lost and missing ones invented', () => {
  expect(designMapping.encode('agent.a.cmd.status')).toEqual(designMapping.encode('agent.a.cmd.stop'));
  expect(designMapping.encode('agent')).toEqual(designMapping.encode('agent.unknown.unknown'));
  expect(workOf('work')).toEqual({ queueKey: 'general-normal', taskType: 'default' });
});

test('design mapping - two subjects share a queue key', () => {
  expect(workOf('work.a-b.c').queueKey).toBe(workOf('work.a.b-c').queueKey);
});

test('design mapping - any other root is refused', () => {
  expect(() => designMapping.encode('metrics.x')).toThrow(UnmappableError);
  expect(() => designMapping.rule('>')).toThrow(/token '>'/);
  expect(() => workQueueKeys('work.*.high')).toThrow(UnmappableError);
});
