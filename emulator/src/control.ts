import { isRecord } from './codecs/json.ts';
import { serviceNames } from './loader.ts';
import { notChosen, permissions } from './permissions/index.ts';
import type { WireRequest, WireResponse } from './protocols/protocol.ts';
import { addressOf } from './routing.ts';
import { signingCertificatePath, signingCertificatePem } from './sns/signing-key.ts';
import type { Worlds } from './worlds.ts';

/** The emulator's own pages; `undefined` where the request is for AWS. */
export function control(worlds: Worlds, request: WireRequest): WireResponse | Promise<WireResponse> | undefined {
  if (!request.path.startsWith('/_') && request.path !== signingCertificatePath) return undefined;
  switch (`${request.method} ${request.path}`) {
    case 'GET /_health':
      return json(200, { status: 'running', emulator: 'parallax', services: serviceNames() });
    case 'GET /_parallax/permissions':
      return json(200, firedPermissions(worlds));
    case 'POST /_parallax/clock':
      return advanceClock(worlds, request);
    case `GET ${signingCertificatePath}`:
      return {
        status: 200,
        headers: { 'content-type': 'application/x-pem-file' },
        body: signingCertificatePem,
      };
    default:
      return request.path.startsWith('/_parallax/') ? json(404, { message: `no page '${request.path}'` }) : undefined;
  }
}

/**
 * By account: how often each point fired, and the last that did, when, and with the sentence that permits it; all there
 * are to permit; and what the catalogue has beside them.
 */
function firedPermissions(worlds: Worlds): unknown {
  return {
    known: permissions,
    notChosen,
    accounts: Object.fromEntries(worlds.accounts().map((accountId) => [accountId, firedOf(worlds.fired(accountId))])),
  };
}

function firedOf({ counts, recent }: ReturnType<Worlds['fired']>): unknown {
  return {
    counts: counts(),
    fired: recent().map(({ point, key, option, atMs }) => {
      const { sentence, page, reading } = permissions[point];
      return { at: new Date(atMs).toISOString(), point, key, option, sentence, page, reading };
    }),
  };
}

/**
 * `{"advanceMs": 30000}` lets the account's time pass, `{"to": "2026-03-29T00:00:00Z"}` up to then; the account is that of
 * the credentials, or `accountId`.
 */
async function advanceClock(worlds: Worlds, request: WireRequest): Promise<WireResponse> {
  const document = parse(request.body) ?? {};
  const { accountId: named, advanceMs: given, to } = document;
  const accountId = typeof named === 'string' ? named : (addressOf(request)?.accountId ?? '000000000000');
  const clock = worlds.virtualClock(accountId);
  if (clock === undefined) return json(409, { message: 'time is real; start the emulator with a virtual clock' });
  const advanceMs = typeof to === 'string' ? Date.parse(to) - clock.epochMs() : given;
  if (typeof advanceMs !== 'number' || !Number.isFinite(advanceMs) || advanceMs < 0) {
    return json(400, {
      message: 'the body must be {"advanceMs": 0 or more} or {"to": a time of ISO 8601, not in the past}',
    });
  }
  const epochMs = await worlds.advance(accountId, advanceMs);
  return json(200, { accountId, epochMs, at: new Date(epochMs).toISOString() });
}

function parse(body: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const document: unknown = JSON.parse(body.toString('utf8'));
    return isRecord(document) ? document : undefined;
  } catch {
    return undefined;
  }
}

function json(status: number, body: unknown): WireResponse {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: `${JSON.stringify(body)}\n`,
  };
}
