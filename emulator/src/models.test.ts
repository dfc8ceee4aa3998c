import { expect, test } from 'vitest';
import { realClock } from './clock.ts';
import { loadService, serviceNames } from './loader.ts';

/** AWS adds to its models each week; what an emulator of half a year ago refuses may be in use by now. */
const daysMax = 183;

test.each(serviceNames())('model of %s - is not older than half a year', async (name) => {
  const service = await loadService(name);
  const { source, releasedOn } = service?.model ?? {};
  const ageDays = (realClock.epochMs() - Date.parse(releasedOn ?? '')) / 86_400_000;
  expect(ageDays, `${source} of ${releasedOn}: run \`npm run models\` on a newer botocore`).toBeLessThan(daysMax);
  expect(service?.operations.size).toBeGreaterThan(0);
});
