import { expect, test } from 'vitest';
import { isSchedule, nextFireMs } from './schedule.ts';

const from = '2026-11-24T10:30:00.500Z';

const next: readonly (readonly [string, string | undefined])[] = [
  ['cron(0 12 * * ? *)', '2026-11-24T12:00:00.000Z'],
  ['cron(30 10 * * ? *)', '2026-11-25T10:30:00.000Z'],
  ['cron(31 10 * * ? *)', '2026-11-24T10:31:00.000Z'],
  ['cron(0/15 * * * ? *)', '2026-11-24T10:45:00.000Z'],
  ['cron(*/20 * * * ? *)', '2026-11-24T10:40:00.000Z'],
  ['cron(5,35 14 * * ? *)', '2026-11-24T14:05:00.000Z'],
  ['cron(0 18 ? * MON-FRI *)', '2026-11-24T18:00:00.000Z'],
  ['cron(0 2 ? * SAT *)', '2026-11-28T02:00:00.000Z'],
  ['cron(0 2 ? * FRI-MON *)', '2026-11-27T02:00:00.000Z'],
  ['cron(0 2 ? * SAT#3 *)', '2026-12-19T02:00:00.000Z'],
  ['cron(15 10 ? * 6L *)', '2026-11-27T10:15:00.000Z'],
  ['cron(0 8 1 * ? *)', '2026-12-01T08:00:00.000Z'],
  ['cron(0 8 L * ? *)', '2026-11-30T08:00:00.000Z'],
  ['cron(0 8 LW * ? *)', '2026-11-30T08:00:00.000Z'],
  ['cron(0 8 28W * ? *)', '2026-11-27T08:00:00.000Z'],
  ['cron(0 8 29W * ? *)', '2026-11-30T08:00:00.000Z'],
  ['cron(0 0 29 2 ? *)', '2028-02-29T00:00:00.000Z'],
  ['cron(0 0 1 JAN ? 2030)', '2030-01-01T00:00:00.000Z'],
  ['cron(15 10 ? * 6L 2002-2005)', undefined],
  ['cron(0 0 31 2 ? *)', undefined],
  ['rate(1 minute)', '2026-11-24T10:31:00.500Z'],
  ['rate(7 hours)', '2026-11-24T17:30:00.500Z'],
  ['rate(2 days)', '2026-11-26T10:30:00.500Z'],
];
test.each(next)('%s fires next at %s', (expression, expected) => {
  const fromMs = Date.parse(from);
  expect(isSchedule(expression)).toBe(true);
  const ms = nextFireMs(expression, fromMs, fromMs);
  expect(ms === undefined ? undefined : new Date(ms).toISOString()).toBe(expected);
});

const refused = `
  cron(0 1 * * * *)
  cron(0 1 ? * ? *)
  cron(0 1 * * ?)
  cron(60 1 * * ? *)
  cron(0 24 * * ? *)
  cron(0 0 0 * ? *)
  cron(0 0 32 * ? *)
  cron(0 0 ? * 8 *)
  cron(0 0 ? * MON#6 *)
  cron(0 0 1 13 ? *)
  cron(0 0 1 * ? 1969)
  cron(INVALID)
  cron()
  rate(0 minutes)
  rate(1 minutes)
  rate(2 minute)
  rate(1 second)
  rate(1.5 hours)
  at(2026-01-01T00:00:00)
  every minute
`;
test.each(refused.split('\n').map((line) => line.trim()))('refuses %s', (expression) => {
  expect(isSchedule(expression)).toBe(false);
});

test('a rate keeps its pace however late it is asked', () => {
  expect(nextFireMs('rate(1 minute)', 0, 59_999)).toBe(60_000);
  expect(nextFireMs('rate(1 minute)', 0, 60_000)).toBe(120_000);
  expect(nextFireMs('rate(1 minute)', 0, 3_600_001)).toBe(3_660_000);
});

/** Both changes of 2026 in Berlin and New York; rules run in UTC and know none of them. */
test.each(['2026-03-08', '2026-03-29', '2026-10-25', '2026-11-01'])('a clock change on %s moves no rule', (day) => {
  const beforeMs = Date.parse(`${day}T00:00:00Z`) - 24 * 3_600_000;
  const fired: string[] = [];
  let ms: number | undefined = beforeMs;
  for (let turn = 0; turn < 3 && ms !== undefined; turn += 1) {
    ms = nextFireMs('cron(30 2 * * ? *)', beforeMs, ms);
    if (ms !== undefined) fired.push(new Date(ms).toISOString());
  }
  const date = (days: number) => new Date(beforeMs + days * 24 * 3_600_000).toISOString().slice(0, 10);
  expect(fired).toEqual([0, 1, 2].map((days) => `${date(days)}T02:30:00.000Z`));
});
