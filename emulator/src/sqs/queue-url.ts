import { AwsError } from '../errors.ts';
import type { CallContext } from '../service.ts';
import { queueDoesNotExist } from './errors.ts';
import type { Queue, SqsState } from './state.ts';

/** As the caller would reach the queue: by AWS's own name, or by one that resolves to loopback and carries the port. */
export function queueUrl(queue: Pick<Queue, 'name' | 'accountId'>, { endpoint, world }: CallContext): string {
  return `${siteOf(endpoint, world.region)}/${queue.accountId}/${queue.name}`;
}

/** The queue that a URL, a queue's own path or its bare name stands for. Cross-account calls are let through: policies are not enforced. */
export function queueOf(url: string, state: SqsState, { world }: CallContext): Queue {
  const own = state.queues.get(url);
  if (own !== undefined) return own;
  const found = /^(?:https?:\/\/([^/]+))?(?:\/queue\/([a-z0-9-]+))?\/(\d{12})\/([^/]+)$/.exec(url);
  // No address of a queue at all is one of none: found of AWS by moto's tests.
  if (found === null) throw queueDoesNotExist();
  const [, host = '', pathRegion, accountId = '', name = ''] = found;
  const region = pathRegion ?? /^sqs\.([a-z0-9-]+)\./.exec(host)?.[1] ?? world.region;
  if (region !== world.region) {
    throw new AwsError('InvalidAddress', `The address ${url} is not valid for this endpoint.`);
  }
  const owner = accountId === world.accountId ? state : state.ofAccount(accountId);
  const queue = owner?.queues.get(name);
  if (queue === undefined) throw queueDoesNotExist();
  return queue;
}

/** The queue of an ARN in the same Region, if there is one. */
export function queueOfArn(arn: string, state: SqsState, world: { readonly accountId: string }): Queue | undefined {
  const own = state.queues.get(arn.slice(arn.lastIndexOf(':') + 1));
  if (own?.arn === arn) return own;
  const [, , , , accountId = '', name = ''] = arn.split(':');
  const owner = accountId === world.accountId ? state : state.ofAccount(accountId);
  const queue = owner?.queues.get(name);
  return queue?.arn === arn ? queue : undefined;
}

const sites = new Map<string, string>();
const sitesMax = 1000;

function siteOf(endpoint: string, region: string): string {
  const key = `${endpoint} ${region}`;
  let site = sites.get(key);
  if (site === undefined) {
    const { protocol, host, port, hostname } = new URL(endpoint);
    site = hostname.endsWith('.amazonaws.com')
      ? `${protocol}//${host}`
      : `${protocol}//sqs.${region}.localhost.localstack.cloud${port === '' ? '' : `:${port}`}`;
    if (sites.size >= sitesMax) sites.clear();
    sites.set(key, site);
  }
  return site;
}
