import type { AwsError } from '../errors.ts';
import type { Violation } from '../validation.ts';
import { validationError } from '../validation.ts';
import { invalid } from './invalid.ts';
import { checkedTableName } from './table-names.ts';

/** The order in which DynamoDB was seen to list the values of an enumeration, where it is not its model's. */
const ENUMERATIONS: Readonly<Record<string, string>> = {
  select: '[SPECIFIC_ATTRIBUTES, COUNT, ALL_ATTRIBUTES, ALL_PROJECTED_ATTRIBUTES]',
  attributeType: '[B, N, S]',
};

/** DynamoDB words some breaches of its model in ways of its own; each was seen on DynamoDB itself. */
export function invalidInput(violations: readonly Violation[], operation: string, input: unknown): AwsError {
  const name = nameIn(input);
  // A name that cannot be one is seen before anything else.
  if (name !== undefined && name !== '') checkedTableName(name, { isNew: operation === 'CreateTable' });
  const [first] = violations;
  const special = first && specialAnswer(first, operation);
  if (special !== undefined) return invalid(special);
  return validationError(violations.map(asDynamoDb));
}

function nameIn(input: unknown): string | undefined {
  const name = typeof input === 'object' && input !== null && 'TableName' in input ? input.TableName : undefined;
  return typeof name === 'string' ? name : undefined;
}

function specialAnswer({ path, value, kind, constraint }: Violation, operation: string): string | undefined {
  if (path === 'tableName' && kind === 'required' && operation === 'CreateTable') {
    return "The parameter 'TableName' is required but was not present in the request";
  }
  if (path === 'requestItems') return `The requestItems parameter is required for ${operation}`;
  if (path === 'limit' && operation === 'Query') {
    return `1 validation error detected: Value at 'Limit' failed to satisfy constraint: ${constraint}`;
  }
  const keys = /^requestItems\.(.+)\.member\.keys$/.exec(path)?.[1];
  if (keys !== undefined && kind === 'length') {
    return `1 validation error detected: Value at 'RequestItems.${keys}.member.Keys' failed to satisfy constraint: ${constraint}`;
  }
  const table = /^requestItems\.(.+)\.member$/.exec(path)?.[1];
  if (table !== undefined && kind === 'length') {
    return (
      `1 validation error detected: Value '{${table}=${value}}' at 'requestItems' failed to satisfy constraint: ` +
      'Map value must satisfy constraint: ' +
      '[Member must have length less than or equal to 25, Member must have length greater than or equal to 1]'
    );
  }
  return undefined;
}

function asDynamoDb(violation: Violation): Violation {
  const values = violation.kind === 'enum' ? ENUMERATIONS[violation.path.split('.').at(-1) ?? ''] : undefined;
  return values === undefined
    ? violation
    : { ...violation, constraint: `Member must satisfy enum value set: ${values}` };
}
