import { snsQuotas } from '../quotas.ts';
import { invalidParameter } from './invalid-parameter.ts';

/** One page of a list, and the token that leads on. */
export function pageOf<T>(
  items: readonly T[],
  token: string | undefined,
): { readonly page: readonly T[]; readonly NextToken?: string } {
  const start = token === undefined ? 0 : parseToken(token);
  const end = start + snsQuotas.pageItems;
  const page = items.slice(start, end);
  return end < items.length ? { page, NextToken: Buffer.from(`offset:${end}`).toString('base64') } : { page };
}

function parseToken(token: string): number {
  const digits = /^offset:(\d{1,9})$/.exec(Buffer.from(token, 'base64').toString('utf8'))?.[1];
  if (digits === undefined) throw invalidParameter('NextToken');
  return Number(digits);
}
