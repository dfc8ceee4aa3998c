import { sqsQuotas } from '../quotas.ts';
import { invalidValue } from './errors.ts';

/** One page of texts in order; the token is the last one's. Without `MaxResults` there is one page of up to 1,000. */
export function page(
  texts: readonly string[],
  { MaxResults, NextToken }: { readonly MaxResults?: number | undefined; readonly NextToken?: string | undefined },
): { readonly items: readonly string[]; readonly nextToken: string | undefined } {
  if (MaxResults !== undefined && (MaxResults < 1 || MaxResults > sqsQuotas.listResultsMax)) {
    throw invalidValue('MaxResults', MaxResults, `Must be between 1 and ${sqsQuotas.listResultsMax}, if provided.`);
  }
  const from = NextToken === undefined ? 0 : texts.indexOf(Buffer.from(NextToken, 'base64').toString('utf8')) + 1;
  if (NextToken !== undefined && from === 0) throw invalidValue('NextToken', NextToken, 'It is not a token of ours.');
  const items = texts.slice(from, from + (MaxResults ?? sqsQuotas.listResultsMax));
  const isMore = MaxResults !== undefined && from + items.length < texts.length;
  return { items, nextToken: isMore ? Buffer.from(items.at(-1) ?? '', 'utf8').toString('base64') : undefined };
}
