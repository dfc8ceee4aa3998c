import { AwsError } from '../errors.ts';

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken: string | undefined;
}

const pageItemsMax = 100;

/** A page of a list that is sorted by `name`; a token holds the last name seen, so that changes in between do no harm. */
export function page<T>(
  items: Iterable<T>,
  name: (item: T) => string,
  { Limit = pageItemsMax, NextToken }: { readonly Limit?: number | undefined; readonly NextToken?: string | undefined },
): Page<T> {
  const after = NextToken === undefined ? undefined : readToken(NextToken);
  const rest = [...items]
    .sort((a, b) => (name(a) < name(b) ? -1 : 1))
    .filter((item) => after === undefined || name(item) > after);
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
