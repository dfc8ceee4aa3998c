import type { World } from '../service.ts';
import type { SSESpecification } from './generated/shapes.ts';
import { uuid } from '../ids.ts';
import type { Encryption } from './table.ts';

/** The key a table is encrypted with where it is not DynamoDB's own: the one named, or the account's `aws/dynamodb`. */
export function encryption(specification: SSESpecification | undefined, world: World): Encryption | undefined {
  if (specification?.Enabled !== true) return undefined;
  const key = specification.KMSMasterKeyId;
  if (key?.startsWith('arn:') === true) return { keyArn: key };
  return { keyArn: `arn:aws:kms:${world.region}:${world.accountId}:key/${key ?? uuid(world.random)}` };
}
