import { holdsInOnePlace } from './array-consistency.ts';
import { compilePattern } from './compile-pattern.ts';
import type { FieldTest } from './compile-pattern.ts';
import { scanEvent } from './event-scanner.ts';
import { createField, fieldHolds, fieldIsPlaced } from './field.ts';
import type { Condition, Field } from './field.ts';
import { createFieldNode, growNode, pruneNode } from './field-tree.ts';
import type { FieldNode } from './field-tree.ts';
import { removeFrom } from './item-list.ts';
import type { EventValue } from './value-test.ts';

/** Rules by name, matched together: one pass over an event finds all whose pattern it matches. */
export interface RuleSet {
  /**
   * Adds a rule, or gives the rule of that name a new pattern.
   *
   * @param pattern its JSON text, or an object that stands for it
   * @throws InvalidPatternError, and the set is as before
   */
  readonly add: (name: string, pattern: string | object) => void;
  /** False if there is no such rule. */
  readonly delete: (name: string) => boolean;
  /**
   * The names of the rules that match, in no particular order.
   *
   * @param event a JSON object as text, or as an object. Of a text, only what rules name is read and checked.
   */
  readonly matches: (event: string | object) => string[];
  readonly size: () => number;
}

/** One alternative of a rule's pattern: all conditions must hold. */
export interface Branch {
  readonly rule: Rule;
  /** Sorted by path. */
  readonly conditions: readonly Condition<Branch>[];
  readonly hasAbsence: boolean;
  /** By which the branch is found; none if each of its conditions may hold for want of a value. */
  readonly access: Condition<Branch> | undefined;
  /** The event for which it was judged last. */
  judged: number;
}

interface Rule {
  readonly name: string;
  readonly branches: Branch[];
  matched: number;
}

interface State {
  readonly rules: Map<string, Rule>;
  readonly root: FieldNode<Field<Branch>>;
  /** Branches that no value leads to. */
  readonly unfound: Branch[];
  /** The number of the event at hand. */
  event: number;
  /** Fields with a value in it. */
  readonly touched: Field<Branch>[];
  readonly candidates: Branch[];
}

export function createRuleSet(): RuleSet {
  const state: State = {
    rules: new Map(),
    root: createFieldNode(),
    unfound: [],
    event: 0,
    touched: [],
    candidates: [],
  };
  const keep = (field: Field<Branch>, value: EventValue): void => keepValue(state, field, value);

  return {
    add(name, pattern) {
      const { branches } = compilePattern(typeof pattern === 'string' ? pattern : JSON.stringify(pattern));
      const before = state.rules.get(name);
      if (before !== undefined) removeRule(state, before);
      const rule: Rule = { name, branches: [], matched: 0 };
      state.rules.set(name, rule);
      for (const fields of branches) addBranch(state, rule, fields);
    },
    delete(name) {
      const rule = state.rules.get(name);
      if (rule !== undefined) removeRule(state, rule);
      return rule !== undefined;
    },
    matches(event) {
      state.event += 1;
      state.touched.length = 0;
      scanEvent(typeof event === 'string' ? event : JSON.stringify(event), state.root, keep);
      return findMatches(state);
    },
    size: () => state.rules.size,
  };
}

function keepValue({ event, touched }: State, field: Field<Branch>, value: EventValue): void {
  if (field.event !== event) {
    field.event = event;
    field.values.length = 0;
    field.placed = false;
    touched.push(field);
  }
  field.values.push(value);
  if (value.place !== undefined) field.placed = true;
}

function findMatches({ touched, candidates, unfound, event }: State): string[] {
  candidates.length = 0;
  for (const field of touched) for (const value of field.values) field.find(value, candidates);
  const names: string[] = [];
  for (const branch of candidates) judge(branch, event, names);
  for (const branch of unfound) judge(branch, event, names);
  return names;
}

function judge(branch: Branch, event: number, names: string[]): void {
  const { rule } = branch;
  if (branch.judged === event || rule.matched === event) return;
  branch.judged = event;
  if (!holds(branch, event)) return;
  rule.matched = event;
  names.push(rule.name);
}

function holds({ conditions, hasAbsence }: Branch, event: number): boolean {
  let placed = 0;
  for (const condition of conditions) if (fieldIsPlaced(condition.field, event)) placed += 1;
  const anywhere = placed === 0 || conditions.length === 1;
  if (anywhere || !hasAbsence) {
    for (const condition of conditions) if (!fieldHolds(condition, event)) return false;
  }
  return anywhere || (placed === 1 && !hasAbsence) || holdsInOnePlace(conditions, event);
}

function addBranch({ root, unfound }: State, rule: Rule, fields: readonly FieldTest[]): void {
  const conditions = fields.map(({ path, tests }) => {
    const node = growNode(root, path);
    node.field ??= createField<Branch>(path);
    return node.field.condition(tests);
  });
  const access = mostSelective(conditions);
  const hasAbsence = conditions.some((condition) => condition.absence);
  const branch: Branch = { rule, conditions, access, hasAbsence, judged: 0 };
  if (access === undefined) unfound.push(branch);
  else access.field.file(access, branch);
  rule.branches.push(branch);
}

function removeRule({ rules, root, unfound }: State, rule: Rule): void {
  for (const branch of rule.branches) {
    if (branch.access === undefined) removeFrom(unfound, branch);
    else branch.access.field.unfile(branch.access, branch);
    for (const condition of branch.conditions) {
      if (condition.field.release(condition) === 0) pruneNode(root, condition.field.path);
    }
  }
  rules.delete(rule.name);
}

/** The condition that fewest branches are found by, of those that only a value can make hold. */
function mostSelective(conditions: readonly Condition<Branch>[]): Condition<Branch> | undefined {
  let best: Condition<Branch> | undefined;
  let least = Infinity;
  for (const condition of conditions) {
    if (condition.absence) continue;
    const crowd = condition.field.crowd(condition);
    if (crowd < least) {
      least = crowd;
      best = condition;
    }
  }
  return best;
}
