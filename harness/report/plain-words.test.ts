import { expect, test } from 'vitest';
import { builtBy, errorsIn, meaningOf } from './plain-words.ts';
import { sampleRows } from './sample-rows.ts';

test('every row is told how each profile builds it', () => {
  const rows = [...sampleRows.map(([id]) => id), 'SUBJ-001'];
  for (const row of rows)
    for (const profile of ['design', 'mended', 'exact']) expect(builtBy(row, profile)).toBeDefined();
  expect(builtBy('PUB-001', 'nats')).toBeUndefined();
});

test('words are explained where a call ended with them, and nowhere else', () => {
  const explained = (text: string) => errorsIn([text]).map(([word]) => word);
  expect(explained('kv.put of writer-0 failed: refused')).toEqual(['refused']);
  expect(explained('publish of publisher-0/3 to a subject of nobody failed: unmappable')).toEqual(['unmappable']);
  expect(explained('requester-0/1 was to be answered and ended as timeout')).toEqual(['timeout']);
  expect(explained('request may have happened: timeout')).toEqual(['timeout']);
  expect(explained('subscriber-0/refused#0 never got publisher/0')).toEqual([]);
  expect(meaningOf('lost')).toContain('did not come');
});
