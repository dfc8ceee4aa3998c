import { describe, expect, test } from 'vitest';
import { bytes, deploy, failing, onSeed, textOf } from './seed-stand.testing.ts';

const subject = 'agent.nlp-001.cmd.status';
const timeoutMs = 5_000;

describe("the document's request", () => {
  test('seed R1 - a request lasts as long as the function, not its five seconds', () =>
    onSeed({}, async (stand) => {
      await deploy(
        stand,
        'exports.handler = () => new Promise((resolve) => setTimeout(resolve, 50000, "late"));',
        subject,
      );
      const startMs = stand.nowMs();
      const { payload } = await stand.connection.request(subject, bytes('{}'), { timeoutMs });
      expect(textOf(payload)).toBe('"late"');
      expect(stand.nowMs() - startMs).toBeGreaterThanOrEqual(50_000);
    }));

  test('seed R2 - an error of the function is taken for its reply', () =>
    onSeed({}, async (stand) => {
      await deploy(stand, 'exports.handler = async () => { throw new Error("boom"); };', subject);
      const reply = await stand.connection.request(subject, bytes('{}'), { timeoutMs });
      expect(reply.error).toBeUndefined();
      expect(JSON.parse(textOf(reply.payload))).toMatchObject({ errorType: 'Error', errorMessage: 'boom' });
    }));

  test('seed R3 - a request that is no JSON is refused', () =>
    onSeed({}, async (stand) => {
      await deploy(stand, 'exports.handler = async (event) => event;', subject);
      await expect(stand.connection.request(subject, bytes('status'), { timeoutMs })).rejects.toMatchObject({
        name: 'InvalidRequestContentException',
      });
    }));

  test('seed R4 - each agent needs a function of its own', () =>
    onSeed({}, async (stand) => {
      await deploy(stand, 'exports.handler = async () => 1;', subject);
      const other = 'agent.nlp-002.cmd.status';
      await expect(stand.connection.request(other, bytes('{}'), { timeoutMs })).rejects.toMatchObject({
        name: 'ResourceNotFoundException',
      });
      await deploy(stand, 'exports.handler = async () => 2;', other);
      expect(textOf((await stand.connection.request(other, bytes('{}'), { timeoutMs })).payload)).toBe('2');
      expect(stand.world.requests()).toMatchObject({ 'lambda.CreateFunction': 2 });
    }));

  test('seed R5 - a request whose answer was lost is executed twice', () =>
    onSeed({ choices: failing('FAULT-lost-answer', 'lambda.Invoke/seedagent-nlp-001-handler', 1) }, async (stand) => {
      await deploy(
        stand,
        'let executions = 0; exports.handler = async () => { executions += 1; return executions; };',
        subject,
      );
      const { payload } = await stand.connection.request(subject, bytes('{}'), { timeoutMs });
      expect(textOf(payload)).toBe('2');
      expect(stand.sent('Invoke')).toHaveLength(1);
    }));
});

test('deployment - one whose answers were lost has made the function; one of other code has not', () =>
  onSeed({ choices: failing('FAULT-lost-answer', 'lambda.CreateFunction/seedagent-a-handler') }, async (stand) => {
    await deploy(stand, 'exports.handler = async () => "first";', 'agent.a.cmd');
    const { payload } = await stand.connection.request('agent.a.cmd', bytes('{}'), { timeoutMs: 1_000 });
    expect(textOf(payload)).toBe('"first"');
    await expect(deploy(stand, 'exports.handler = async () => "second";', 'agent.a.cmd')).rejects.toMatchObject({
      name: 'ResourceConflictException',
    });
  }));
