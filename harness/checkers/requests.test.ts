import { describe, expect, test } from 'vitest';
import { base64, brand, patternOf, subjectOf, utf8 } from '#core';
import type { MessageId, ReceiverId, Reply, Responder } from '#core';
import { applicationErrors, executeOnce, requestMetadata, responderIdentity } from './execution.ts';
import { judge } from './judge-history.ts';
import { manyReplies, replyIntact, replyMatching, requestIntact, requestReply } from './replies.ts';
import { noResponders, requestDeadline, requestEnd } from './request-ends.ts';
import { writeHistory } from './write-history.ts';
import type { HistoryWriter } from './write-history.ts';

const reply = (text: string, more: Partial<Reply> = {}): Reply => ({ body: utf8(text), headers: [], ...more });

function respond(
  history: HistoryWriter,
  behaviour: Responder,
  { id = 'r', queue }: { id?: string; queue?: string } = {},
) {
  const responder = brand<ReceiverId>(id);
  const input = { responder, pattern: patternOf('x'), behaviour, ...(queue === undefined ? {} : { queue }) };
  history.call(id, 'respond', input).ok(null);
  history.call(id, 'flush', {}).ok(null);
}

function request(history: HistoryWriter, id: string, subject = 'x') {
  return history.call(id, 'request', {
    id: brand<MessageId>(id),
    subject: subjectOf(subject),
    body: utf8(id),
    timeoutMs: 1_000,
  });
}

function withResponder(behaviour: Responder) {
  const history = writeHistory();
  respond(history, behaviour);
  return history;
}

describe('request-reply', () => {
  test('unanswered: a responder was there and no reply came', () => {
    const history = withResponder({ kind: 'echo' });
    const call = request(history, 'q/0');
    const end = call.info('timeout');
    expect(judge(requestReply(), history)).toMatchObject({
      valid: false,
      anomalies: [
        {
          kind: 'unanswered',
          message: 'q/0 was to be answered and ended as timeout',
          evidence: [call.index, end],
        },
      ],
    });
  });

  test('not-first: the second of several', () => {
    const history = withResponder({ kind: 'several', replies: 2 });
    const call = request(history, 'q/0');
    const end = call.ok(reply('q/0:1'));
    expect(judge(requestReply(), history)).toMatchObject({
      valid: false,
      anomalies: [{ kind: 'not-first', evidence: [call.index, end] }],
    });
  });

  test('a responder that ended meanwhile need not have answered', () => {
    const history = withResponder({ kind: 'echo' });
    const call = request(history, 'q/0');
    history.call('r', 'crash', {}).ok(null);
    call.info('timeout');
    expect(judge(requestReply(), history)).toMatchObject({ valid: 'unknown', vacuous: true });
  });
});

test('reply-matching: crossed where a request gets the body of another', () => {
  const history = withResponder({ kind: 'echo' });
  const first = request(history, 'q/0');
  const second = request(history, 'q/1');
  const end = second.ok(reply('q/0'));
  first.ok(reply('q/0'));
  expect(judge(replyMatching(), history)).toMatchObject({
    valid: false,
    facts: { compared: 2 },
    anomalies: [{ kind: 'crossed', message: 'q/1 got the reply to q/0', evidence: [first.index, second.index, end] }],
  });
});

test('reply-intact: altered where bytes are missing, lost where there is none, an oversize one observed', () => {
  const history = withResponder({ kind: 'sized', bytes: 4 });
  const short = request(history, 'q/0');
  const shortEnd = short.ok({ body: base64(new Uint8Array(3)), headers: [] });
  const none = request(history, 'q/1');
  const noneEnd = none.info('timeout');
  request(history, 'q/2').ok({ body: base64(new Uint8Array(4)), headers: [] });
  expect(judge(replyIntact(), history)).toMatchObject({
    valid: false,
    anomalies: [
      {
        kind: 'altered',
        message: 'q/0 was to get a reply of 4 bytes and got 3 bytes',
        evidence: [short.index, shortEnd],
      },
      { kind: 'lost', evidence: [none.index, noneEnd] },
    ],
  });
  const large = withResponder({ kind: 'sized', bytes: 1_048_577 });
  request(large, 'q/0').ok({ body: base64(new Uint8Array(1_048_577)), headers: [] });
  expect(judge(replyIntact(), large).observations).toEqual({
    'oversize reply': { word: 'delivered', unlike: 'stronger' },
  });
});

