import { beforeEach, describe, expect, test } from 'vitest';
import { createClient, createVirtualClock, createWorld, startEmulator } from '../index.ts';
import type { Client, OwnedWorld } from '../index.ts';
import { eventsQuotas } from '../quotas.ts';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';

let world: OwnedWorld;
let client: Client;

beforeEach(() => {
  world = createWorld({ clock: createVirtualClock() });
  client = createClient(world, 'events', { maxAttempts: 1 });
});

/** Calls an operation by name. */
function send(operation: string, input: object = {}, by = client): Promise<unknown> {
  const command = { input };
  Object.defineProperty(command, 'constructor', { value: { name: `${operation}Command` } });
  return by.send(command);
}

async function refusal(operation: string, input: object): Promise<string> {
  const error = await send(operation, input).catch((reason: unknown) => reason);
  return error instanceof Error ? `${error.name}: ${error.message}` : 'no error';
}

const pattern = '{"source":["s"]}';
const queue = 'arn:aws:sqs:us-east-1:000000000000:q';

describe('buses', () => {
  test('are made, described, listed, changed and deleted', async () => {
    const arn = 'arn:aws:events:us-east-1:000000000000:event-bus/b';
    expect(await send('CreateEventBus', { Name: 'b', Description: 'x' })).toMatchObject({ EventBusArn: arn });
    await send('UpdateEventBus', { Name: 'b', Description: 'y' });
    const described = await send('DescribeEventBus', { Name: arn });
    expect(described).toMatchObject({
      Name: 'b',
      Arn: arn,
      Description: 'y',
      CreationTime: new Date(world.clock.epochMs()),
    });
    expect(await send('ListEventBuses', {})).toMatchObject({ EventBuses: [{ Name: 'b' }, { Name: 'default' }] });
    await send('DeleteEventBus', { Name: 'b' });
    await send('DeleteEventBus', { Name: 'b' });
    expect(await send('ListEventBuses', { NamePrefix: 'b' })).toMatchObject({ EventBuses: [] });
  });

  test.each([
    ['CreateEventBus', { Name: 'default' }, 'ResourceAlreadyExistsException: Event bus default already exists.'],
    ['DeleteEventBus', { Name: 'default' }, 'ValidationException: Cannot delete event bus default.'],
    ['DescribeEventBus', { Name: 'b' }, 'ResourceNotFoundException: Event bus b does not exist.'],
    ['ListRules', { EventBusName: 'b' }, 'ResourceNotFoundException: Event bus b does not exist.'],
    ['ListRules', { NextToken: 'x' }, 'ValidationException: Parameter NextToken is not valid.'],
    ['CreateConnection', { Name: 'c', AuthorizationType: 'BASIC', AuthParameters: {} }, 'UnknownOperationException: '],
  ])('%s %j', async (operation, input, expected) => {
    expect((await refusal(operation, input)).startsWith(expected)).toBe(true);
  });
});

