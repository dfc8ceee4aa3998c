import type { Permission } from './permission.ts';

const guide = 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide';
const api = 'https://docs.aws.amazon.com/amazondynamodb/latest/APIReference';

/**
 * What the DynamoDB pages permit. Not points, because they always hold: ADV-DDB-04 (a deletion by time to live is told by
 * its user identity alone), ADV-DDB-06 (no record for a write that changes nothing), ADV-DDB-07 (records go after 24
 * hours), ADV-DDB-11 (a token lasts ten minutes). Not modelled: throttling by the throughput that a table has been given
 * (real rates would slow every test; ADV-DDB-09 stands for it), shards that close and split every few hours (a stream's
 * shards stay open as long as it does), the 10 GB of an item collection, and in ADV-DDB-13 two Regions that write one item
 * at once (what arrives last stays).
 */
export const dynamodbPermissions = {
  'ADV-DDB-01': {
    page: `${guide}/HowItWorks.ReadConsistency.html`,
    sentence: 'An eventually consistent read might not reflect the results of a recently completed write',
    rate: 0.2,
  },
  'ADV-DDB-02': {
    page: `${guide}/GSI.html`,
    sentence: 'A global secondary index is updated asynchronously, with an eventually consistent model',
    rate: 0.2,
  },
  'ADV-DDB-03': {
    page: `${guide}/TTL.html`,
    sentence: 'Items are deleted within a few days of their expiration; until then they can be read and written',
    rate: 0.5,
  },
  'ADV-DDB-05': {
    page: `${guide}/Streams.html`,
    sentence: 'A stream has as many shards as it needs; only the changes of one item come in the order they were made',
    rate: 0.5,
  },
  'ADV-DDB-08': {
    page: `${guide}/Streams.html`,
    sentence: 'More than two readers of one shard at a time can be throttled',
    rate: 0.05,
  },
  'ADV-DDB-09': {
    page: `${guide}/ProvisionedThroughput.html`,
    sentence: 'A request that exceeds what a partition or table bears is throttled',
    rate: 0.03,
  },
  'ADV-DDB-09-conflict': {
    page: `${api}/API_TransactWriteItems.html`,
    sentence: 'A transaction is cancelled, a write rejected, while another transaction is at work on the same item',
    rate: 0.05,
  },
  'ADV-DDB-10': {
    page: `${api}/API_BatchWriteItem.html`,
    sentence: 'Any of the operations of a batch may be left undone and are returned to be sent again',
    rate: 0.1,
  },
  'ADV-DDB-12': {
    page: `${guide}/Query.Pagination.html`,
    sentence: 'A page may end before the limit; only the absence of LastEvaluatedKey says that nothing is left',
    rate: 0.2,
  },
  'ADV-DDB-14': {
    page: `${api}/API_CreateTable.html`,
    sentence: 'Tables and indexes are created, changed and deleted asynchronously; until then they cannot be used',
    rate: 0.3,
  },
  'ADV-DDB-13': {
    page: `${guide}/GlobalTables.html`,
    sentence:
      'A change reaches the other Regions within seconds, and concurrent changes are settled by the last writer',
    rate: 0.5,
  },
} as const satisfies Record<string, Permission>;
