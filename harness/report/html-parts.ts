import type { Direction, Outcome } from '#core';
import { escapeMarkup } from './visible.ts';

/** One sign per outcome, so that none is told by colour alone. */
export const glyphs = {
  same: '✓',
  allowed: '~',
  gap: '✕',
  unsupported: '∅',
  unknown: '?',
  'not-run': '·',
} as const satisfies Record<Outcome, string>;

/** The outcome as a labelled sign, with the way an `allowed` one differs. */
export function badge(outcome: Outcome, direction?: Direction): string {
  const way = direction === undefined ? '' : `, ${direction}`;
  return `<span class="badge ${outcome}"><span aria-hidden="true">${glyphs[outcome]}</span> ${outcome}${way}</span>`;
}

/** A link where the target is a web page or a file of the report, plain text where it is anything else. */
export function link(href: string, text: string): string {
  const isSafe = /^https?:\/\//i.test(href) || /^[\w-]+\/[^:]*$/.test(href);
  const shown = `<bdi>${escapeMarkup(text)}</bdi>`;
  return isSafe ? `<a href="${escapeMarkup(href)}" rel="noreferrer">${shown}</a>` : shown;
}

/** Host and last part of the path: enough to see whose page it is. */
export function pageName(page: string): string {
  if (!URL.canParse(page)) return page;
  const { host, pathname } = new URL(page);
  const last = pathname.split('/').findLast((part) => part !== '');
  return last === undefined ? host : `${host} · ${last}`;
}
