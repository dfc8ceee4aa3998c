import { lambdaQuotas } from '../quotas.ts';
import { invalidParameterValue } from './refusals.ts';

const { pageItems } = lambdaQuotas;

/** One page of a list, and the marker that leads on. */
export function pageOf<T>(
  items: readonly T[],
  marker: string | undefined,
  itemsMax: number = pageItems,
): { readonly page: readonly T[]; readonly next: { readonly NextMarker?: string } } {
  const start = marker === undefined ? 0 : parseMarker(marker);
  const end = start + Math.min(itemsMax, pageItems);
  const next = end < items.length ? { NextMarker: Buffer.from(`offset:${end}`).toString('base64') } : {};
  return { page: items.slice(start, end), next };
}

function parseMarker(marker: string): number {
  const digits = /^offset:(\d{1,9})$/.exec(Buffer.from(marker, 'base64').toString('utf8'))?.[1];
  if (digits === undefined) throw invalidParameterValue('The marker is not valid.');
  return Number(digits);
}
