import { expect, test } from 'vitest';
import { createFunctionThread } from './function-thread.ts';

const invocation = {
  requestId: 'r-1',
  functionName: 'f',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:f',
  memoryMegabytes: 128,
  deadlineMs: 0,
  logGroup: '/aws/lambda/f',
};

function thread(source: string) {
  const sent: unknown[] = [];
  return {
    sent,
    ...createFunctionThread({
      files: new Map([['index.js', Buffer.from(source)]]),
      handler: 'index.handler',
      variables: {},
      seed: 1,
      send: async (...call) => {
        sent.push(call);
        if (call[1] === 'GetQueueUrl') throw Object.assign(new Error('none'), { name: 'QueueDoesNotExist' });
        return { MessageId: 'm', bytes: new Uint8Array([1]) };
      },
    }),
  };
}

test('environments of a thread keep their own state and call the world', async () => {
  const { open, sent } = thread(`
    const { SQSClient, SendMessageCommand, GetQueueUrlCommand } = require('@aws-sdk/client-sqs');
    const client = new SQSClient();
    let n = 0;
    exports.handler = async () => {
      const { MessageId } = await client.send(new SendMessageCommand({ QueueUrl: 'u', MessageBody: 'b' }));
      const error = await client.send(new GetQueueUrlCommand({ QueueName: 'q' })).catch((e) => e.name);
      return [++n, MessageId, error];
    };`);
  const [one, two] = [open('s1'), open('s2')];
  expect(await one.invoke('{}', invocation)).toEqual({ payload: '[1,"m","QueueDoesNotExist"]', failed: false });
  expect((await one.invoke('{}', invocation)).payload).toContain('[2');
  expect((await two.invoke('{}', invocation)).payload).toContain('[1');
  expect(sent[0]).toEqual(['sqs', 'SendMessage', { QueueUrl: 'u', MessageBody: 'b' }]);
  one.kill();
  two.kill();
});

test('code that never yields ends with its thread, and the next environment has a new one', async () => {
  const { open } = thread('exports.handler = async (event) => { while (event.hang); return 1; };');
  const [hung, neighbour] = [open('s1'), open('s2')];
  expect((await neighbour.invoke('{}', invocation)).payload).toBe('1');
  const never = hung.invoke('{"hang":true}', invocation);
  const lost = neighbour.invoke('{}', invocation);
  hung.kill();
  expect(await lost).toMatchObject({ failed: true, exited: true });
  expect(neighbour.hasEnded()).toBe(true);
  const next = open('s3');
  expect((await next.invoke('{}', invocation)).payload).toBe('1');
  next.kill();
  expect(await Promise.race([never, Promise.resolve('still waiting')])).toBe('still waiting');
});

test('a rejection that nobody waits for is the answer of whoever ran', async () => {
  const { open } = thread(
    'exports.handler = () => { Promise.reject(new Error("stray")); return new Promise(() => {}); };',
  );
  const stray = open('s');
  const outcome = await stray.invoke('{}', invocation);
  expect(outcome).toMatchObject({ failed: true, exited: true });
  expect(stray.hasEnded()).toBe(true);
  expect(JSON.parse(outcome.payload)).toMatchObject({
    errorType: 'Runtime.UnhandledPromiseRejection',
    errorMessage: 'Error: stray',
  });
});
