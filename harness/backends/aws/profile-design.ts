import type { Profile, Support } from '#core';
import { pages } from './pages.ts';

const full: Support = { level: 'full' };

function weaker(why: string, source: string): Support {
  return { level: 'weaker', why, source };
}

function none(why: string, source: string): Support {
  return { level: 'none', why, source };
}

const noRevisions = 'the state manager keeps one item per key, without revisions or log';

/** How far the document's own code keeps each promise. */
export const designProfile: Profile = {
  delivery: weaker('a rule may miss an event while a target is constrained for long', pages.ebTroubleshooting),
  'no-duplicates': weaker('rules and standard queues deliver at least once', pages.sqsAtLeastOnce),
  'per-publisher-order': weaker('standard queues order by best effort, rules not at all', pages.sqsStandard),
  'cross-subject-order': weaker('standard queues order by best effort, rules not at all', pages.sqsStandard),
  'interest-only': weaker('a work queue keeps messages up to 14 days for whoever comes', pages.sqsMessageQuotas),
  'subscribe-barrier': weaker('a new rule takes effect after a short while', pages.ebPutRule),
  'unsubscribe-barrier': weaker('a removed target may still be invoked for a short while', pages.ebPutRule),
  'auto-unsubscribe': weaker('the consumer has no limit of messages', pages.document),
  'overlapping-subscriptions': full,
  'no-echo': weaker('the publisher is not sent with the message', pages.document),
  headers: weaker('headers are not sent', pages.document),
  'reply-subject': weaker('the reply subject is not sent', pages.document),
  'fire-and-forget': weaker('a publish waits for an HTTPS answer and may be throttled', pages.ebQuotas),
  'publish-failure': weaker('failed entries in the answer of PutEvents are not looked at', pages.ebPutEvents),
  'unknown-destination': weaker('a domain and priority without a queue is an error', pages.document),
  'fan-out': weaker('5 targets a rule and 300 rules a bus', pages.ebQuotas),
  'slow-sibling': full,
  'payload-bytes': weaker('work payloads become text, broadcast payloads JSON objects', pages.sqsMessageQuotas),
  'subject-mapping': weaker('tokens after the third are lost, missing ones invented', pages.document),
  'subject-limits': weaker('four roots only; queue names of 80 characters', pages.sqsQueueQuotas),
  'queue-group': weaker('a standard queue may deliver again, also after the visibility timeout', pages.sqsVisibility),
  'queue-group-copies': weaker('all groups share the queue of a domain and priority', pages.document),
  'queue-group-filter': weaker('any poller may draw any message of the queue', pages.sqsStandard),
  'queue-group-failover': weaker('what a member held comes back after the visibility timeout', pages.sqsVisibility),
  'queue-group-at-most-once': weaker('what a member held comes back after the visibility timeout', pages.sqsVisibility),
  'queue-group-order': weaker('standard queues order by best effort', pages.sqsStandard),
  'queue-group-distribution': weaker('whoever polls first gets up to ten messages', pages.sqsPolling),
  'queue-group-push': weaker('polling; a long poll may be empty although messages exist', pages.sqsPolling),
  'queue-group-names': weaker('the group is not part of the queue', pages.document),
  'request-reply': weaker('a deployed function answers, not a subscriber', pages.lambdaInvoke),
  'no-responders': weaker('a missing function is told, a dead agent is not', pages.lambdaInvoke),
  'request-deadline': weaker('the invocation has no deadline of its caller', pages.lambdaInvoke),
  'reply-matching': full,
  'request-many': none('an invocation has one answer', pages.lambdaInvoke),
  'execute-once': weaker('the SDK repeats an invocation that timed out', pages.lambdaErrors),
  'application-error': weaker('FunctionError is not looked at', pages.lambdaInvoke),
  'request-metadata': weaker('only the payload reaches the function', pages.lambdaInvoke),
  'responder-identity': weaker('any environment of the function may answer', pages.lambdaInvoke),
  'kv-values': weaker('the item has typed attributes of text', pages.document),
  'kv-large-values': weaker('an item holds 400 KB', pages.ddbLimits),
  'kv-read-your-write': weaker('reads are eventually consistent', pages.ddbConsistency),
  'kv-compare-and-set': weaker('every write is unconditional', pages.ddbPutItem),
  'kv-bucket-revision': none(noRevisions, pages.document),
  'kv-delete-marker': weaker('the state manager has no delete', pages.document),
  'kv-purge': none(noRevisions, pages.document),
  'kv-history': none(noRevisions, pages.document),
  'kv-watch-initial': none('a stream has no initial state', pages.ddbStreams),
  'kv-watch-order': weaker('the state manager has no watch', pages.document),
  'kv-watch-wildcard': none('the state manager has no watch', pages.document),
  'kv-watch-options': none('the state manager has no watch', pages.document),
  'kv-keys': weaker('the state manager has no listing', pages.document),
  'kv-ttl': weaker('ttl is written, never looked at, and acted on within a few days', pages.ddbExpired),
  'kv-key-ttl': weaker('every item gets five minutes', pages.ddbTtl),
  'kv-dedup': weaker('a write has no message id', pages.ddbPutItem),
  'kv-key-grammar': weaker('a key is any text', pages.ddbLimits),
  'kv-concurrent-writers': full,
  broadcast: weaker('rules deliver at least once; the payload must be a JSON object', pages.ebPutEvents),
  'broadcast-order': weaker('rules promise no order', pages.ebTroubleshooting),
  'broadcast-scale': weaker('5 targets a rule and 300 rules a bus', pages.ebQuotas),
  'group-blocking': none('standard queues have no message groups', pages.sqsStandard),
  replay: none('a queue cannot be read again', pages.sqsStandard),
};
