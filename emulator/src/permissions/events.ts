import type { NotChosen, Permission } from './permission.ts';

const guide = 'https://docs.aws.amazon.com/eventbridge/latest/userguide';
const api = 'https://docs.aws.amazon.com/eventbridge/latest/APIReference';

/** What the EventBridge pages permit. */
export const eventsPermissions = {
  'ADV-EB-01': {
    page: `${guide}/eb-troubleshooting.html`,
    sentence:
      'In rare cases, the same rule can run more than once for a single event or scheduled time, or the same target can be invoked more than once for a given triggered rule.',
    reading: 'page-2023',
    rate: 0.02,
  },
  'ADV-EB-02': {
    page: `${guide}/eb-custom-bus-what-is.html`,
    sentence: 'Rules of an event bus do not keep the order of events',
    reading: 'not-reread',
    rate: 0.1,
  },
  'ADV-EB-03': {
    page: `${guide}/eb-rule-retry-policy.html`,
    sentence:
      'By default, EventBridge retries sending the event for 24 hours and up to 185 times with an exponential back off and jitter, or randomized delay.',
    reading: 'page',
    rate: 0.05,
  },
  'ADV-EB-04': {
    page: `${guide}/eb-rule-retry-policy.html`,
    sentence:
      "If an event isn't delivered after all retry attempts are exhausted, the event is dropped and EventBridge doesn't continue to process it.",
    reading: 'page',
    rate: 0.01,
  },
  'ADV-EB-05': {
    page: `${guide}/eb-troubleshooting.html`,
    sentence:
      'If the target of an EventBridge rule is constrained for a prolonged time, EventBridge might not retry delivery.',
    reading: 'page-2023',
    rate: 0.005,
  },
  'ADV-EB-07': {
    page: `${api}/API_PutEventsResultEntry.html`,
    sentence:
      'The error code that indicates why the event submission failed. Retryable errors include: InternalFailure',
    reading: 'page',
    rate: 0.05,
  },
  'ADV-EB-09': {
    page: `${api}/API_PutRule.html`,
    sentence:
      'When you create or update a rule, incoming events might not immediately start matching to new or updated rules.',
    reading: 'api-model',
    rate: 0.1,
  },
  'ADV-EB-10': {
    page: `${api}/API_PutEventsResultEntry.html`,
    sentence: 'ThrottlingException: The request was denied due to request throttling.',
    reading: 'page',
    rate: 0.02,
  },
  'ADV-EB-11': {
    page: `${api}/API_PutTargets.html`,
    sentence: 'This action can partially fail if too many requests are made at the same time.',
    reading: 'api-model',
    rate: 0.02,
  },
  'ADV-EB-12': {
    page: `${guide}/eb-create-rule-schedule.html`,
    sentence: 'Your scheduled rule runs within that minute, but not on the precise 0th second.',
    reading: 'page-2023',
    rate: 0.5,
  },
} as const satisfies Record<string, Permission>;

/** Entries of the catalogue about EventBridge that are no choice. */
export const eventsNotChosen = {
  'ADV-EB-06': { kind: 'always', why: 'where a permission or the target is missing nothing is tried again' },
  'ADV-EB-08': { kind: 'always', why: 'entries for a bus that is not there are taken and dropped' },
  'ADV-EB-13': { kind: 'not-modelled', why: 'it speaks of events of AWS services, of which there are none here' },
  'ADV-EB-14': { kind: 'always', why: 'an event is larger than its entry, and a target may refuse it for that' },
} as const satisfies Record<string, NotChosen>;
