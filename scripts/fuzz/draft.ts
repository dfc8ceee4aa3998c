import type { LoadedService } from '../../emulator/src/service.ts';
import type { Random } from './random.ts';
import { jsonOf, queryOf, valueOf } from './values.ts';
import type { Tree } from './values.ts';

export interface Aim {
  readonly service: LoadedService;
  readonly operation: string;
}

/** A call that is right but for its values, before it is spoilt. */
export interface Draft {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export const scopeOf = (service: string, account = '000000000000'): string =>
  `AWS4-HMAC-SHA256 Credential=${account}/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;

/** The call in its service's own wire form; `text` is its input as JSON where that is given. */
export function draftOf({ service: { definition, model }, operation }: Aim, random: Random, text?: string): Draft {
  const shape = model.operations[operation]?.input;
  const tree: Tree = shape === undefined ? { members: [] } : valueOf(model, shape, random);
  const authorization = scopeOf(definition.name);
  const json = Buffer.from(text ?? jsonOf(tree), 'utf8');
  if (model.protocol === 'rest-json') {
    const { method = 'POST', uri = '/' } = model.operations[operation]?.http ?? {};
    const path = uri.replaceAll(/\{[^}]*\}/g, () =>
      encodeURIComponent(random.pick(['f', 'a', '..', '__proto__', '%', 'q'])),
    );
    return {
      method,
      path,
      headers: { authorization, 'content-type': 'application/json' },
      body: method === 'GET' ? Buffer.alloc(0) : json,
    };
  }
  if (model.protocol === 'query' || (model.queryCompatible === true && random.chance(0.3))) {
    const parameters = new URLSearchParams([
      ['Action', operation],
      ['Version', model.apiVersion],
      ...queryOf(tree).map(([name, value]): [string, string] => [name, value]),
    ]);
    const headers = { authorization, 'content-type': 'application/x-www-form-urlencoded' };
    return { method: 'POST', path: '/', headers, body: Buffer.from(text ?? parameters.toString(), 'utf8') };
  }
  const headers = {
    authorization,
    'content-type': `application/x-amz-json-${model.jsonVersion ?? '1.0'}`,
    'x-amz-target': `${model.targetPrefix}.${operation}`,
  };
  return { method: 'POST', path: '/', headers, body: json };
}

export function bytesOf({ method, path, headers, body }: Draft): Buffer {
  const lines = Object.entries({ host: '127.0.0.1', ...headers, 'content-length': String(body.length) });
  const head = `${method} ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), body]);
}

export function withBody(draft: Draft, body: Buffer): Draft {
  return { ...draft, body };
}
