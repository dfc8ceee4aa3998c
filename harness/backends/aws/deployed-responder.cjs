'use strict';

const { SendMessageCommand, SQSClient } = require('@aws-sdk/client-sqs');
const { behaviour, ledgerUrl, responder } = require('./deployed.json');

const client = new SQSClient({});
const attemptsMax = 10;
let executions = 0;

exports.handler = async (event, context) => {
  executions += 1;
  await enter(event, context);
  return answer(event);
};

/** One message a run of the handler: how executions are counted. */
async function enter(event, context) {
  const command = new SendMessageCommand({
    QueueUrl: ledgerUrl,
    MessageBody: JSON.stringify({ responder, event: JSON.stringify(event) }),
    MessageGroupId: 'ledger',
    MessageDeduplicationId: `${context.awsRequestId}-${context.logStreamName.replaceAll(/[^\w-]/g, '').slice(-60)}-${executions}`,
  });
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.send(command);
      return;
    } catch (error) {
      if (attempt === attemptsMax) throw error;
    }
  }
}

async function answer(event) {
  switch (behaviour.kind) {
    case 'echo':
      return event;
    case 'fail':
      throw new Error(behaviour.message);
    case 'silent':
      return wait(900_000);
    case 'delay':
      await wait(behaviour.ms + spread(event) * (behaviour.jitterMs ?? 0));
      return event;
    case 'count':
      return executions;
    case 'describe':
      return { subject: null, reply: null, headers: [] };
    case 'several':
      return `${typeof event === 'string' ? event : JSON.stringify(event)}:0`;
    case 'fixed':
      return json(Buffer.from(behaviour.body, 'base64').toString('utf8'));
    case 'sized':
      return '\0'.repeat(behaviour.bytes);
    default:
      throw new Error(`unknown behaviour '${behaviour.kind}'`);
  }
}

function wait(ms) {
  return new Promise((resolve) => {
    // oxlint-disable-next-line no-restricted-globals -- runs in Lambda, whose timers are the run's clock where time is virtual
    setTimeout(resolve, ms);
  });
}

/** In [0, 1), from the request itself. */
function spread(event) {
  let hash = 0;
  for (const character of JSON.stringify(event)) hash = (Math.imul(hash, 31) + character.codePointAt(0)) >>> 0;
  return hash / 2 ** 32;
}

function json(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
