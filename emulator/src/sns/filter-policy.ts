import { once, onceInARow } from '../once.ts';
import { createRuleSet, InvalidPatternError } from '../patterns/index.ts';
import type { RuleSet } from '../patterns/index.ts';
import { compilePattern } from '../patterns/compile-pattern.ts';
import { eventValue, matchesFlat } from '../patterns/flat-fields.ts';
import type { FlatFields, Leaf } from '../patterns/flat-fields.ts';
import { createPatternReader } from '../patterns/pattern-reader.ts';
import type { EventValue } from '../patterns/value-test.ts';
import { snsQuotas } from '../quotas.ts';
import type { Refuse } from './invalid-parameter.ts';
import type { MessageAttributes } from './message-attributes.ts';
import { parseJson } from './parse-json.ts';
import type { FilterPolicy, FilterScope } from './state.ts';

const { filterPolicyKeysMax, filterPolicyCombinationsMax, filterPolicyBytesMax } = snsQuotas;

/**
 * Compiles a filter policy; `undefined` for the empty one, which AWS's guide uses to remove a policy. SNS compiles its
 * policies with the compiler of EventBridge, whose words and places its errors carry.
 */
export function compileFilterPolicy(text: string, scope: FilterScope, refuse: Refuse): FilterPolicy | undefined {
  const key = `${scope} ${text}`;
  const known = compiled.get(key);
  if (known !== undefined) return { ...known };
  const policy = compileAnew(text, scope, refuse);
  if (policy !== undefined && text.length <= compiledLengthMax) {
    if (compiled.size >= compiledMax) compiled.clear();
    compiled.set(key, policy);
  }
  return policy;
}

/** Subscriptions tend to have the policies of others. */
const compiled = new Map<string, FilterPolicy>();
const compiledMax = 1000;
const compiledLengthMax = 1000;

function compileAnew(text: string, scope: FilterScope, refuse: Refuse): FilterPolicy | undefined {
  if (Buffer.byteLength(text) > filterPolicyBytesMax) throw refuse('FilterPolicy: Filter policy is too large');
  const document = parseJson(text, 'FilterPolicy', refuse);
  if (isObject(document) && Object.keys(document).length === 0) return undefined;
  // recorded: what the compiler's errors quote is the policy without its white space
  const compact = JSON.stringify(document);
  const branches = compile(compact, refuse);
  if (!isObject(document)) throw refuse('FilterPolicy: Filter is not an object');
  if (scope === 'MessageAttributes' && isNested(document)) {
    throw refuse('Filter policy scope MessageAttributes does not support nested filter policy');
  }
  if (parentKeys(document).size > filterPolicyKeysMax) {
    throw refuse(`FilterPolicy: Filter policy can not have more than ${filterPolicyKeysMax} keys`);
  }
  if (countCombinations(document, 1) > filterPolicyCombinationsMax)
    throw refuse('FilterPolicy: Filter policy is too complex');
  return { text, scope, branches, rules: once(() => ruleSetOf(compact)) };
}

/** Whether the body is a JSON object that the policy lets pass. */
export function matchesBody(policy: FilterPolicy, body: string): boolean {
  let event: unknown;
  try {
    event = JSON.parse(body);
  } catch {
    return false;
  }
  return isObject(event) && policy.rules().matches(body).length > 0;
}

/**
 * Whether the policy lets attributes pass. Binary ones are as good as absent, arrays offer each element. A message is held
 * against the policy of each subscription of its topic, one after another.
 */
export function matchesAttributes(policy: FilterPolicy, attributes: MessageAttributes): boolean {
  const fields = fieldsOf(attributes);
  return fields === undefined
    ? policy.rules().matches(eventOf(attributes)).length > 0
    : matchesFlat(policy.branches, fields);
}

