import { patternTokens, subjectTokens } from '../subject.ts';

/**
 * Tokens that are sent as attributes. A message with raw delivery to SQS may have ten attributes, and one is the count.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html
 */
const tokensMax = 9;

/**
 * Keys of a filter policy, one of which is the count of tokens.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html
 */
const keysMax = 5;

/** What a filter policy can ask about a subject: the number of its tokens, and its first tokens by position. */
export function subjectAttributes(subject: string): {
  readonly count: number;
  readonly tokens: Readonly<Record<string, string>>;
} {
  const tokens = subjectTokens(subject);
  return {
    count: tokens.length,
    tokens: Object.fromEntries(tokens.slice(0, tokensMax).map((token, index) => [`t${index}`, encodeToken(token)])),
  };
}

/**
 * The filter policy that lets through what the filter asks for, and where the filter has more than four literal tokens
 * some messages beside; `undefined` where it asks for all.
 */
export function filterPolicy(pattern: string): Readonly<Record<string, unknown>> | undefined {
  const tokens = patternTokens(pattern);
  const open = tokens.at(-1) === '>';
  const literals = tokens
    .slice(0, tokensMax)
    .flatMap((token, index) => (token === '*' || (open && token === '>') ? [] : [[`t${index}`, [encodeToken(token)]]]))
    .slice(0, keysMax - 1);
  if (open && tokens.length === 1) return undefined;
  return { n: [{ numeric: [open ? '>=' : '=', tokens.length] }], ...Object.fromEntries(literals) };
}

/** Letters, digits, `-` and `_` as they are, all else by its UTF-16 units, so that any token is a valid attribute. */
function encodeToken(token: string): string {
  return token.replaceAll(/[^\w-]/g, (character) => `%${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
