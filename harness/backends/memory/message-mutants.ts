import { bytesOf, subjectOf, utf8 } from '#core';
import type { Header, Received } from '#core';
import type { Is } from './bucket-state.ts';

/** The message as it arrives: itself, unless a mutant alters it. */
export function altered(message: Received, is: Is): Received {
  const { reply, headers, ...rest } = message;
  const kept = headers === undefined ? undefined : alteredHeaders(headers, is);
  return {
    ...rest,
    subject: is('cuts-subject') ? subjectOf(message.subject.split('.').slice(0, 3).join('.')) : message.subject,
    body: is('text-only') ? utf8(Buffer.from(bytesOf(message.body)).toString('utf8')) : message.body,
    ...(kept === undefined ? {} : { headers: kept }),
    ...(reply === undefined || is('drops-reply-subject') ? {} : { reply }),
  };
}

function alteredHeaders(headers: readonly Header[], is: Is): readonly Header[] {
  if (is('folds-header-names')) return headers.map(([name, value]) => [name.toLowerCase(), value] as const);
  if (is('merges-headers')) return [...new Map(headers)];
  if (is('sorts-headers')) return headers.toSorted(([a, x], [b, y]) => (`${a} ${x}` < `${b} ${y}` ? -1 : 1));
  return headers;
}
