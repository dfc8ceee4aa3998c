import { createHash } from 'node:crypto';
import type { World } from '../service.ts';
import type { SSESpecification } from './generated/shapes.ts';
import type { Encryption, Table } from './table.ts';

/** The key a table is encrypted with where it is not DynamoDB's own: the one named, or the account's `aws/dynamodb`. */
export function encryption(specification: SSESpecification | undefined, world: World): Encryption | undefined {
  if (specification?.Enabled !== true) return undefined;
  const key = specification.KMSMasterKeyId;
  if (key?.startsWith('arn:') === true) return { keyArn: key, status: 'ENABLED' };
  const keyArn = `arn:aws:kms:${world.region}:${world.accountId}:key/${key ?? defaultKeyId(world)}`;
  return { keyArn, status: 'ENABLED' };
}

/**
 * Changes a table's encryption; to go back to DynamoDB's own key is an update like any other, during which the old key is
 * still named: recorded.
 */
export function changeEncryption(table: Table, specification: SSESpecification | undefined, world: World): void {
  if (specification === undefined) return;
  const wanted = encryption(specification, world);
  const shown = wanted ?? table.encryption;
  table.encryption = shown && { ...shown, status: 'UPDATING', next: wanted };
}

/** An update of the table has come to its end. */
export function settleEncryption(table: Table): void {
  if (table.encryption?.status === 'UPDATING') table.encryption = table.encryption.next;
}

/** One key for all tables of an account in a Region. */
function defaultKeyId({ accountId, region }: World): string {
  const digits = createHash('sha256').update(`aws/dynamodb ${accountId} ${region}`).digest('hex');
  const parts = [digits.slice(0, 8), digits.slice(8, 12), `4${digits.slice(13, 16)}`, `8${digits.slice(17, 20)}`];
  return [...parts, digits.slice(20, 32)].join('-');
}
