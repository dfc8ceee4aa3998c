import { expect, test } from 'vitest';
import type { SubjectMapping } from 'parallax-translator/mappings';
import { base64, bytesOf, patternOf, scenario, subjectOf, utf8 } from '#core';
import { bytesIntact, filterMatching, headersIntact, replySubjectIntact, subjectIntact } from '#checkers';
import * as template from '../../docs/mapping-template.ts';
import { judgeHistory } from '../check.ts';
import { mappedProfile } from '../backends/aws/profile-mapped.ts';
import { run } from '../run.ts';
import { createEmbeddedTarget } from '../targets/embedded.ts';
import { carriedMapping } from './carried-mapping.ts';

const signal = new AbortController().signal;
const source = 'https://docs.nats.io/nats-concepts/subjects';
const body = base64(Uint8Array.from([0, 255, 128]));

const act = scenario({
  title: 'Messages with headers, bytes and a reply subject on near subjects',
  rows: [
    { id: 'SUBJ-010', level: 'MUST', source, requires: ['subject-mapping'], checks: [subjectIntact()] },
    { id: 'SUBJ-011', level: 'MUST', source, requires: ['subject-mapping'], checks: [filterMatching()] },
    { id: 'PUB-013', level: 'MUST', source, requires: ['headers'], checks: [headersIntact(), replySubjectIntact()] },
    { id: 'PAY-001', level: 'MUST', source, requires: ['payload-bytes'], checks: [bytesIntact()] },
  ],
  parameters: {},
  small: {},
  async run({ open, settle }) {
    const subscriber = await open('subscriber');
    for (const pattern of ['a.b.c', 'a.*.d', 'work.>']) await subscriber.subscribe({ pattern: patternOf(pattern) });
    await subscriber.flush();
    const publisher = await open('publisher');
    await publisher.publish({ subject: subjectOf('a.b.c'), headers: [['A', '1']], reply: subjectOf('r.1'), body });
    await publisher.publish({ subject: subjectOf('a.b.d'), body: utf8('other') });
    await publisher.publish({ subject: subjectOf('work.x.y.z'), body: utf8('work') });
    await settle();
  },
});

async function outcomes(mapping: unknown) {
  const { history, failure } = await run(
    {
      scenario: act,
      run: { scenario: 'map/carried', profile: 'mapping', seed: 'friendly' },
      target: createEmbeddedTarget({ mapping: carriedMapping(mapping) }),
      parameters: {},
      versions: {},
      reference: {},
    },
    { signal },
  );
  expect(failure).toBeUndefined();
  return Object.fromEntries(
    act.rows.map((row) => [row.id, judgeHistory({ row, profile: mappedProfile, history }).judgement.outcome]),
  );
}

test('carriedMapping - a faithful mapping brings subjects, headers, reply subject and bytes on rules and queues', async () => {
  expect(bytesOf(body)).toHaveLength(3);
  expect(await outcomes(template)).toEqual({
    'SUBJ-010': 'same',
    'SUBJ-011': 'same',
    'PUB-013': 'same',
    'PAY-001': 'same',
  });
});

test('carriedMapping - a mapping that drops the third token is caught', async () => {
  const short = (text: string): string => text.split('.').slice(0, 2).join('.');
  const broken: SubjectMapping = {
    encode: (subject) => template.encode(short(subject)),
    decode: template.decode,
    rule: (pattern) => template.rule(short(pattern)),
  };
  expect(await outcomes(broken)).toMatchObject({ 'SUBJ-010': 'gap', 'SUBJ-011': 'gap' });
});

test('carriedMapping - what the mapping refuses is refused to the application, and is no broken run', async () => {
  const narrow: SubjectMapping = {
    ...template,
    encode(subject) {
      if (subject.startsWith('work.')) throw new Error('no work here');
      return template.encode(subject);
    },
  };
  expect(await outcomes(narrow)).toMatchObject({ 'SUBJ-011': 'gap' });
});

test('carriedMapping - receiver filters mend a rule that is coarser than its filter', async () => {
  const coarse = { ...template, rule: () => ({ source: ['my-system'] }) };
  expect(await outcomes(coarse)).toMatchObject({ 'SUBJ-011': 'gap' });
  expect(await outcomes({ ...coarse, receiverFilters: true })).toMatchObject({ 'SUBJ-011': 'same' });
});
