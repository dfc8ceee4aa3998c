import { expect, test } from 'vitest';
import type { ServiceModel } from './model.ts';
import { validationError, violationsOf } from './validation.ts';

const model: ServiceModel = {
  service: 'example',
  serviceId: 'Example',
  apiVersion: '2026-01-01',
  source: 'this test',
  releasedOn: '2026-01-01',
  protocol: 'json',
  operations: {},
  shapes: {
    Input: {
      type: 'structure',
      required: ['Name', 'Entries'],
      members: {
        Name: { shape: 'Name' },
        Entries: { shape: 'Entries' },
        Limit: { shape: 'Limit' },
        Mode: { shape: 'Mode' },
      },
    },
    Name: { type: 'string', min: 1, max: 3, pattern: String.raw`[\.\-_A-Za-z0-9]+` },
    Entries: { type: 'list', member: { shape: 'Entry' }, min: 1, max: 2 },
    Entry: { type: 'structure', required: ['Id'], members: { Id: { shape: 'Name' } } },
    Limit: { type: 'integer', min: 1, max: 10 },
    Mode: { type: 'string', enum: ['ON', 'OFF'] },
  },
};

test.each<[object, string]>([
  [
    { Entries: [{ Id: 'a' }] },
    "1 validation error detected: Value null at 'name' failed to satisfy constraint: Member must not be null",
  ],
  [
    { Name: '', Entries: [{ Id: 'a' }], Limit: 11 },
    "3 validation errors detected: Value '' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+; Value '' at 'name' failed to satisfy constraint: Member must have length greater than or equal to 1; Value '11' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 10",
  ],
  [
    { Name: 'a', Entries: [], Mode: 'MAYBE' },
    "2 validation errors detected: Value '[]' at 'entries' failed to satisfy constraint: Member must have length greater than or equal to 1; Value 'MAYBE' at 'mode' failed to satisfy constraint: Member must satisfy enum value set: [ON, OFF]",
  ],
  [
    { Name: 'a', Entries: [{ Id: 'b' }, {}] },
    "1 validation error detected: Value null at 'entries.2.member.id' failed to satisfy constraint: Member must not be null",
  ],
])('validation - %j', (input, message) => {
  expect(validationError(violationsOf(model, 'Input', input)).message).toBe(message);
});

test('validation - what the model allows breaks nothing', () => {
  const input = { Name: 'a-b', Entries: [{ Id: 'x' }], Limit: 10, Mode: 'ON' };
  expect(violationsOf(model, 'Input', input)).toEqual([]);
});
