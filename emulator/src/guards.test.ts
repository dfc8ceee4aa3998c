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
  expect(refusalOfOrigin(headers, { host: 'emulator.test', allowedHosts: [] })?.status).toBe(status);
});

test.each([
  ['cross-site', 403],
  ['same-site', 403],
  ['same-origin', 403],
  ['none', undefined],
])('guards - what a browser says is %s: %s', (site, status) => {
  const headers = { host: 'localhost', 'sec-fetch-site': site };
  expect(refusalOfOrigin(headers, { host: '127.0.0.1', allowedHosts: [] })?.status).toBe(status);
});

test.each([
  ['127.0.0.1', '10.0.0.7:4566', 403],
  ['0.0.0.0', '10.0.0.7:4566', undefined],
  ['0.0.0.0', 'localhost', undefined],
  ['0.0.0.0', 'aws:4566', undefined],
  ['0.0.0.0', 'evil.example', 403],
])('guards - listening on %s, a request to %s: %s', (own, host, status) => {
  expect(refusalOfOrigin({ host }, { host: own, allowedHosts: ['aws'] })?.status).toBe(status);
});
