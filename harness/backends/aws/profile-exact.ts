import type { Profile, Support } from '#core';
import { pages } from './pages.ts';

function full(requestsPerMessage?: string): Support {
  return { level: 'full', ...(requestsPerMessage !== undefined && { requestsPerMessage }) };
}

function weaker(why: string, source: string, requestsPerMessage?: string): Support {
  return { level: 'weaker', why, source, ...(requestsPerMessage !== undefined && { requestsPerMessage }) };
}

const perCopy =
  '1 Publish, and a receive and a delete per subscription for each batch of up to 10; 10 ms between two that are not full';
const perShard =
  '1 Publish per 100 subscriptions, which is what a FIFO topic takes; the first of each hundred waits 5 s';
const perGroupCopy = `${perCopy}; 1 conditional PutItem per message of a queue group`;

/** How far the most faithful mapping keeps each promise, and what that costs. */
export const exactProfile: Profile = {
  delivery: full(perCopy),
  'no-duplicates': full(perGroupCopy),
  'per-publisher-order': full(
    'one publish at a time per publisher: the latency of Publish limits its rate; a request may overtake a publish',
  ),
  'cross-subject-order': full(),
  'interest-only': weaker('the clocks of publisher and subscriber decide what is older', pages.snsFifo),
  'subscribe-barrier': full('CreateQueue, Subscribe, PutItem per subscription'),
  'unsubscribe-barrier': full(),
  'auto-unsubscribe': full(),
  'overlapping-subscriptions': full(),
  'no-echo': weaker(
    'dropped at the receiver; members of a queue group receive their own messages',
    pages.snsFilterLimits,
  ),
  headers: full(),
  'reply-subject': full(),
  'fire-and-forget': weaker('a publish waits for an HTTPS answer', pages.snsQuotas),
  'publish-failure': full(),
  'unknown-destination': full(),
  'fan-out': full(perShard),
  'slow-sibling': full(),
  'payload-bytes': weaker('base64: a message of 1 MiB carries 720,000 bytes; replies go in parts', pages.snsLarge),
  'subject-mapping': weaker('five keys of a filter policy; the receiver filters the rest', pages.snsFilterLimits),
  'subject-limits': weaker(
    'subject and payload share the size of a message; a subject for which NATS closes the connection is taken',
    pages.snsLarge,
  ),
  'queue-group': full(perGroupCopy),
  'queue-group-copies': full(perGroupCopy),
  'queue-group-filter': full(perGroupCopy),
  'queue-group-failover': weaker('what a dead member had received comes back after 10 s', pages.sqsVisibility),
  'queue-group-at-most-once': full(),
  'queue-group-order': full(),
  'queue-group-distribution': weaker('whoever polls first gets up to ten messages of one publisher', pages.sqsFifo),
  'queue-group-push': weaker('long polling', pages.sqsPolling),
  'queue-group-names': full(),
  'request-reply': full(
    '1 Query, 1 SendMessage per matching queue, 1 for the reply, and a receive and a delete on each side',
  ),
  'no-responders': weaker('a responder that died is listed until its lease of 60 s ends', pages.ddbConsistency),
  'request-deadline': full(),
  'reply-matching': full(),
  'request-many': weaker(
    'a reply that comes after the window is not collected, and AWS sets no call a time: two throttled sends outlast 500 ms',
    pages.sdkRetries,
    'as a request, per responder',
  ),
  'execute-once': full(),
  'application-error': full(),
  'request-metadata': full(),
  'responder-identity': full(),
  'kv-values': full(),
  'kv-large-values': full('a value above 350,000 bytes takes an item of its own for each 350,000, and a BatchGetItem'),
  'kv-read-your-write': full(),
  'kv-compare-and-set': full(
    '1 TransactWriteItems of 3 or 4 items; where the key is not yet known to the connection 1 consistent GetItem',
  ),
  'kv-bucket-revision': weaker('one counter row: about 500 transactional writes a second', pages.ddbTransactions),
  'kv-delete-marker': full(),
  'kv-purge': full(),
  'kv-history': full(),
  'kv-watch-initial': full(),
  'kv-watch-order': full('1 SendMessage per live watcher and write; 1 Query where a hint is missing or too large'),
  'kv-watch-wildcard': full(),
  'kv-watch-options': full(),
  'kv-keys': full(),
  'kv-ttl': full(),
  'kv-key-ttl': full(),
  'kv-dedup': full('1 more item of the transaction where a message has an id'),
  'kv-key-grammar': weaker('a sort key holds 1,024 bytes', pages.ddbLimits),
  'kv-concurrent-writers': weaker('writers of a bucket take turns', pages.ddbTransactions),
  broadcast: full(perCopy),
  'broadcast-order': full(),
  'broadcast-scale': full(perShard),
  'group-blocking': full(),
  replay: weaker('messages are not kept', pages.snsFifo),
};
