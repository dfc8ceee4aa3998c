import { expect, test } from 'vitest';
import { refusalOfOrigin } from './guards.ts';

test.each([
  ['127.0.0.1:4566', undefined, undefined],
  ['localhost', undefined, undefined],
  ['[::1]:4566', undefined, undefined],
  ['sqs.eu-west-1.localhost.localstack.cloud:4566', undefined, undefined],
  ['emulator.test', undefined, undefined],
  ['evil.example', undefined, 403],
  ['127.0.0.1.evil.example', undefined, 403],
  ['localhost.localstack.cloud.evil.example', undefined, 403],
  ['', undefined, 403],
  ['localhost', 'https://evil.example', 403],
  ['localhost', 'null', 403],
  ['localhost', 'http://localhost:3000', 403],
])('guards - host %s, origin %s: %s', (host, origin, status) => {
  const headers = { host, ...(origin !== undefined && { origin }) };
  expect(refusalOfOrigin(headers, 'emulator.test')?.status).toBe(status);
});
