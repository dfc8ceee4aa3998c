import { dynamodbNotChosen, dynamodbPermissions } from './dynamodb.ts';
import { elsewhereNotChosen } from './elsewhere.ts';
import { eventsNotChosen, eventsPermissions } from './events.ts';
import { faultPermissions } from './faults.ts';
import { lambdaNotChosen, lambdaPermissions } from './lambda.ts';
import { networkPermissions } from './network.ts';
import type { NotChosen, Permission } from './permission.ts';
import { processPermissions } from './process.ts';
import { snsNotChosen, snsPermissions } from './sns.ts';
import { sqsNotChosen, sqsPermissions } from './sqs.ts';

/** Every point at which AWS is free, by id: one table a service. */
export const permissions = {
  ...faultPermissions,
  ...networkPermissions,
  ...processPermissions,
  ...sqsPermissions,
  ...snsPermissions,
  ...eventsPermissions,
  ...dynamodbPermissions,
  ...lambdaPermissions,
} as const satisfies Record<string, Permission>;

export type PermissionId = keyof typeof permissions;

/** Every entry of the catalogue that is no point, and why. */
export const notChosen: Readonly<Record<string, NotChosen>> = {
  ...sqsNotChosen,
  ...snsNotChosen,
  ...eventsNotChosen,
  ...dynamodbNotChosen,
  ...lambdaNotChosen,
  ...elsewhereNotChosen,
};

export function isPermissionId(text: string): text is PermissionId {
  return Object.hasOwn(permissions, text);
}