test('request-intact: altered where a responder executes other bytes, lost where it executes none', () => {
  const history = withResponder({ kind: 'silent' });
  const call = request(history, 'q/0');
  const alien = history.execute('r', null);
  const end = call.info('timeout');
  expect(judge(requestIntact(), history)).toMatchObject({
    valid: false,
    anomalies: [
      { kind: 'altered', evidence: [alien] },
      { kind: 'lost', evidence: [call.index, end] },
    ],
  });
});

test('many-replies: lost and unexpected against what the responders there reply', () => {
  const collected = (count: number) => {
    const history = writeHistory();
    respond(history, { kind: 'echo' }, { id: 'r' });
    respond(history, { kind: 'several', replies: 2 }, { id: 's' });
    const call = history.call('q', 'request-many', {
      id: brand<MessageId>('q/0'),
      subject: subjectOf('x'),
      body: utf8('q/0'),
      timeoutMs: 500,
    });
    const end = call.ok(Array.from({ length: count }, () => reply('q/0')));
    return { verdict: judge(manyReplies(), history), evidence: [call.index, end] };
  };
  expect(collected(3).verdict.valid).toBe(true);
  const few = collected(2);
  expect(few.verdict).toMatchObject({
    valid: false,
    anomalies: [{ kind: 'lost', message: 'q/0 was to collect 3 replies and got 2', evidence: few.evidence }],
  });
  expect(collected(4).verdict).toMatchObject({ valid: false, anomalies: [{ kind: 'unexpected' }] });
});

describe('no-responders', () => {
  const asked = (ms: number, end: 'timeout' | 'no-responders') => {
    const history = writeHistory();
    const call = request(history, 'q/0');
    history.sleep(ms);
    const ended = end === 'timeout' ? call.info(end) : call.fail(end);
    return { verdict: judge(noResponders(), history), evidence: [call.index, ended] };
  };

  test('at once and definite: right, and the error is observed', () => {
    expect(asked(1, 'no-responders').verdict).toMatchObject({
      valid: true,
      observations: { 'error for nobody': { word: 'no-responders' } },
    });
  });

  test('silent: it waited, or nobody knows what happened', () => {
    const { verdict, evidence } = asked(1_000, 'timeout');
    expect(verdict).toMatchObject({
      valid: false,
      anomalies: [
        {
          kind: 'silent',
          message: 'q/0, which nobody could answer, ended as timeout after 1000 ms',
          evidence,
        },
      ],
    });
    expect(asked(600, 'no-responders').verdict.valid).toBe(false);
    expect(asked(1, 'timeout').verdict.valid).toBe(false);
  });

  test('a plain subscription is somebody', () => {
    const history = writeHistory();
    history.subscribe('a', 'x');
    request(history, 'q/0').info('timeout');
    expect(judge(noResponders(), history)).toMatchObject({ valid: 'unknown', vacuous: true });
  });
});

test('request-deadline: early and overdue, with the time it took', () => {
  const silent = (ms: number) => {
    const history = withResponder({ kind: 'silent' });
    const call = request(history, 'q/0');
    history.sleep(ms);
    const end = call.info('timeout');
    return { verdict: judge(requestDeadline(), history), evidence: [call.index, end] };
  };
  expect([silent(1_000), silent(1_500)].map(({ verdict }) => verdict.valid)).toEqual([true, true]);
  const late = silent(1_501);
  expect(late.verdict).toMatchObject({
    valid: false,
    anomalies: [{ kind: 'overdue', message: 'q/0 had 1000 ms and ended after 1501 ms', evidence: late.evidence }],
  });
  expect(silent(900).verdict).toMatchObject({ valid: false, anomalies: [{ kind: 'early' }] });
});

