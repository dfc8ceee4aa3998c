import type { Permission } from './permission.ts';

const guide = 'https://docs.aws.amazon.com/sns/latest/dg';

/**
 * What the SNS pages permit. Not choices, because they always hold: ADV-SNS-03, an error on the client's side is not
 * tried again; ADV-SNS-05, a message above the topic's maximum is refused.
 */
export const snsPermissions = {
  'ADV-SNS-01': {
    page: `${guide}/welcome-features.html`,
    sentence: 'A standard topic may deliver a message more than once and out of order',
    rate: 0.05,
  },
  'ADV-SNS-02': {
    page: `${guide}/sns-message-delivery-retries.html`,
    sentence: 'While an endpoint is unavailable delivery is tried again, up to 100,015 times over 23 days',
    rate: 0.02,
  },
  'ADV-SNS-04': {
    page: `${guide}/sns-subscription-filter-policies.html`,
    sentence: 'A change of a filter policy takes up to 15 minutes to take effect everywhere',
    rate: 0.2,
  },
} as const satisfies Record<string, Permission>;
