import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { escapeMarkup } from './visible.ts';

/**
 * A page that loads nothing: its policy forbids every request and every script but the given one. `body` is markup, all
 * of it escaped.
 */
export function htmlPage({
  title,
  body,
  script,
}: {
  readonly title: string;
  readonly body: readonly string[];
  readonly script?: string;
}): string {
  const scripts = script === undefined ? "'none'" : hashOf(script);
  const policy = `default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src ${scripts}; base-uri 'none'; form-action 'none'`;
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">',
    `<link rel="icon" href="data:,"><title>${escapeMarkup(title)}</title><style>${asset('./html-style.css')}</style></head><body>`,
    ...body,
    `${script === undefined ? '' : `<script>${script}</script>`}</body></html>\n`,
  ].join('\n');
}

export const brandHtml =
  '<p class="brand"><svg viewBox="0 0 28 16" width="28" height="16" aria-hidden="true"><path d="M2 14 L14 2 L26 14 M14 2 V14"/></svg> Parallax</p>';

/** The text of a file beside this one. */
export function asset(path: string): string {
  return readFileSync(new URL(path, import.meta.url), 'utf8');
}

function hashOf(script: string): string {
  return `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
}