describe('rules', () => {
  test('are listed page by page, whatever goes in between', async () => {
    for (const Name of ['c', 'a', 'b']) await send('PutRule', { Name, EventPattern: pattern });
    const first = await send('ListRules', { Limit: 2 });
    expect(first).toMatchObject({ Rules: [{ Name: 'a' }, { Name: 'b' }] });
    await send('DeleteRule', { Name: 'b' });
    const token = Object(first).NextToken;
    const second = Object(await send('ListRules', { Limit: 2, NextToken: token }));
    expect(second.Rules).toEqual([expect.objectContaining({ Name: 'c' })]);
    expect(second.NextToken).toBeUndefined();
  });

  test('keep their targets and tags when they are put again', async () => {
    const rule = { Name: 'r', EventPattern: pattern };
    await send('PutRule', { ...rule, Tags: [{ Key: 'k', Value: 'v' }] });
    await send('PutTargets', { Rule: 'r', Targets: [{ Id: 't', Arn: queue }] });
    await send('PutRule', { ...rule, Description: 'd', State: 'DISABLED' });
    expect(await send('DescribeRule', { Name: 'r' })).toMatchObject({ State: 'DISABLED', CreatedBy: '000000000000' });
    expect(await send('ListTargetsByRule', { Rule: 'r' })).toMatchObject({ Targets: [{ Id: 't', Arn: queue }] });
    const ResourceARN = 'arn:aws:events:us-east-1:000000000000:rule/r';
    expect(await send('ListTagsForResource', { ResourceARN })).toMatchObject({ Tags: [{ Key: 'k', Value: 'v' }] });
    expect(await send('ListRuleNamesByTarget', { TargetArn: queue })).toMatchObject({ RuleNames: ['r'] });
    expect(await refusal('DeleteRule', { Name: 'r' })).toBe(
      "ValidationException: Rule can't be deleted since it has targets.",
    );
  });

  test.each([
    [{ Name: 'r' }, 'ValidationException: Parameter(s) EventPattern or ScheduleExpression must be specified.'],
    [
      { Name: 'r', EventPattern: '{}' },
      'InvalidEventPatternException: Event pattern is not valid. Reason: Empty objects',
    ],
    [
      { Name: 'r', EventPattern: `{"a":["${'x'.repeat(2040)}"]}` },
      'InvalidEventPatternException: Event pattern is not valid.',
    ],
    [
      { Name: 'r', ScheduleExpression: 'rate(1 minutes)' },
      'ValidationException: Parameter ScheduleExpression is not valid.',
    ],
    [{ Name: 'r!', EventPattern: pattern }, "ValidationException: 1 validation error detected: Value 'r!' at 'name'"],
  ])('PutRule %j', async (input, expected) => {
    expect((await refusal('PutRule', input)).slice(0, expected.length)).toBe(expected);
  });

  test('are limited in number, those with wildcards more so', async () => {
    const wildcard = '{"source":[{"wildcard":"a*"}]}';
    for (let index = 0; index < eventsQuotas.rulesMax; index += 1) {
      const EventPattern = index < eventsQuotas.wildcardRulesMax ? wildcard : pattern;
      await send('PutRule', { Name: `r${index}`, EventPattern });
    }
    const limit = 'LimitExceededException: The requested resource exceeds the maximum number allowed.';
    expect(await refusal('PutRule', { Name: 'more', EventPattern: pattern })).toBe(limit);
    expect(await refusal('PutRule', { Name: 'r299', EventPattern: wildcard })).toBe(limit);
    expect(await refusal('PutRule', { Name: 'r0', EventPattern: wildcard })).toBe('no error');
  });
});

describe('targets', () => {
  const target = { Id: 't', Arn: queue };

  test.each([
    [
      { ...target, Input: '{}', InputPath: '$' },
      'Only one of Input, InputPath, or InputTransformer must be provided for target t.',
    ],
    [
      { ...target, InputTransformer: { InputTemplate: '"<x>"' } },
      'InputTemplate for target t contains invalid placeholder x.',
    ],
    [{ ...target, Arn: 'q' }, 'Parameter q is not valid. Reason: Provided Arn is not in correct format.'],
    [{ ...target, Arn: `${queue}.fifo` }, 'Parameter(s) SqsParameters must be specified for target: t.'],
  ])('PutTargets %j', async (each, expected) => {
    await send('PutRule', { Name: 'r', EventPattern: pattern });
    expect(await refusal('PutTargets', { Rule: 'r', Targets: [each] })).toBe(`ValidationException: ${expected}`);
  });

  test('at most five a rule; one of the same id takes the place of the other', async () => {
    await send('PutRule', { Name: 'r', EventPattern: pattern });
    const Targets = Array.from({ length: 5 }, (_, index) => ({ Id: `t${index}`, Arn: queue }));
    await send('PutTargets', { Rule: 'r', Targets });
    await send('PutTargets', { Rule: 'r', Targets: [{ Id: 't0', Arn: queue, InputPath: '$.detail' }] });
    expect(await refusal('PutTargets', { Rule: 'r', Targets: [target] })).toContain('LimitExceededException');
    expect(await send('RemoveTargets', { Rule: 'r', Ids: ['t4', 'none'] })).toMatchObject({
      FailedEntryCount: 1,
      FailedEntries: [{ TargetId: 'none', ErrorCode: 'ResourceNotFoundException' }],
    });
    const left = await send('ListTargetsByRule', { Rule: 'r', Limit: 2 });
    expect(left).toMatchObject({ Targets: [{ Id: 't0', InputPath: '$.detail' }, { Id: 't1' }] });
  });
});

