/** What a team mends in the document's code, each by itself: the switches of the profile `mended`. */
export const fixes = {
  'failed-entries': 'entries that PutEvents reports as failed are sent again',
  bytes: 'payloads travel as base64, whatever the service wants',
  subject: 'the whole subject travels, is restored, and is filtered by at the receiver',
  headers: 'headers and reply subject travel',
  visibility: 'the visibility timeout is extended while a handler works',
  'dead-letters': 'a message that was received five times goes to a dead-letter queue',
  undelivered:
    'an event that a target does not take within a minute goes to a dead-letter queue, which the subscription polls too',
  'consumer-errors': 'polls and deletes survive an error',
  'idempotent-handler': 'a message is handled once, by a record of what has been handled',
  'envelope-id': 'the record is kept by the id of the event, not of the message that carried it',
  'message-id': 'the publisher gives each message an id, and the record is kept by that',
  'consistent-reads': 'state is read consistently',
  expiry: 'a read looks at the expiry, which is that of the bucket or key',
  'conditional-writes': 'create and update are conditional writes on a revision per key',
  'write-token': 'a conditional write that is refused looks whether it was its own earlier attempt',
  'function-errors': 'FunctionError is read',
  deadlines: 'a request ends at the deadline of its caller',
  'rule-acts': 'a subscription waits until its rule acts, by events of its own (of broadcasts only with `bytes`)',
  'fan-out': 'broadcasts go over an SNS topic, the mitigation that the document names, not over rules',
  'subject-checks': 'subjects and filters are checked as the NATS client and server check them',
  'max-messages': 'a subscription ends after as many messages as it was to take',
  deletes: 'the state manager has a delete, which leaves a marked item',
  index: 'keys are listed by a secondary index, as the migration steps of the document have it',
} as const satisfies Record<string, string>;

export type Fix = keyof typeof fixes;

/** Which of them are made. */
export type Fixes = ReadonlySet<Fix>;

/** The document as it stands. */
export const noFixes: Fixes = new Set();

export const allFixes: Fixes = new Set(Object.keys(fixes).filter(isFix));

export function isFix(name: string): name is Fix {
  return Object.hasOwn(fixes, name);
}
