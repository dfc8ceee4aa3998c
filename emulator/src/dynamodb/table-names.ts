import { validationError } from '../validation.ts';

/**
 * Requests take an ARN wherever they take a table's name, so the model allows more than a name may be.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html
 */
const NAME_LENGTH_MIN = 3;
const NAME_LENGTH_MAX = 255;
const NAME = /^[a-zA-Z0-9_.-]+$/;

/** The name in an ARN, or the name itself. Throws ValidationException where it is none; a new one has to be longer. */
export function checkedTableName(nameOrArn: string, { isNew = false }: { readonly isNew?: boolean } = {}): string {
  const name = tableName(nameOrArn);
  const constraint =
    name.length > NAME_LENGTH_MAX
      ? `Member must have length less than or equal to ${NAME_LENGTH_MAX}`
      : isNew && name.length < NAME_LENGTH_MIN
        ? `Member must have length greater than or equal to ${NAME_LENGTH_MIN}`
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
