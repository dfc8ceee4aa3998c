import { expect, test } from 'vitest';
import { isPermissionId, permissions } from './index.ts';
import { processPermissions } from './process.ts';
import { stand } from '../stand.fixture.ts';
import { dynamodbSigns } from './signs/dynamodb.fixture.ts';
import { eventsSigns } from './signs/events.fixture.ts';
import { faultSigns } from './signs/faults.fixture.ts';
import { lambdaSigns } from './signs/lambda.fixture.ts';
import { networkSigns } from './signs/network.fixture.ts';
import type { Sign } from './signs/sign.fixture.ts';
import { snsSigns } from './signs/sns.fixture.ts';
import { sqsSigns } from './signs/sqs.fixture.ts';

const signs: Readonly<Record<string, Sign>> = {
  ...faultSigns,
  ...networkSigns,
  ...sqsSigns,
  ...snsSigns,
  ...eventsSigns,
  ...dynamodbSigns,
  ...lambdaSigns,
};

/** By then a point of the lowest rate, 0.005, has fired with a chance of 0.9999. */
const seedsMax = 2_000;

/** Its sign takes 120,000 messages, so fewer worlds without the permission are looked at. */
const isSlow = (id: string): boolean => id === 'ADV-SQS-07';

/** A caller's process is in the hands of whoever runs it, and the harness that does has the tests. */
const points = Object.keys(permissions).filter((id) => isPermissionId(id) && !Object.hasOwn(processPermissions, id));

test('every point has a sign, and every sign a point', () => {
  expect(Object.keys(signs).sort()).toEqual(points.sort());
});

test.each(points.filter(isPermissionId))('%s - is seen under some seed, and never without permission', async (id) => {
  const sign = signs[id];
  if (sign === undefined) throw new Error(`'${id}' has no sign`);
  let seen: readonly string[] | undefined;
  for (let seed = 0; seed < seedsMax && seen === undefined; seed += 1) {
    const made = stand({ permissions: [id], seed });
    if (await sign(made)) seen = made.world.fired().map(({ point }) => point);
  }
  expect(new Set(seen)).toEqual(new Set([id]));
  for (let seed = 0; seed < (isSlow(id) ? 1 : 20); seed += 1) {
    const made = stand({ seed });
    expect(await sign(made)).toBe(false);
    expect(made.world.fired()).toEqual([]);
  }
});
