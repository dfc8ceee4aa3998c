import { expect, test } from 'vitest';
import type { Clock } from '../clock.ts';
import { createEnvironment } from './environment.ts';

/** A clock that stands until it is moved. */
function manualClock(): Clock & { readonly advance: (ms: number) => void } {
  let now = 1_700_000_000_000;
  const alarms = new Set<{ dueMs: number; wake: () => void }>();
  return {
    epochMs: () => now,
    at(dueMs, wake) {
      const alarm = { dueMs, wake };
      alarms.add(alarm);
      return () => alarms.delete(alarm);
    },
    advance(ms) {
      now += ms;
      for (const alarm of [...alarms].sort((a, b) => a.dueMs - b.dueMs)) {
        if (alarm.dueMs > now || !alarms.delete(alarm)) continue;
        alarm.wake();
      }
    },
  };
}

const invocation = {
  requestId: 'r-1',
  functionName: 'f',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:f',
  memoryMegabytes: 128,
  deadlineMs: 1_700_000_003_000,
  logGroup: '/aws/lambda/f',
};

function start(source: string, clock = manualClock()) {
  const sent: unknown[] = [];
  const environment = createEnvironment({
    files: new Map([['index.js', Buffer.from(source)]]),
    handler: 'index.handler',
    variables: { QUEUE: 'q' },
    clock,
    random: () => 0.5,
    send: async (...call) => {
      sent.push(call);
      return { MessageId: 'm' };
    },
    logStream: 's',
  });
  return {
    environment,
    clock,
    sent,
    invoke: (event: unknown) => environment.invoke(JSON.stringify(event), invocation),
  };
}

test('runs an async handler with its event, variables, clock and chance', async () => {
  const { invoke } = start(
    'exports.handler = async (event, context) => ({ ...event, queue: process.env.QUEUE, now: Date.now(), chance: Math.random(), left: context.getRemainingTimeInMillis(), array: event.list instanceof Array });',
  );
  expect(JSON.parse((await invoke({ list: [1] })).payload)).toEqual({
    list: [1],
    queue: 'q',
    now: 1_700_000_000_000,
    chance: 0.5,
    left: 3000,
    array: true,
  });
});

test('keeps module state between invocations', async () => {
  const { invoke } = start('let count = 0; exports.handler = async () => ++count;');
  await invoke({});
  expect(await invoke({})).toEqual({ payload: '2', failed: false });
});

test('describes what a handler throws', async () => {
  const { invoke } = start('exports.handler = async () => { throw new TypeError("no good"); };');
  const { payload, failed } = await invoke({});
  expect(failed).toBe(true);
  const document = JSON.parse(payload);
  expect(document).toMatchObject({ errorType: 'TypeError', errorMessage: 'no good' });
  expect(document.trace[0]).toBe('TypeError: no good');
  expect(document.trace[1]).toMatch(/\/var\/task\/index\.js:1:\d+/);
});

test.each([
  ['exports.other = 1;', 'Runtime.HandlerNotFound', 'index.handler is undefined or not exported'],
  ['exports.handler = async (', 'Runtime.UserCodeSyntaxError', 'SyntaxError: Unexpected end of input'],
  [
    "require('left-pad'); exports.handler = async () => 1;",
    'Runtime.ImportModuleError',
    "Error: Cannot find module 'left-pad'",
  ],
])('names the error of code that does not start: %s', async (source, type, message) => {
  const { payload } = await start(source).invoke({});
  expect(JSON.parse(payload).errorType).toBe(type);
  expect(JSON.parse(payload).errorMessage).toContain(message);
});

test('moves timers with the clock', async () => {
  const { invoke, clock } = start('exports.handler = () => new Promise((r) => setTimeout(() => r(Date.now()), 2000));');
  const answer = invoke({});
  await Promise.resolve();
  clock.advance(2000);
  expect((await answer).payload).toBe('1700000002000');
});

test('holds timers of a frozen environment until it thaws', async () => {
  const { invoke, clock } = start(
    'exports.handler = async (event) => { if (event.first) setTimeout(() => console.log("tick"), 1000); };',
  );
  await invoke({ first: true });
  clock.advance(5000);
  expect(await invoke({})).toEqual({ payload: 'null', failed: false, log: ['INFO\ttick'] });
});

test('answers callbacks, and null where a handler does neither', async () => {
  expect((await start('exports.handler = (e, c, done) => { done(null, 7); };').invoke({})).payload).toBe('7');
  expect((await start('exports.handler = () => 7;').invoke({})).payload).toBe('null');
});

test('stands in for the AWS SDK', async () => {
  const { invoke, sent } = start(`
    const { SQSClient, SendMessageCommand } = require('@aws-sdk/client-sqs');
    const client = new SQSClient({});
    exports.handler = async () => (await client.send(new SendMessageCommand({ QueueUrl: 'u', MessageBody: 'b' }))).MessageId;
  `);
  expect((await invoke({})).payload).toBe('"m"');
  expect(sent).toEqual([['sqs', 'SendMessage', { QueueUrl: 'u', MessageBody: 'b' }]]);
});

test('tells that the code ended its process', async () => {
  const outcome = await start('exports.handler = async () => process.exit(3);').invoke({});
  expect(outcome).toMatchObject({ failed: true, exited: true });
  expect(JSON.parse(outcome.payload)).toEqual({
    errorType: 'Runtime.ExitError',
    errorMessage: 'RequestId: r-1 Error: Runtime exited with error: exit status 3',
  });
});
