import type { Permission } from './permission.ts';

const guide = 'https://docs.aws.amazon.com/eventbridge/latest/userguide';
const api = 'https://docs.aws.amazon.com/eventbridge/latest/APIReference';

/**
 * What the EventBridge pages permit. No choices, because they always happen: ADV-EB-06 (no retry where a permission or a
 * target is missing), ADV-EB-08 (entries for a bus that is not there are taken and dropped) and ADV-EB-14 (an envelope that
 * makes an event too large for its target). ADV-EB-13 is about events of AWS services, of which there are none here.
 */
export const eventsPermissions = {
  'ADV-EB-01': {
    page: `${guide}/eb-troubleshooting.html`,
    sentence: 'In rare cases the same rule runs, or the same target is invoked, more than once for one event',
    rate: 0.02,
  },
  'ADV-EB-02': {
    page: `${guide}/eb-custom-bus-what-is.html`,
    sentence: 'Rules of an event bus do not keep the order of events',
    rate: 0.1,
  },
  'ADV-EB-03': {
    page: `${guide}/eb-rule-retry-policy.html`,
    sentence: 'A delivery is tried again for up to 24 hours, with exponential back off and jitter',
    rate: 0.05,
  },
  'ADV-EB-04': {
    page: `${guide}/eb-rule-retry-policy.html`,
    sentence: 'An event that was not delivered after all retries is dropped, or sent to the dead-letter queue',
    rate: 0.01,
  },
  'ADV-EB-05': {
    page: `${guide}/eb-troubleshooting.html`,
    sentence: 'Where a target is constrained for a long time, EventBridge might not try again',
    rate: 0.05,
  },
  'ADV-EB-07': {
    page: `${guide}/eb-putevents.html`,
    sentence: 'A call is answered with 200 although some of its entries have failed',
    rate: 0.05,
  },
  'ADV-EB-09': {
    page: `${api}/API_PutRule.html`,
    sentence: 'When a rule or its targets change, incoming events might not immediately be matched to the new ones',
    rate: 0.1,
  },
  'ADV-EB-10': {
    page: `${guide}/eb-quota.html`,
    sentence: 'Calls above the quota of an account are throttled',
    rate: 0.02,
  },
  'ADV-EB-11': {
    page: `${api}/API_PutTargets.html`,
    sentence: 'Some targets of one call may fail to be added, if too many requests are made at the same time',
    rate: 0.02,
  },
  'ADV-EB-12': {
    page: `${guide}/eb-create-rule-schedule.html`,
    sentence: 'A schedule has a precision of one minute: the rule runs anywhere inside it',
    rate: 0.5,
  },
} as const satisfies Record<string, Permission>;
