import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { serviceNames } from './loader.ts';

/** How a limit looks that was typed where it is applied: a quantifier of two digits, a length or size held to one. */
const typedLimits = [/\{\d+,\d{2,}\}/, /(?:length|size|byteLength)\s*[<>]=?\s*\d{2,}/];

/** Lines of PEM and integers that a double holds: forms, no limits of AWS's. */
const forms = ['signing-key.ts', 'decimal.ts'];

test.each(serviceNames())('%s - limits come from the model or from quotas.ts', (name) => {
  const folder = join(import.meta.dirname, name);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !/\.(test|fixture)\.ts$|^generated/.test(file) && !forms.includes(file),
  );
  expect(files.length).toBeGreaterThan(0);
  const typed = files.flatMap((file) =>
    readFileSync(join(folder, file), 'utf8')
      .split('\n')
      .filter((line) => typedLimits.some((limit) => limit.test(line)))
      .map((line) => `${file}: ${line.trim()}`),
  );
  expect(typed).toEqual([]);
});
