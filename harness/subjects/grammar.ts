/**
 * What a nats-server 2.15.2 does with a subject or a filter on the wire, not pedantic, as `scripts/subjects-live.ts`
 * finds it: route it, drop a publish without a word (the sender of a request gets 503), answer `-ERR` and go on, read
 * something else, or close the connection.
 */
export type Fate =
  | { readonly kind: 'routed' }
  | { readonly kind: 'discarded' | 'refused' | 'misread' | 'closed'; readonly why: string };

/**
 * Bytes of a protocol line after its verb.
 *
 * @see https://docs.nats.io/reference/reference-protocols/nats-protocol ("maximum control line")
 */
export const controlLineBytesMax = 4_096;

/** Of a publish without reply and with an empty payload, or of a subscription with one digit of id: ` 0`. */
const restBytes = 2;

const namedCharactersMax = 80;

/** Of `PUB subject 0`. Wildcards are plain tokens in a subject; only pedantic mode complains, and routes them all the same. */
export function fateOfPublish(subject: string): Fate {
  const fault = wireFault(subject) ?? emptyToken(subject, 'discarded');
  return fault ?? { kind: 'routed' };
}

/** Of `SUB filter 1`. */
export function fateOfSubscribe(filter: string): Fate {
  const fault = wireFault(filter) ?? emptyToken(filter, 'refused') ?? tailFault(filter);
  return fault ?? { kind: 'routed' };
}

/** What is wrong with the text as a subject, in one line, for people; `undefined` where a server routes it. */
export function subjectFault(subject: string): string | undefined {
  const fate = fateOfPublish(subject);
  return fate.kind === 'routed' ? undefined : `subject '${brief(subject)}' ${fate.why}`;
}

/** What is wrong with the text as a filter, in one line; `undefined` where a server takes it. */
export function filterFault(filter: string): string | undefined {
  const fate = fateOfSubscribe(filter);
  return fate.kind === 'routed' ? undefined : `filter '${brief(filter)}' ${fate.why}`;
}

/** Long texts are told by their beginning, so that what is wrong with them is read. */
function brief(text: string): string {
  return text.length <= namedCharactersMax ? text : `${text.slice(0, namedCharactersMax - 1)}…`;
}

function wireFault(text: string): Fate | undefined {
  if (text === '') return { kind: 'closed', why: 'is empty, expected tokens joined by dots' };
  const space = text.split('.').findIndex((token) => /[ \t\r\n]/.test(token));
  if (space !== -1) return { kind: 'misread', why: `has white space in token ${space}, expected none` };
  const bytes = Buffer.byteLength(text, 'utf8');
  if (bytes + restBytes > controlLineBytesMax)
    return {
      kind: 'closed',
      why: `has ${bytes} bytes, at most ${controlLineBytesMax - restBytes} fit a protocol line`,
    };
  return undefined;
}

function emptyToken(text: string, kind: 'discarded' | 'refused'): Fate | undefined {
  const empty = text.split('.').indexOf('');
  return empty === -1 ? undefined : { kind, why: `has an empty token at ${empty}` };
}

function tailFault(filter: string): Fate | undefined {
  const tokens = filter.split('.');
  const tail = tokens.indexOf('>');
  if (tail === -1 || tail === tokens.length - 1) return undefined;
  return { kind: 'refused', why: `has '>' at ${tail}, expected it as the last token only` };
}
