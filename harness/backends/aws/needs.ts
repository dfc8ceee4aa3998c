import type { Capability, Row } from '#core';

/** Promises whose acts have a responder: a deployed function in the document's way of doing requests. */
const answered: readonly Capability[] = [
  'request-reply',
  'request-deadline',
  'reply-matching',
  'execute-once',
  'application-error',
  'request-metadata',
  'responder-identity',
];

/**
 * What an installation that was probed lacks of what the row needs in the profile, in its own words: the document and its
 * mended form answer requests by Lambda functions, `exact` needs none.
 */
export function lackedBy(row: Row, profile: string, lacks: Readonly<Record<string, string>>): string | undefined {
  const isByFunction = profile !== 'exact' && row.requires.some((capability) => answered.includes(capability));
  return isByFunction && lacks['lambda'] !== undefined ? `lambda: ${lacks['lambda']}` : undefined;
}
