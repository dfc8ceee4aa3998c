import { expect, test } from 'vitest';
import { UsageError } from '#core';
import { checkNode } from './cli.ts';

test('cli - a command that this Node cannot read is refused with what it needs', () => {
  expect(() => checkNode('repro', '22.23.3')).toThrow(
    new UsageError("'repro' needs Node 24 or later, and this is '22.23.3': in a clone 'npx parallax' brings its own"),
  );
  for (const version of ['24.0.0', '26.1.0']) expect(() => checkNode('repro', version)).not.toThrow();
  expect(() => checkNode('explore', '22.18.0')).not.toThrow();
});
