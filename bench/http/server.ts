import { createServer } from 'node:http';
import { startEmulator } from '../../emulator/src/index.ts';

/**
 * Run as a child process: `emulator`, or `floor`, which reads each request whole and answers with valid bytes that were
 * made once. Tells its URL, and how much CPU it has used whenever it is asked.
 */
const kind = process.argv[2];
const url = kind === 'floor' ? await startFloor() : (await startEmulator()).url;
process.send?.({ url });
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuMs: (user + system) / 1000 });
});

async function startFloor(): Promise<string> {
  const body = JSON.stringify({
    MD5OfMessageBody: '5d41402abc4b2a76b9719d911017c592',
    MessageId: '00000000-0000-4000-8000-000000000000',
    QueueUrl: 'http://sqs.us-east-1.localhost.localstack.cloud:4566/000000000000/q',
  });
  const server = createServer((request, response) => {
    request.on('data', () => undefined);
    request.on('end', () => {
      response.writeHead(200, {
        'content-type': 'application/x-amz-json-1.0',
        'x-amzn-requestid': '00000000-0000-4000-8000-000000000000',
        'content-length': body.length,
      });
      response.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : '';
}
