import { isRecord } from '../codecs/json.ts';
import { invalidParameter } from './invalid-parameter.ts';

/** What AddPermission may grant; anything else is out of SNS's scope. */
const grantableActions = new Set([
  'GetTopicAttributes',
  'SetTopicAttributes',
  'AddPermission',
  'RemovePermission',
  'DeleteTopic',
  'Subscribe',
  'ListSubscriptionsByTopic',
  'Publish',
]);

/** The policy of a topic that was given none: its owner may do everything. Recorded, member for member. */
export function defaultTopicPolicy(topicArn: string, accountId: string): string {
  return JSON.stringify({
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: [...grantableActions].map((action) => `SNS:${action}`),
        Resource: topicArn,
        Condition: { StringEquals: { 'AWS:SourceOwner': accountId } },
      },
    ],
  });
}

/** The policy with a statement named `label` added. */
export function addPermission(
  policy: string,
  grant: {
    readonly topicArn: string;
    readonly label: string;
    readonly accountIds: readonly string[];
    readonly actions: readonly string[];
  },
): string {
  const document = parsePolicy(policy);
  if (document.Statement.some((statement) => sidOf(statement) === grant.label)) {
    throw invalidParameter('Statement already exists');
  }
  if (grant.actions.some((action) => !grantableActions.has(action))) {
    throw invalidParameter('Policy statement action out of service scope!');
  }
  const principals = grant.accountIds.map((id) => `arn:aws:iam::${id}:root`);
  const statement = {
    Sid: grant.label,
    Effect: 'Allow',
    Principal: { AWS: oneOrMany(principals) },
    Action: oneOrMany(grant.actions.map((action) => `SNS:${action}`)),
    Resource: grant.topicArn,
  };
  return JSON.stringify({ ...document, Statement: [...document.Statement, statement] });
}

/** The policy without the statement named `label`; the same policy where there is none. */
export function removePermission(policy: string, label: string): string {
  const document = parsePolicy(policy);
  return JSON.stringify({
    ...document,
    Statement: document.Statement.filter((statement) => sidOf(statement) !== label),
  });
}

/** Whether a text is a JSON object, which is all that is looked at when a policy is set. */
export function isPolicy(text: string): boolean {
  try {
    return isRecord(JSON.parse(text));
  } catch {
    return false;
  }
}

interface PolicyDocument {
  readonly Statement: readonly unknown[];
}

function parsePolicy(text: string): PolicyDocument {
  const document: unknown = JSON.parse(text);
  if (typeof document !== 'object' || document === null || !('Statement' in document)) return { Statement: [] };
  const { Statement } = document;
  return { ...document, Statement: Array.isArray(Statement) ? Statement : [Statement] };
}

function sidOf(statement: unknown): unknown {
  return typeof statement === 'object' && statement !== null && 'Sid' in statement ? statement.Sid : undefined;
}

/** A list of one stands as its member, as recorded. */
function oneOrMany(items: readonly string[]): string | readonly string[] {
  const [only] = items;
  return items.length === 1 && only !== undefined ? only : items;
}
