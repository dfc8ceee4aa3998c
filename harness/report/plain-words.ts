/**
 * What a reader may not know who knows one of the two systems alone: how a profile builds the pattern out of AWS services,
 * and what the words of a story mean.
 */

const ruleAndQueue =
  'A subscription is a rule of EventBridge that copies matching events into an SQS queue, which the session polls; a publish is PutEvents.';
const topicAndQueue =
  'A publish goes to an SNS FIFO topic, ordered per publisher; each session has an SQS FIFO queue that is subscribed with a filter policy, and polls it.';

const builtByDocument: Readonly<Record<string, string>> = {
  PUB: ruleAndQueue,
  SUBJ: ruleAndQueue,
  BC: ruleAndQueue,
  QG: 'A queue group is one SQS queue per domain and priority, which all members poll; a publish to a work subject is SendMessage to it.',
  RR: 'A responder is a deployed Lambda function, a request a synchronous Invoke of it.',
  KV: 'A bucket is a DynamoDB table, a key an item of it.',
};

const builtExactly: Readonly<Record<string, string>> = {
  PUB: topicAndQueue,
  SUBJ: topicAndQueue,
  BC: topicAndQueue,
  QG: 'The members of a group share one SQS FIFO queue behind an SNS FIFO topic; a conditional write in DynamoDB lets one of them handle each message.',
  RR: "A request goes to the responder's SQS queue and its reply to the requester's, matched by a correlation id.",
  KV: 'A bucket is rows of one DynamoDB table: a head per key, a log and a counter, written in one transaction; watches read the log.',
};

/** How the profile builds the pattern of a row; `undefined` where it is not one of ours. */
export function builtBy(row: string, profile: string): string | undefined {
  const family = row.split('-')[0] ?? '';
  if (profile === 'exact') return builtExactly[family];
  if (profile === 'design') return builtByDocument[family];
  const built = builtByDocument[family];
  return profile === 'mended' && built !== undefined ? `${built} With each of the document's fixes on.` : undefined;
}

const kinds: Readonly<Record<string, string>> = {
  lost: 'something that NATS would have handed to a receiver that was certainly there did not come',
  duplicated: 'one message came more than once where NATS hands it over once',
  redelivered: 'a message came again that somebody had already been given',
  reordered: 'a later message came before an earlier one of the same sender',
  diverged: 'two receivers saw the same messages in different orders',
  altered: 'what arrived is not what was sent',
  unexpected: 'something came that NATS would not have delivered',
  unmatched: 'a filter that matches the subject got nothing',
  inactive: 'a subscription that had been confirmed was not active yet',
  overrun: 'more came than was asked for',
  overdue: 'it lasted longer than it may',
  stale: 'a read did not see a write that had returned before it',
  'not-linearizable': 'no order of these calls explains what each of them was told',
  swallowed: 'a call was reported as done and had no effect',
  unanswered: 'a request that somebody was there to answer got no reply',
  invented: 'a request that nobody answers got a reply',
  hidden: 'an error was handed over as if it were a reply',
  transport: 'an error of the application came as an error of the way there',
  taken: 'something was accepted that NATS refuses',
  refused: 'a call was turned away for good that NATS takes',
  unsupported: 'the profile has no call for this',
};

/** What a kind of anomaly means; `undefined` where its message says it all. */
export function meaningOf(kind: string): string | undefined {
  return kinds[kind];
}

const errors: Readonly<Record<string, string>> = {
  refused: 'AWS does not take it: a limit, a size or a form it does not allow',
  unmappable: "the profile's mapping has no place on AWS for this subject",
  unsupported: 'the profile has no call for this',
  throttled: 'AWS asks the caller to come again later',
  timeout: 'the deadline of the caller passed',
  'no-responders': 'nobody subscribes to what was asked',
  'wrong-revision': 'the key was written by somebody else in between',
  'connection-lost': 'the connection ended; what was under way may have happened',
};

/** The normalised words for errors that a text uses, each with what it means. */
export function errorsIn(texts: readonly string[]): readonly (readonly [string, string])[] {
  return Object.entries(errors).filter(([word]) =>
    texts.some((text) => new RegExp(`(?:failed|happened|ended as)[^:]*:? (?:.*: )?${word}$`).test(text)),
  );
}
