import type { NotChosen, Permission } from './permission.ts';

const guide = 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide';
const api = 'https://docs.aws.amazon.com/amazondynamodb/latest/APIReference';

/** What the DynamoDB pages permit. */
export const dynamodbPermissions = {
  'ADV-DDB-01': {
    page: `${guide}/HowItWorks.ReadConsistency.html`,
    sentence:
      'When you read data from a DynamoDB table, the response might not reflect the results of a recently completed write operation.',
    reading: 'page-2023',
    rate: 0.2,
  },
  'ADV-DDB-02': {
    page: `${guide}/GSI.html`,
    sentence:
      'When an application writes or deletes items in a table, any global secondary indexes on that table are updated asynchronously, using an eventually consistent model.',
    reading: 'page-2023',
    rate: 0.2,
  },
  'ADV-DDB-03': {
    page: `${api}/API_UpdateTimeToLive.html`,
    sentence: 'Items that have expired and not been deleted will still show up in reads, queries, and scans.',
    reading: 'api-model',
    rate: 0.5,
  },
  'ADV-DDB-05': {
    page: `${guide}/Streams.html`,
    sentence:
      'For each item that is modified in a DynamoDB table, the stream records appear in the same sequence as the actual modifications to the item.',
    reading: 'page-2023',
    rate: 0.5,
  },
  'ADV-DDB-08': {
    page: `${guide}/Streams.html`,
    sentence: 'Having more than two readers per shard can result in throttling.',
    reading: 'page-2023',
    rate: 0.05,
  },
  'ADV-DDB-09': {
    page: `${guide}/ProvisionedThroughput.html`,
    sentence:
      'If your application performs reads or writes at a higher rate than your table can support, DynamoDB begins to throttle those requests.',
    reading: 'page-2023',
    rate: 0.03,
  },
  'ADV-DDB-09-conflict': {
    page: `${api}/API_TransactWriteItems.html`,
    sentence:
      'DynamoDB rejects the entire TransactWriteItems request if any of the following is true: … An ongoing operation is in the process of updating the same item.',
    reading: 'api-model',
    rate: 0.05,
  },
  'ADV-DDB-10': {
    page: `${api}/API_BatchWriteItem.html`,
    sentence:
      "If any requested operations fail because the table's provisioned throughput is exceeded or an internal processing failure occurs, the failed operations are returned in the UnprocessedItems response parameter.",
    reading: 'api-model',
    rate: 0.1,
  },
  'ADV-DDB-12': {
    page: `${guide}/Query.Pagination.html`,
    sentence: 'The only way to know when you have reached the end of the result set is when LastEvaluatedKey is empty.',
    reading: 'page-2023',
    rate: 0.2,
  },
  'ADV-DDB-13': {
    page: `${guide}/globaltables_HowItWorks.html`,
    sentence: 'In a global table, a newly written item is usually propagated to all replica tables within seconds.',
    reading: 'page-2023',
    rate: 0.5,
  },
  'ADV-DDB-14': {
    page: `${api}/API_CreateTable.html`,
    sentence:
      'CreateTable is an asynchronous operation. … You can perform read and write operations only on an ACTIVE table.',
    reading: 'api-model',
    rate: 0.3,
  },
} as const satisfies Record<string, Permission>;

/**
 * Entries of the catalogue about DynamoDB that are no choice. Beside them, and not in the catalogue, are not modelled:
 * throttling by the throughput that a table has been given (ADV-DDB-09 stands for it), shards that close and split every
 * few hours, the 10 GB of an item collection, and in ADV-DDB-13 two Regions that write one item at once (what arrives last
 * stays).
 */
export const dynamodbNotChosen = {
  'ADV-DDB-04': { kind: 'always', why: 'a deletion by time to live is told by its user identity alone' },
  'ADV-DDB-06': { kind: 'always', why: 'a write that changes nothing leaves no record in the stream' },
  'ADV-DDB-07': { kind: 'always', why: 'records go from the stream after 24 hours' },
  'ADV-DDB-11': { kind: 'always', why: 'the token of a transaction lasts ten minutes' },
} as const satisfies Record<string, NotChosen>;
