import { isRecord } from './codecs/json.ts';
import { memo } from './memo.ts';

/** What a service asks of a resource of another. */
export interface AccessRequest {
  /** `sns.amazonaws.com` */
  readonly principal: string;
  /** `sqs:SendMessage` */
  readonly action: string;
  /** The acting resource: a topic, a rule. */
  readonly sourceArn: string;
  readonly resourceArn: string;
}

/** A function's own calls go by its role, and no role is looked at here; other services need a policy of the resource. */
export function needsPermission({ principal }: Pick<AccessRequest, 'principal'>): boolean {
  return principal !== 'lambda.amazonaws.com';
}

/**
 * Whether a resource's policy lets another service act on it: some statement allows and none denies. Conditions on
 * `aws:SourceArn` and `aws:SourceAccount` are understood; a statement with any other holds for nobody.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function policyAllows(policy: unknown, request: AccessRequest): boolean {
  const statements = isRecord(policy) ? listOf(policy['Statement']).filter(isRecord) : [];
  const effects = statements.filter((statement) => applies(statement, request)).map((statement) => statement['Effect']);
  return effects.includes('Allow') && !effects.includes('Deny');
}

type Statement = Readonly<Record<string, unknown>>;

function applies(statement: Statement, { principal, action, sourceArn, resourceArn }: AccessRequest): boolean {
  const { Principal, Action, Resource, Condition } = statement;
  return (
    namesPrincipal(Principal, principal) &&
    textsOf(Action).some((pattern) => globMatches(pattern.toLowerCase(), action.toLowerCase())) &&
    (Resource === undefined || textsOf(Resource).some((pattern) => globMatches(pattern, resourceArn))) &&
    holds(Condition, sourceArn)
  );
}

function namesPrincipal(allowed: unknown, principal: string): boolean {
  if (allowed === '*') return true;
  if (!isRecord(allowed)) return false;
  return textsOf(allowed['AWS']).includes('*') || textsOf(allowed['Service']).includes(principal);
}

function holds(condition: unknown, sourceArn: string): boolean {
  if (condition === undefined) return true;
  if (!isRecord(condition)) return false;
  return Object.entries(condition).every(
    ([operator, keys]) =>
      isRecord(keys) &&
      Object.entries(keys).every(([key, values]) => {
        const value = valueOf(key.toLowerCase(), sourceArn);
        return value !== undefined && textsOf(values).some((wanted) => compare(operator, wanted, value));
      }),
  );
}

function valueOf(key: string, sourceArn: string): string | undefined {
  if (key === 'aws:sourcearn') return sourceArn;
  return key === 'aws:sourceaccount' ? sourceArn.split(':')[4] : undefined;
}

function compare(operator: string, wanted: string, value: string): boolean {
  switch (operator) {
    case 'ArnEquals':
    case 'ArnLike':
    case 'StringLike':
      return globMatches(wanted, value);
    case 'StringEquals':
      return wanted === value;
    default:
      return false;
  }
}

/** `*` stands for any characters, `?` for one. */
function globMatches(pattern: string, text: string): boolean {
  return pattern.includes('*') || pattern.includes('?') ? expressionOf(pattern).test(text) : pattern === text;
}

const expressionOf = memo((pattern) => {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's');
});

function textsOf(value: unknown): readonly string[] {
  return listOf(value).filter((item) => typeof item === 'string');
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