describe('permissions', () => {
  test('statements are added, replaced and removed', async () => {
    const statement = { Action: 'events:PutEvents', StatementId: 's' };
    await send('PutPermission', { ...statement, Principal: '111122223333' });
    await send('PutPermission', { ...statement, Principal: '*' });
    const described = Object(await send('DescribeEventBus'));
    expect(JSON.parse(described.Policy).Statement).toEqual([
      {
        Sid: 's',
        Effect: 'Allow',
        Principal: '*',
        Action: 'events:PutEvents',
        Resource: 'arn:aws:events:us-east-1:000000000000:event-bus/default',
      },
    ]);
    expect(await refusal('RemovePermission', { StatementId: 'x' })).toContain(
      'Statement with the provided id does not exist.',
    );
    await send('RemovePermission', { StatementId: 's' });
    expect(Object(await send('DescribeEventBus')).Policy).toBeUndefined();
  });

  test("another account's bus takes events only with permission", async () => {
    await using emulator = await startEmulator({ clock: 'virtual' });
    const of = (accessKeyId: string): EventBridgeClient =>
      new EventBridgeClient({
        endpoint: emulator.url,
        region: 'us-east-1',
        credentials: { accessKeyId, secretAccessKey: 'x' },
      });
    const EventBusName = 'arn:aws:events:us-east-1:444455556666:event-bus/default';
    const entry = { Source: 's', DetailType: 'd', Detail: '{}', EventBusName };
    const caller = of('111122223333');
    const refused = await caller.send(new PutEventsCommand({ Entries: [entry] }));
    expect(refused.Entries?.[0]?.ErrorCode).toBe('AccessDeniedException');
    const owner = createClient(emulator.worlds.of('444455556666', 'us-east-1'), 'events');
    await send('PutPermission', { Action: 'events:PutEvents', StatementId: 's', Principal: '111122223333' }, owner);
    const taken = await caller.send(new PutEventsCommand({ Entries: [entry] }));
    expect(taken).toMatchObject({ FailedEntryCount: 0 });
    caller.destroy();
  });
});

describe('events', () => {
  const entry = { Source: 's', DetailType: 'd', Detail: '{}' };

  test('a bus that is not there takes them and drops them', async () => {
    const answer = await send('PutEvents', { Entries: [{ ...entry, EventBusName: 'none' }] });
    expect(answer).toMatchObject({
      FailedEntryCount: 0,
      Entries: [{ EventId: expect.stringMatching(/^[0-9a-f-]{36}$/) }],
    });
  });

  test('a bad one fails alone', async () => {
    const answer = await send('PutEvents', { Entries: [entry, { ...entry, Detail: '[]' }] });
    expect(answer).toMatchObject({ FailedEntryCount: 1, Entries: [{}, { ErrorCode: 'MalformedDetail' }] });
  });

  test('too many or too large ones fail together', async () => {
    const eleven = await refusal('PutEvents', { Entries: Array.from({ length: 11 }, () => entry) });
    expect(eleven).toContain(
      `Value '[PutEventsRequestEntry(time=null, source=s, resources=null, detailType=d, detail={},`,
    );
    expect(eleven).toContain(
      "at 'entries' failed to satisfy constraint: Member must have length less than or equal to 10",
    );
    const Detail = JSON.stringify({ text: 'x'.repeat(eventsQuotas.requestBytesMax) });
    expect(await refusal('PutEvents', { Entries: [{ ...entry, Detail }] })).toBe(
      'ValidationException: Total size of the entries in the request is over the limit.',
    );
  });

  test.each([
    ['plain', 'not valid'],
    ['["a"]', 'not valid'],
    ['{"a":1}', 'not valid'],
    [
      `{"id":"1","source":"s","detail-type":"t","account":"1","time":"t","region":"r","a":${'['.repeat(1e5)}${']'.repeat(1e5)}}`,
      'not valid',
    ],
    ['{"id":"1","source":"s","detail-type":"t","account":"1","time":"t","region":"r"}', 'no error'],
  ])('TestEventPattern of %s', async (Event, expected) => {
    expect(await refusal('TestEventPattern', { EventPattern: pattern, Event })).toContain(expected);
  });
});
