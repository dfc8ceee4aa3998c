import { dynamodbPermissions } from './dynamodb.ts';
import { eventsPermissions } from './events.ts';
import { faultPermissions } from './faults.ts';
import { lambdaPermissions } from './lambda.ts';
import { networkPermissions } from './network.ts';
import type { Permission } from './permission.ts';
import { snsPermissions } from './sns.ts';
import { sqsPermissions } from './sqs.ts';

/** Every point at which AWS is free, by id: one table a service. */
export const permissions = {
  ...faultPermissions,
  ...networkPermissions,
  ...sqsPermissions,
  ...snsPermissions,
  ...eventsPermissions,
  ...dynamodbPermissions,
  ...lambdaPermissions,
} as const satisfies Record<string, Permission>;

export type PermissionId = keyof typeof permissions;

export function isPermissionId(text: string): text is PermissionId {
  return Object.hasOwn(permissions, text);
}
