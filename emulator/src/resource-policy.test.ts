import { expect, test } from 'vitest';
import { policyAllows } from './resource-policy.ts';

const request = {
  principal: 'sns.amazonaws.com',
  action: 'sqs:SendMessage',
  sourceArn: 'arn:aws:sns:us-east-1:000000000000:t',
  resourceArn: 'arn:aws:sqs:us-east-1:000000000000:q',
};
const allow = { Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage' };

test.each([
  ['the service', allow, true],
  ['everybody', { ...allow, Principal: '*' }, true],
  ['everybody, the long way', { ...allow, Principal: { AWS: '*' } }, true],
  ['another service', { ...allow, Principal: { Service: 'events.amazonaws.com' } }, false],
  ['actions by a pattern', { ...allow, Action: ['SQS:*'] }, true],
  ['another action', { ...allow, Action: 'sqs:ReceiveMessage' }, false],
  ['another resource', { ...allow, Resource: 'arn:aws:sqs:us-east-1:000000000000:other' }, false],
  ['its source', { ...allow, Condition: { ArnEquals: { 'aws:SourceArn': request.sourceArn } } }, true],
  ['sources by a pattern', { ...allow, Condition: { ArnLike: { 'AWS:SourceArn': ['arn:aws:sns:*:*:t'] } } }, true],
  ['another source', { ...allow, Condition: { ArnEquals: { 'aws:SourceArn': `${request.sourceArn}2` } } }, false],
  ['its account', { ...allow, Condition: { StringEquals: { 'aws:SourceAccount': '000000000000' } } }, true],
  ['a condition nobody here can judge', { ...allow, Condition: { Bool: { 'aws:SecureTransport': 'true' } } }, false],
] as const)('a statement for %s', (_, statement, allowed) => {
  expect(policyAllows({ Statement: [statement] }, request)).toBe(allowed);
  expect(policyAllows({ Statement: statement }, request)).toBe(allowed);
});

test('a denial goes before what allows, and without a policy nothing is allowed', () => {
  expect(policyAllows({ Statement: [allow, { ...allow, Effect: 'Deny' }] }, request)).toBe(false);
  expect(policyAllows(undefined, request)).toBe(false);
});
