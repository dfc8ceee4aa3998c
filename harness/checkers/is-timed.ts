import type { History } from '#core';

/**
 * Is it fair to ask how long something took? Only of a friendly run: what an adverse schedule delays, by a retry or a
 * visibility timeout, is latency, which is reported and never judged.
 */
export function isTimed({ header }: History): boolean {
  return header.seed === 'friendly';
}
