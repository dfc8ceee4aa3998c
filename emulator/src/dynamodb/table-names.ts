import { validationError } from '../validation.ts';
import { dynamodbQuotas } from '../quotas.ts';

const NAME = /^[a-zA-Z0-9_.-]+$/;

/** The name in an ARN, or the name itself. Throws ValidationException where it is none; a new one has to be longer. */
export function checkedTableName(nameOrArn: string, { isNew = false }: { readonly isNew?: boolean } = {}): string {
  const name = tableName(nameOrArn);
  const constraint =
    name.length > dynamodbQuotas.tableNameLengthMax
      ? `Member must have length less than or equal to ${dynamodbQuotas.tableNameLengthMax}`
      : isNew && name.length < dynamodbQuotas.tableNameLengthMin
        ? `Member must have length greater than or equal to ${dynamodbQuotas.tableNameLengthMin}`
        : NAME.test(name)
          ? undefined
          : 'Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+';
  if (constraint === undefined) return name;
  throw validationError([{ path: 'tableName', member: 'TableName', value: name, constraint, kind: 'pattern' }]);
}

/** The name in a table's ARN, or the name itself. */
function tableName(nameOrArn: string): string {
  return /^arn:[^:]*:dynamodb:[^:]*:\d*:table\/([^/]+)/.exec(nameOrArn)?.[1] ?? nameOrArn;
}