test('request-deadline: invented where nobody replies and a reply comes all the same', () => {
  const history = withResponder({ kind: 'silent' });
  const call = request(history, 'q/0');
  history.sleep(60_000);
  const end = call.ok(reply('Task timed out'));
  const message = 'q/0, which nobody answers, got a reply after 60000 ms';
  const anomalies = [{ kind: 'invented', message, evidence: [call.index, end] }];
  expect(judge(requestDeadline(), history)).toMatchObject({ valid: false, anomalies });
});

test('request-end: observes how the last one ended', () => {
  const history = withResponder({ kind: 'echo' });
  request(history, 'q/0').ok(reply('q/0'));
  request(history, 'q/1').info('timeout');
  expect(judge(requestEnd(), history)).toMatchObject({
    valid: true,
    observations: { 'end of the request': { word: 'timeout' } },
  });
});

test('execute-once: duplicated in a group, not by two responders without one', () => {
  const history = writeHistory();
  respond(history, { kind: 'echo' }, { id: 'r', queue: 'g' });
  respond(history, { kind: 'echo' }, { id: 's', queue: 'g' });
  respond(history, { kind: 'echo' }, { id: 't' });
  const call = request(history, 'q/0');
  const executions = ['r', 's', 't'].map((id) => history.execute(id, 'q/0'));
  call.ok(reply('q/0'));
  history.settled();
  expect(judge(executeOnce(), history)).toMatchObject({
    valid: false,
    anomalies: [
      {
        kind: 'duplicated',
        message: "'g' executed q/0 2 times",
        evidence: [call.index, ...executions.slice(0, 2)],
      },
    ],
  });
});

test('application-errors: hidden in a reply, or lost in one of the transport', () => {
  const history = withResponder({ kind: 'fail', message: 'broken' });
  request(history, 'q/0').ok(reply('', { applicationError: 'broken' }));
  const hidden = request(history, 'q/1');
  const hiddenEnd = hidden.ok(reply('broken'));
  const lost = request(history, 'q/2');
  const lostEnd = lost.info('timeout');
  expect(judge(applicationErrors(), history)).toMatchObject({
    valid: false,
    facts: { compared: 3 },
    anomalies: [
      { kind: 'hidden', message: 'q/1 was to end as broken and got a reply', evidence: [hidden.index, hiddenEnd] },
      { kind: 'transport', message: 'q/2 was to end as broken and got timeout', evidence: [lost.index, lostEnd] },
    ],
  });
});

test('request-metadata: missing, part by part', () => {
  const history = withResponder({ kind: 'describe' });
  request(history, 'q/0').ok(reply(JSON.stringify({ subject: 'x', headers: [], reply: '_INBOX.1' })));
  const call = request(history, 'q/1');
  const end = call.ok(reply(JSON.stringify({ subject: 'y', reply: null })));
  const evidence = [call.index, end];
  expect(judge(requestMetadata(), history)).toMatchObject({
    valid: false,
    anomalies: [
      { kind: 'missing', message: 'the responder to q/1 did not see its subject', evidence },
      { message: 'the responder to q/1 did not see its headers', evidence },
      { message: 'the responder to q/1 did not see its reply subject', evidence },
    ],
  });
});

test('responder-identity: foreign where the count is not the own', () => {
  const history = withResponder({ kind: 'count' });
  request(history, 'q/0').ok(reply('1'));
  const call = request(history, 'q/1');
  const end = call.ok(reply('1'));
  expect(judge(responderIdentity(), history)).toMatchObject({
    valid: false,
    anomalies: [
      {
        kind: 'foreign',
        message: "q/1 to r was its request 2 and got the count '1'",
        evidence: [call.index, end],
      },
    ],
  });
});