/** `undefined` where an array holds more than leaves. */
const fieldsOf = onceInARow((attributes: MessageAttributes): FlatFields | undefined => {
  const fields = new Map<string, readonly EventValue[]>();
  for (const [name, { DataType, StringValue }] of Object.entries(attributes)) {
    if (StringValue === undefined) continue;
    const value = attributeValue(DataType, StringValue);
    const leaves: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (!leaves.every(isLeaf)) return undefined;
    fields.set(name, leaves.map(eventValue));
  }
  return fields;
});

function eventOf(attributes: MessageAttributes): string {
  const values = Object.entries(attributes).flatMap(([name, { DataType, StringValue }]) =>
    StringValue === undefined ? [] : [[name, attributeValue(DataType, StringValue)] as const],
  );
  return JSON.stringify(Object.fromEntries(values));
}

function isLeaf(value: unknown): value is Leaf {
  return value === null || typeof value !== 'object';
}

function attributeValue(dataType: string, text: string): unknown {
  if (dataType === 'Number' || dataType.startsWith('Number.')) return Number(text);
  if (dataType !== 'String.Array') return text;
  try {
    const elements: unknown = JSON.parse(text);
    return Array.isArray(elements) ? elements : text;
  } catch {
    return text;
  }
}

function ruleSetOf(text: string): RuleSet {
  const rules = createRuleSet();
  rules.add('policy', text);
  return rules;
}

function compile(text: string, refuse: Refuse): FilterPolicy['branches'] {
  try {
    refuseNewerOperators(text);
    return compilePattern(text).branches;
  } catch (error) {
    if (!(error instanceof InvalidPatternError)) throw error;
    throw refuse(`FilterPolicy: ${error.reason}`);
  }
}

/**
 * SNS knows fewer operators than EventBridge: it was recorded to refuse all but `prefix` inside `anything-but`, and its
 * guide has no `wildcard`.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/string-value-matching.html
 */
function refuseNewerOperators(text: string): void {
  const reader = createPatternReader(text);
  const parents: string[] = [];
  let operator = '';
  for (let token = reader.next(); token !== 'end'; token = reader.next()) {
    if (token === 'start-array' || token === 'start-object') parents.push(token);
    if (token === 'end-array' || token === 'end-object') parents.pop();
    if (token !== 'name') continue;
    const inTest = parents.at(-2) === 'start-array';
    const inAnythingBut = parents.at(-3) === 'start-array' && operator === 'anything-but';
    const name = reader.text();
    if (inTest && name === 'wildcard') throw reader.error(`Unrecognized match type ${name}`);
    operator = name;
    if (!inAnythingBut) continue;
    if (name !== 'prefix') throw reader.error(`Unsupported anything-but pattern: ${name}`);
    if (reader.next() !== 'string') throw reader.error('prefix match pattern must be a string');
  }
}

function isNested(document: object): boolean {
  return Object.entries(document).some(([name, value]) =>
    name === '$or' && Array.isArray(value)
      ? value.some((alternative) => isObject(alternative) && isNested(alternative))
      : isObject(value),
  );
}

/** Of nested keys only the outermost counts; AWS does not say how it counts inside `$or`, so each name does once. */
function parentKeys(document: object): Set<string> {
  const keys = new Set<string>();
  for (const [name, value] of Object.entries(document)) {
    if (name !== '$or' || !Array.isArray(value)) keys.add(name);
    else
      for (const alternative of value)
        if (isObject(alternative)) for (const key of parentKeys(alternative)) keys.add(key);
  }
  return keys;
}

/** Values of each array times its depth, multiplied; the alternatives of an `$or` are added. */
function countCombinations(document: object, depth: number): number {
  let product = 1;
  for (const [name, value] of Object.entries(document)) {
    if (name === '$or' && Array.isArray(value)) {
      let sum = 0;
      for (const alternative of value) if (isObject(alternative)) sum += countCombinations(alternative, depth);
      product *= sum;
    } else if (Array.isArray(value)) {
      product *= depth * value.length;
    } else if (isObject(value)) {
      product *= countCombinations(value, depth + 1);
    }
  }
  return product;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
