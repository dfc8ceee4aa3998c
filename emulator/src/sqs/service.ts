import { isRecord } from '../codecs/json.ts';
import { AwsError } from '../errors.ts';
import type { ServiceDefinition, World } from '../service.ts';
import { receiveDelivery } from './delivery.ts';
import { missingParameter, queryErrorOf } from './errors.ts';
import { queryModelOf } from './query-model.ts';
import type { SqsState } from './state.ts';

/** Operations that name no queue and are not for a queue's own URL. */
const accountOperations: ReadonlySet<string> = new Set(['CreateQueue', 'ListQueues']);

const sqs: ServiceDefinition<SqsState> = {
  name: 'sqs',
  createState: (world: World) => ({
    queues: new Map(),
    made: new Map(),
    deleted: new Map(),
    moveTasks: [],
    ofAccount: (accountId) => world.sibling({ accountId })?.state(sqs),
  }),
  receive: receiveDelivery,
  queryModel: queryModelOf,
  queryError: queryErrorOf,
  invalid: (violations) => {
    const missing = violations.find(({ kind, path }) => kind === 'required' && path !== 'entries');
    return missing && missingParameter(missing.member);
  },
  onPath: (path, operation, input) => {
    const url = /^\/(?:queue\/[a-z0-9-]+\/)?\d{12}\/[^/]+$/.test(path) ? path : undefined;
    if (url === undefined || !isRecord(input)) return input;
    if (accountOperations.has(operation)) {
      throw new AwsError('InvalidAction', `The action ${operation} is not valid for this endpoint.`);
    }
    return { QueueUrl: url, ...input };
  },
};

export default sqs;
