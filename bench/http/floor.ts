import { createServer } from 'node:http';

/**
 * The least that a server on Node's own HTTP does: reads each request whole and answers with valid bytes that were given to
 * it before, by `POST /_answer/OPERATION`.
 */
const answers = new Map<string, { readonly type: string; readonly body: Buffer }>();

createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { url = '/', headers } = request;
    const target = headers['x-amz-target'];
    const sent = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
    if (url.startsWith('/_answer/')) {
      answers.set(url.slice(9), { type: headers['content-type'] ?? '', body: sent ?? Buffer.alloc(0) });
      response.end();
      return;
    }
    const operation =
      typeof target === 'string'
        ? target.slice(target.indexOf('.') + 1)
        : (/Action=(\w+)/.exec(sent?.toString('latin1', 0, 200) ?? '')?.[1] ?? 'Invoke');
    const { type, body } = answers.get(operation) ?? { type: 'text/plain', body: Buffer.from('no answer was given') };
    response.writeHead(200, {
      'content-type': type,
      'x-amzn-requestid': '00000000-0000-4000-8000-000000000000',
      'content-length': body.length,
    });
    response.end(body);
  });
}).listen(Number(process.argv[2]), '127.0.0.1');
