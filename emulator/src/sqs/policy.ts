import { isRecord } from '../codecs/json.ts';
import type { Queue } from './state.ts';

/** A queue's policy, as far as permissions by label go. */
export interface Policy {
  readonly head: Readonly<Record<string, unknown>>;
  readonly statements: readonly Readonly<Record<string, unknown>>[];
}

export function policyOf(queue: Queue): Policy {
  const text = queue.attributes.get('Policy');
  if (text === undefined) {
    return { head: { Version: '2008-10-17', Id: `${queue.arn}/SQSDefaultPolicy` }, statements: [] };
  }
  const document: unknown = JSON.parse(text);
  if (!isRecord(document)) return { head: {}, statements: [] };
  const { Statement, ...head } = document;
  const statements: readonly unknown[] = Array.isArray(Statement) ? Statement : [Statement];
  return { head, statements: statements.filter(isRecord) };
}

/** Without statements a queue has no policy. */
export function setPolicy(queue: Queue, { head, statements }: Policy): void {
  if (statements.length === 0) queue.attributes.delete('Policy');
  else queue.attributes.set('Policy', JSON.stringify({ ...head, Statement: statements }));
}
