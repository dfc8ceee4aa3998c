import { isPermissionId, permissions } from './index.ts';
import type { PermissionId } from './index.ts';

/** Points, each with how often it does not take the friendly way, in [0, 1]; 0 is no permission. */
export type PermitRates = Readonly<Partial<Record<PermissionId, number>>>;

/** What a world may do that is not friendly; points without a rate have their own. */
export type Permits = 'all' | readonly PermissionId[] | PermitRates;

/** The rate of each point that is permitted. */
export function ratesOf(permits: Permits): ReadonlyMap<PermissionId, number> {
  if (permits === 'all') return ratesOf(Object.keys(permissions).filter(isPermissionId));
  if (isList(permits)) return new Map(permits.map((id) => [id, permissions[id].rate]));
  const rates = new Map<PermissionId, number>();
  for (const [id, rate] of Object.entries(permits)) {
    if (!isPermissionId(id)) throw new RangeError(`permission '${id}' is not known`);
    if (!(rate >= 0 && rate <= 1)) throw new RangeError(`rate '${rate}' of '${id}' is not in [0, 1]`);
    if (rate > 0) rates.set(id, rate);
  }
  return rates;
}

/**
 * Reads `all`, ids, and ids with rates, separated by commas: `all,ADV-EB-04=0,ADV-SQS-01=0.2`. What comes later counts.
 *
 * @throws RangeError in one line, naming what makes no sense
 */
export function parsePermits(text: string): PermitRates {
  const rates: Partial<Record<PermissionId, number>> = {};
  for (const item of text.split(',').map((part) => part.trim())) {
    if (item === '') continue;
    const [name = '', rateText] = item.split('=', 2);
    const rate = rateText === undefined || rateText.trim() === '' ? undefined : Number(rateText);
    if (rateText !== undefined && !(rate !== undefined && rate >= 0 && rate <= 1)) {
      throw new RangeError(`rate '${rateText}' of '${name}' is not a number from 0 to 1`);
    }
    for (const id of idsOf(name)) rates[id] = rate ?? permissions[id].rate;
  }
  return rates;
}

function idsOf(name: string): readonly PermissionId[] {
  if (name === 'all') return Object.keys(permissions).filter(isPermissionId);
  if (isPermissionId(name)) return [name];
  throw new RangeError(`permission '${name}' is not known; see GET /_parallax/permissions, or 'all'`);
}

function isList(permits: Permits): permits is readonly PermissionId[] {
  return Array.isArray(permits);
}
