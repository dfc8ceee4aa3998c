import { snsQuotas } from '../quotas.ts';
import type { CallContext } from '../service.ts';
import { createFifoLog } from './fifo-log.ts';
import { invalidParameter, refuseInMap } from './invalid-parameter.ts';
import { isFifoName } from './protocols.ts';
import type { SnsState, Topic } from './state.ts';
import { putTags } from './tags.ts';
import { renderTopicAttributes, setTopicAttribute } from './topic-attributes.ts';
import { defaultTopicPolicy } from './topic-policy.ts';

/** What CreateTopic takes. */
export interface TopicRequest {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly tags: readonly { readonly Key: string; readonly Value: string }[];
  readonly dataProtectionPolicy?: string | undefined;
}

/** The topic of that name, old or new: creating it again is fine unless attributes or tags are asked for that it lacks. */
export function createTopic(state: SnsState, { world, endpoint }: CallContext, request: TopicRequest): Topic {
  const { name, tags } = request;
  const { FifoTopic, ...attributes } = request.attributes;
  const fifo = FifoTopic === 'true';
  if (!isTopicName(name) || isFifoName(name) !== fifo) throw invalidParameter('Topic Name');
  const arn = `arn:aws:sns:${world.region}:${world.accountId}:${name}`;
  const existing = state.topics.get(arn);
  if (existing !== undefined) {
    checkSame(existing, attributes, tags);
    return existing;
  }
  const topic: Topic = {
    arn,
    ownerId: world.accountId,
    endpoint,
    ...(fifo && { fifo: createFifoLog() }),
    attributes: new Map(),
    policy: defaultTopicPolicy(arn, world.accountId),
    dataProtectionPolicy: request.dataProtectionPolicy,
    tags: new Map(),
    subscriptions: new Map(),
    subscriptionsDeleted: 0,
    published: 0,
  };
  for (const [attribute, value] of Object.entries(attributes)) {
    setTopicAttribute(topic, attribute, value, refuseInMap, () => refuseInMap(`Unknown attribute ${attribute}`));
  }
  putTags(topic.tags, tags);
  state.topics.set(arn, topic);
  return topic;
}

/** Up to 256 letters, digits, hyphens and underscores; `.fifo` at the end counts. */
function isTopicName(name: string): boolean {
  return name.length <= snsQuotas.topicNameLengthMax && /^[A-Za-z0-9_-]+(\.fifo)?$/.test(name);
}

function checkSame(topic: Topic, attributes: Readonly<Record<string, string>>, tags: TopicRequest['tags']): void {
  const has = renderTopicAttributes(topic);
  for (const [name, value] of Object.entries(attributes)) {
    if (has[name] !== value) throw refuseInMap('Topic already exists with different attributes');
  }
  if (tags.some(({ Key, Value }) => topic.tags.get(Key) !== Value)) {
    throw invalidParameter('Tags Reason: Topic already exists with different tags');
  }
}
