import { expect, test } from 'vitest';
import { notChosen, permissions } from './index.ts';

/** The adversary catalogue (part F): how many entries each family has. */
const families = {
  'ADV-EB': 14,
  'ADV-CEB': 10,
  'ADV-SQS': 14,
  'ADV-FIFO': 5,
  'ADV-SNS': 5,
  'ADV-DDB': 13,
  'ADV-LAM': 8,
  'ADV-SCH': 6,
  'ADV-WS': 8,
  'ADV-SFN': 4,
  'ADV-KDS': 5,
  'ADV-NATS': 6,
} as const;

const catalogue = Object.entries(families).flatMap(([family, count]) =>
  Array.from({ length: count }, (_, index) => `${family}-${String(index + 1).padStart(2, '0')}`),
);

test('every entry of the catalogue is a point, or says why it is none, and never both', () => {
  const listed = [...Object.keys(permissions), ...Object.keys(notChosen)];
  expect(new Set(listed).size).toBe(listed.length);
  expect(catalogue.filter((id) => !listed.includes(id))).toEqual([]);
  expect(Object.keys(notChosen).filter((id) => !catalogue.includes(id))).toEqual([]);
});

test('what is a point beside the catalogue is known by name', () => {
  expect(Object.keys(permissions).filter((id) => !catalogue.includes(id))).toEqual([
    'FAULT-throttling',
    'FAULT-internal',
    'FAULT-lost-answer',
    'NET-slow-request',
    'NET-slow-answer',
    'NET-order',
    'NET-jitter',
    'PROC-pause',
    'PROC-restart',
    'ADV-DDB-09-conflict',
    'ADV-DDB-14',
  ]);
});

test.each(Object.entries(permissions))(
  '%s names a page of AWS, a sentence and a rate',
  (_, { page, sentence, rate }) => {
    expect(new URL(page).hostname).toMatch(/(^|\.)(aws\.amazon\.com|amazonaws\.com)$/);
    expect(sentence.length).toBeGreaterThan(20);
    expect(rate).toBeGreaterThan(0);
    expect(rate).toBeLessThanOrEqual(1);
  },
);
