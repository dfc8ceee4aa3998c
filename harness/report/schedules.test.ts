import { expect, test } from 'vitest';
import { cellHtml } from './html-cell.ts';
import { scheduleLines, scheduleSentence } from './schedules.ts';
import { smallReport } from './small-report.ts';

const report = smallReport();
const cell = report.cells.find(({ profile }) => profile === 'exact');

test('schedules - a cell says how many it rests on, of its own run and explored, and what they found', () => {
  expect(cell && scheduleLines(cell).map(scheduleSentence)).toEqual([
    '20 schedules in this run, with every liberty AWS takes, found nothing: 19 distinct histories',
    '5,000 schedules explored from seed 1, with every liberty AWS takes, found 1: 1 distinct history',
  ]);
});

test('schedules - the page lists them with the points that fired and the capsules', () => {
  const html = cell === undefined ? '' : cellHtml(cell, undefined, report);
  expect(html).toContain('found nothing: 19 distinct histories');
  expect(html).toContain('taken: FAULT-throttling 12, ADV-SQS-01 7');
  expect(html).toContain('<a href="capsules/QG-001-exact-exclusive-delivery-duplicated.json"');
});
