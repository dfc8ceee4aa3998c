import { AwsError } from '../errors.ts';
import type { Tag } from './generated/shapes.ts';
import { invalid } from './invalid.ts';
import type { DynamoState, Table } from './table.ts';
import { dynamodbQuotas } from '../quotas.ts';

/**
 * The table with this ARN. Throws ValidationException on what is no table's ARN, and AccessDeniedException where there is
 * no such table, as DynamoDB was seen to answer.
 */
export function taggedTable(state: DynamoState, arn: string, action: string): Table {
  const name = /^arn:aws[^:]*:dynamodb:[^:]+:\d{12}:table\/([^/]+)$/.exec(arn)?.[1];
  if (name === undefined) throw invalid(`Invalid TableArn: Invalid ResourceArn provided as input ${arn}`);
  const table = state.tables.get(name);
  if (table === undefined || table.arn !== arn) {
    throw new AwsError(
      'AccessDeniedException',
      `User: ${arn.split(':').slice(0, 2).join(':')}:iam::${arn.split(':')[4] ?? ''}:root is not authorized to perform: ` +
        `${action} on resource: ${arn} because no identity-based policy allows the ${action} action`,
    );
  }
  return table;
}

/** Throws ValidationException where there would be too many or two of one key; the wording is ours. */
export function checkTags(table: Table, tags: readonly Tag[]): void {
  const keys = tags.map(({ Key }) => Key);
  if (new Set(keys).size < keys.length) throw invalid('Duplicate tag keys found in the request');
  if (new Set([...table.tags.keys(), ...keys]).size > dynamodbQuotas.tagsMax)
    throw invalid(`Too many tags: the limit is ${dynamodbQuotas.tagsMax}`);
}
