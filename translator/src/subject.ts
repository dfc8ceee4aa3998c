import { InvalidSubjectError } from './errors.ts';

/**
 * Tokens of a subject that may be published to. Wildcards are plain tokens here, as for the NATS server, and so is every
 * character but those that its protocol separates by.
 */
export function subjectTokens(subject: string): readonly string[] {
  return tokensOf(subject, 'subject');
}

/**
 * Tokens of a filter: `*` stands for one token, `>` for one or more at the end.
 *
 * @throws InvalidSubjectError where a token is empty, holds white space, or `>` is not the last.
 */
export function patternTokens(pattern: string): readonly string[] {
  const tokens = tokensOf(pattern, 'filter');
  const tail = tokens.indexOf('>');
  if (tail !== -1 && tail !== tokens.length - 1) {
    throw new InvalidSubjectError(`filter '${pattern}' has '>' at ${tail}, expected it at the end only`);
  }
  return tokens;
}

/**
 * Whether a message to the subject can reach anybody: a NATS server drops what has an empty token, and says nothing.
 *
 * @throws InvalidSubjectError for white space, as the NATS client does.
 */
export function isRouted(subject: string): boolean {
  const tokens = subject.split('.');
  rejectWhiteSpace(tokens, { text: subject, kind: 'subject' });
  return !tokens.includes('');
}

/** Whether a subject is one the filter asks for. */
export function subjectMatches(pattern: string, subject: string): boolean {
  const wanted = pattern.split('.');
  const tokens = subject.split('.');
  const open = wanted.at(-1) === '>';
  if (open ? tokens.length < wanted.length : tokens.length !== wanted.length) return false;
  return wanted.every((token, index) => token === '*' || (token === '>' && open) || token === tokens[index]);
}

function tokensOf(text: string, kind: 'subject' | 'filter'): readonly string[] {
  const tokens = text.split('.');
  for (const [index, token] of tokens.entries()) {
    if (token === '') throw new InvalidSubjectError(`${kind} '${text}' has an empty token at ${index}`);
  }
  rejectWhiteSpace(tokens, { text, kind });
  return tokens;
}

function rejectWhiteSpace(
  tokens: readonly string[],
  { text, kind }: { readonly text: string; readonly kind: 'subject' | 'filter' },
): void {
  const index = tokens.findIndex((token) => /[ \t\r\n]/.test(token));
  if (index !== -1) throw new InvalidSubjectError(`${kind} '${text}' has white space in token ${index}`);
}
