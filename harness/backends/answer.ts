import { base64, bytesOf, hashText, utf8 } from '#core';
import type { Base64, Header, Received, Responder } from '#core';

/** What a responder does about one request: after a while, some replies or an application error. */
export interface Answer {
  readonly afterMs: number;
  readonly replies: readonly Base64[];
  /** The message of the application error that it reports instead of replying. */
  readonly error?: string;
}

/** A responder's behaviour on one request. `executions` counts what this very responder has executed, this one included. */
export function answer(behaviour: Responder, request: Received, executions: number): Answer {
  const { body } = request;
  switch (behaviour.kind) {
    case 'echo':
      return atOnce(body);
    case 'fail':
      return { afterMs: 0, replies: [], error: behaviour.message };
    case 'silent':
      return atOnce();
    case 'delay': {
      const spread = hashText(body) / 2 ** 32;
      return { afterMs: behaviour.ms + spread * (behaviour.jitterMs ?? 0), replies: [body] };
    }
    case 'count':
      return atOnce(utf8(String(executions)));
    case 'describe':
      return atOnce(utf8(JSON.stringify(seen(request))));
    case 'several':
      return atOnce(...Array.from({ length: behaviour.replies }, (_, index) => numbered(body, index)));
    case 'fixed':
      return atOnce(behaviour.body);
    case 'sized':
      return atOnce(base64(new Uint8Array(behaviour.bytes)));
    default:
      return behaviour satisfies never;
  }
}

function atOnce(...replies: readonly Base64[]): Answer {
  return { afterMs: 0, replies };
}

function numbered(body: Base64, index: number): Base64 {
  return base64(Buffer.concat([bytesOf(body), bytesOf(utf8(`:${index}`))]));
}

function seen({ subject, reply, headers }: Received): {
  readonly subject: string;
  readonly reply: string | null;
  readonly headers: readonly Header[];
} {
  return { subject, reply: reply ?? null, headers: headers ?? [] };
}
