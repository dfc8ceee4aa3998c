import type { CallContext } from '../service.ts';

/** As the caller would reach the queue: by AWS's own name, or by one that resolves to loopback and carries the port. */
export function queueUrl(name: string, { endpoint, world }: CallContext): string {
  const { protocol, host, port, hostname } = new URL(endpoint);
  const isAws = hostname.endsWith('.amazonaws.com');
  const site = isAws ? host : `sqs.${world.region}.localhost.localstack.cloud${port === '' ? '' : `:${port}`}`;
  return `${protocol}//${site}/${world.accountId}/${name}`;
}
