'use strict';

const { SendMessageCommand, SQSClient } = require('@aws-sdk/client-sqs');
const { behaviour, ledgerUrl, responder } = require('./deployed.json');

const client = new SQSClient({});
const attemptsMax = 10;
let executions = 0;

/** What is mended brings the request in an envelope, and takes the reply in one. */
exports.handler = async (event, context) => {
  executions += 1;
  await enter(event, context);
  if (typeof event !== 'object' || event === null || event.v !== 1) return answer(event, {});
  const reply = await answer(Buffer.from(event.p, 'base64').toString('latin1'), { subject: event.s, headers: event.h });
  const bytes = typeof reply === 'string' ? Buffer.from(reply, 'latin1') : Buffer.from(JSON.stringify(reply));
  return { v: 1, p: bytes.toString('base64') };
};

/** One message a run of the handler: how executions are counted. */
async function enter(event, context) {
  const command = new SendMessageCommand({
    QueueUrl: ledgerUrl,
    MessageBody: JSON.stringify({ responder, request: requestOf(event) }),
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

/** The request's bytes, as base64. */
function requestOf(event) {
  return event?.v === 1 ? event.p : Buffer.from(JSON.stringify(event)).toString('base64');
}

async function answer(event, { subject = null, headers = [] }) {
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
      return { subject, reply: null, headers };
    case 'several':
      return `${typeof event === 'string' ? event : JSON.stringify(event)}:0`;
    case 'fixed':
      return json(Buffer.from(behaviour.body, 'base64').toString('latin1'));
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
