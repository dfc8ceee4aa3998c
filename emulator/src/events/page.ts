import { AwsError } from '../errors.ts';
import { eventsQuotas } from '../quotas.ts';

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken: string | undefined;
}

/**
 * A page of a list in the order given. A token holds the name seen last; if that has gone, the list goes on with the names
 * above it, as a sorted one should.
 */
export function page<T>(
  items: Iterable<T>,
  name: (item: T) => string,
  {
    Limit = eventsQuotas.pageItems,
    NextToken,
  }: { readonly Limit?: number | undefined; readonly NextToken?: string | undefined },
): Page<T> {
  const all = [...items];
  const after = NextToken === undefined ? undefined : readToken(NextToken);
  const seen = all.findIndex((item) => name(item) === after);
  const rest = after === undefined || seen !== -1 ? all.slice(seen + 1) : all.filter((item) => name(item) > after);
  const last = rest[Limit - 1];
  const nextToken = rest.length > Limit && last !== undefined ? writeToken(name(last)) : undefined;
  return { items: rest.slice(0, Limit), nextToken };
}

function writeToken(name: string): string {
  return Buffer.from(JSON.stringify({ after: name })).toString('base64');
}

function readToken(token: string): string {
  try {
    const content: unknown = JSON.parse(Buffer.from(token, 'base64').toString());
    if (typeof content === 'object' && content !== null && 'after' in content && typeof content.after === 'string') {
      return content.after;
    }
  } catch {
    // Not one of ours: refused below.
  }
  throw new AwsError('ValidationException', 'Parameter NextToken is not valid.');
}

/** Sorted by name, as AWS lists buses and rules. */
export function byName<T extends { readonly name: string }>(items: Iterable<T>): readonly T[] {
  return [...items].sort((a, b) => (a.name < b.name ? -1 : 1));
}
