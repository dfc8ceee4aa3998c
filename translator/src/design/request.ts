import { InvokeCommand } from '@aws-sdk/client-lambda';
import { sleep } from '../clock.ts';
import type { Connection, Reply } from '../connection.ts';
import { TimeoutError } from '../errors.ts';
import { asciiJson, headersOf, parseObject } from '../json.ts';
import { handlerName } from './handler-name.ts';
import type { DesignOptions } from './options.ts';
import { base64 } from './wire.ts';

/**
 * A request as the document makes it: a synchronous invocation of the agent's function. The payload is handed over as
 * it is, there is no deadline, and an error of the function is taken for its reply.
 */
export function createRequest(options: DesignOptions, ended: AbortSignal): Connection['request'] {
  const { clients, clock, prefix, fixes } = options;

  async function invoke(
    subject: string,
    payload: Uint8Array,
    { headers = [] }: Parameters<Connection['request']>[2],
    abortSignal: AbortSignal,
  ): Promise<Reply> {
    const enveloped = {
      v: 1,
      p: base64(payload),
      ...(fixes.has('subject') && { s: subject }),
      ...(fixes.has('headers') && { h: headers }),
    };
    const answer = await clients.lambda.send(
      new InvokeCommand({
        FunctionName: handlerName(prefix, subject),
        InvocationType: 'RequestResponse',
        Payload: fixes.has('bytes') ? Buffer.from(asciiJson(enveloped)) : payload,
      }),
      { abortSignal },
    );
    const body = answer.Payload ?? new Uint8Array();
    if (answer.FunctionError !== undefined && fixes.has('function-errors')) return errorOf(body);
    return fixes.has('bytes') ? unwrapped(body) : { payload: body, headers: [] };
  }

  return async (subject, payload, request) => {
    if (!fixes.has('deadlines')) return invoke(subject, payload, request, ended);
    const over = new AbortController();
    const signal = AbortSignal.any([ended, over.signal]);
    const deadline = sleep(clock, request.timeoutMs, { signal }).then(() => {
      throw new TimeoutError(`no reply on '${subject}' in ${request.timeoutMs} ms`);
    });
    try {
      return await Promise.race([invoke(subject, payload, request, signal), deadline]);
    } finally {
      over.abort();
      deadline.catch(() => undefined);
    }
  };
}

/** The function's error document, as an application error. */
function errorOf(payload: Uint8Array): Reply {
  const { errorMessage } = parseObject(Buffer.from(payload).toString('utf8')) ?? {};
  return { payload, headers: [], error: typeof errorMessage === 'string' ? errorMessage : 'unknown' };
}

function unwrapped(payload: Uint8Array): Reply {
  const { p, h } = parseObject(Buffer.from(payload).toString('utf8')) ?? {};
  return { payload: typeof p === 'string' ? Buffer.from(p, 'base64') : payload, headers: headersOf(h) };
}
