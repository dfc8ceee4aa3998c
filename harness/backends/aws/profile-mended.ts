import type { Profile, Support } from '#core';
import { pages } from './pages.ts';
import { designProfile } from './profile-design.ts';

const full: Support = { level: 'full' };

function weaker(why: string, source: string, requestsPerMessage?: string): Support {
  return { level: 'weaker', why, source, ...(requestsPerMessage !== undefined && { requestsPerMessage }) };
}

const handledOnce = '2 PutItem per message and receiver';

/** How far the document keeps each promise once all fixes are made; what is not named here stays as it is there. */
export const mendedProfile: Profile = {
  ...designProfile,
  'no-duplicates': weaker(
    'a handler that ends after its message has come again has run twice',
    pages.sqsAtLeastOnce,
    handledOnce,
  ),
  headers: full,
  'reply-subject': full,
  'publish-failure': full,
  'payload-bytes': weaker('base64: a message carries three quarters of its size', pages.sqsMessageQuotas),
  'subject-mapping': weaker('wildcards in the domain of work have no queue', pages.document),
  'queue-group': weaker(
    'a handler that ends after its message has come again has run twice',
    pages.sqsVisibility,
    handledOnce,
  ),
  'queue-group-filter': weaker('what another member asked for is left to come again', pages.sqsVisibility),
  'request-deadline': full,
  'application-error': full,
  'request-metadata': weaker('there is no reply subject', pages.lambdaInvoke),
  'kv-values': weaker('an item holds 400 KB', pages.ddbLimits),
  'kv-read-your-write': full,
  'kv-compare-and-set': full,
  'kv-ttl': full,
  'kv-key-ttl': full,
  broadcast: weaker('topics deliver at least once', pages.sqsAtLeastOnce, handledOnce),
  'broadcast-scale': full,
  'subscribe-barrier': weaker(
    'a rule that acted once is taken to act from then on',
    pages.ebPutRule,
    '1 PutEvents for each second until the rule acts, and a receive and a delete by each consumer that it reaches',
  ),
  'auto-unsubscribe': full,
  'kv-keys': weaker('a secondary index follows its table a while later', pages.ddbConsistency, '1 Query per page'),
};
