import { expect, test } from 'vitest';
import { permissions } from './index.ts';
import { sqsNotChosen, sqsPermissions } from './sqs.ts';

const ids = (prefix: string, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}-${String(index + 1).padStart(2, '0')}`);

test('every entry of the catalogue about SQS is a choice, or says why it is none', () => {
  const listed = [...Object.keys(sqsPermissions), ...Object.keys(sqsNotChosen)];
  expect(listed.sort()).toEqual([...ids('ADV-SQS', 14), ...ids('ADV-FIFO', 5)].sort());
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
