import { AwsError } from '../errors.ts';
import type { World } from '../service.ts';
import type { DynamoState, IdempotencyRecord } from './table.ts';
import { dynamodbQuotas } from '../quotas.ts';

/**
 * Whether a request with this token has been carried out already. A token is forgotten with the last of its tables, which no
 * page says; else a test that makes its table anew and keeps its token could not run twice. Throws
 * IdempotentParameterMismatchException where the token came with another request.
 */
export function isRepeated(state: DynamoState, token: string | undefined, request: unknown, world: World): boolean {
  const nowMs = world.clock.epochMs();
  forgetExpired(state, nowMs);
  const record = token === undefined ? undefined : state.tokens.get(token);
  if (record === undefined || ![...record.tables].some((table) => state.tables.get(table.name) === table)) return false;
  if (canonicalText(record.request) !== canonicalText(request)) {
    throw new AwsError(
      'IdempotentParameterMismatchException',
      'The client request token was used in another request with different parameters',
    );
  }
  return true;
}

export function rememberToken(
  state: DynamoState,
  token: string | undefined,
  { request, tables }: Pick<IdempotencyRecord, 'request' | 'tables'>,
  world: World,
): void {
  if (token === undefined) return;
  // Anew, so that tokens stay in the order they came.
  state.tokens.delete(token);
  state.tokens.set(token, {
    request,
    tables,
    expiresAtMs: world.clock.epochMs() + dynamodbQuotas.transactionTokenMs,
  });
}

/** Tokens are kept in the order they came, so the first that holds ends the search. */
function forgetExpired({ tokens }: DynamoState, nowMs: number): void {
  for (const [token, { expiresAtMs }] of tokens) {
    if (expiresAtMs > nowMs) return;
    tokens.delete(token);
  }
}

/** The same text for the same request, in whatever order its members came. */
function canonicalText(request: unknown): string {
  return JSON.stringify(request, sorted);
}

function sorted(_: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.entries(value).toSorted(([one], [two]) => (one < two ? -1 : 1));
}
