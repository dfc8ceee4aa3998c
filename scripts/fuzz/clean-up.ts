/** The lists of resources that a storm may have left, and how one of each is deleted. */
interface Leftovers {
  readonly service: string;
  readonly list: readonly [operation: string, input?: object];
  /** The names in the list's answer. */
  readonly found: RegExp;
  readonly remove: (
    name: string,
  ) => readonly (readonly [operation: string, input: Readonly<Record<string, unknown>>])[];
}

const json: Readonly<Record<string, string>> = {
  sqs: 'AmazonSQS',
  events: 'AWSEvents',
  dynamodb: 'DynamoDB_20120810',
};

const leftovers: readonly Leftovers[] = [
  {
    service: 'sqs',
    list: ['ListQueues', { MaxResults: 1000 }],
    found: /"(http[^"]*)"/g,
    remove: (QueueUrl) => [['DeleteQueue', { QueueUrl }]],
  },
  {
    service: 'sns',
    list: ['ListTopics'],
    found: /<TopicArn>([^<]*)</g,
    remove: (TopicArn) => [['DeleteTopic', { TopicArn }]],
  },
  {
    service: 'dynamodb',
    list: ['ListTables'],
    found: /"([\w.-]{3,})"(?=[,\]])/g,
    remove: (TableName) => [
      ['UpdateTable', { TableName, DeletionProtectionEnabled: false }],
      ['DeleteTable', { TableName }],
    ],
  },
  {
    service: 'events',
    list: ['ListArchives'],
    found: /"ArchiveName":"([^"]*)"/g,
    remove: (ArchiveName) => [['DeleteArchive', { ArchiveName }]],
  },
  {
    service: 'events',
    list: ['ListRules'],
    found: /"Name":"([^"]*)"/g,
    remove: (Name) => removeRule(Name, 'default'),
  },
  {
    service: 'events',
    list: ['ListRules', { EventBusName: 'b' }],
    found: /"Name":"([^"]*)"/g,
    remove: (Name) => removeRule(Name, 'b'),
  },
  {
    service: 'events',
    list: ['ListEventBuses'],
    found: /"Name":"([^"]*)"/g,
    remove: (Name) => [['DeleteEventBus', { Name }]],
  },
  {
    service: 'iam',
    list: ['ListRoles'],
    found: /<RoleName>([^<]*)</g,
    remove: (RoleName) => [['DeleteRole', { RoleName }]],
  },
];

function removeRule(Rule: string, EventBusName: string): ReturnType<Leftovers['remove']> {
  return [
    ['RemoveTargets', { Rule, EventBusName, Ids: ['a', 'q', 't', 'r', 'f', 'b', 'tab'] }],
    ['DeleteRule', { Name: Rule, EventBusName, Force: true }],
  ];
}

/** What takes its time to be deleted is asked for so often. */
const roundsMax = 50;

/** Deletes through the services' own calls whatever they list; returns what could not be deleted. */
export async function cleanUp(port: number): Promise<readonly string[]> {
  let left: readonly string[] = [];
  for (let round = 0; round < roundsMax; round += 1) {
    left = await deleteAll(port);
    if (left.length === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return left;
}

/** Asks for the deletion of everything that is there, and returns it. */
async function deleteAll(port: number): Promise<readonly string[]> {
  const there: string[] = [];
  for (const { service, list, found, remove } of leftovers) {
    const listed = await call(port, service, ...list);
    for (const [, name = ''] of listed.matchAll(found)) {
      if (name === 'default') continue;
      there.push(`${service} ${name}`);
      for (const [operation, input] of remove(name)) await call(port, service, operation, input);
    }
  }
  return there;
}

const queueArn = 'arn:aws:sqs:us-east-1:000000000000:q';

/** Resources that the storm's requests name, so that they reach more than the first refusal. */
export async function setUp(port: number): Promise<void> {
  const attributes = [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'v', AttributeType: 'S' },
  ];
  const index = { KeySchema: [{ AttributeName: 'v', KeyType: 'HASH' }], Projection: { ProjectionType: 'ALL' } };
  const calls: readonly (readonly [string, string, object])[] = [
    ['sqs', 'CreateQueue', { QueueName: 'q' }],
    ['sqs', 'CreateQueue', { QueueName: 'q.fifo', Attributes: { FifoQueue: 'true' } }],
    ['sns', 'CreateTopic', { Name: 't' }],
    ['sns', 'Subscribe', { TopicArn: 'arn:aws:sns:us-east-1:000000000000:t', Protocol: 'sqs', Endpoint: queueArn }],
    ['events', 'CreateEventBus', { Name: 'b' }],
    ['events', 'PutRule', { Name: 'r', EventPattern: '{"source":["s"]}' }],
    ['events', 'PutTargets', { Rule: 'r', Targets: [{ Id: 't', Arn: queueArn }] }],
    ['iam', 'CreateRole', { RoleName: 'r', AssumeRolePolicyDocument: '{"Statement":[]}' }],
    [
      'dynamodb',
      'CreateTable',
      {
        TableName: 'tab',
        AttributeDefinitions: attributes,
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        GlobalSecondaryIndexes: [{ IndexName: 'by-v', ...index }],
        StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
        BillingMode: 'PAY_PER_REQUEST',
      },
    ],
  ];
  for (const [service, operation, input] of calls) await call(port, service, operation, input);
}

async function call(port: number, service: string, operation: string, input: object = {}): Promise<string> {
  const authorization = `AWS4-HMAC-SHA256 Credential=000000000000/20260101/us-east-1/${service}/aws4_request`;
  const prefix = json[service];
  const [headers, body] =
    prefix === undefined
      ? [
          {},
          new URLSearchParams({
            Action: operation,
            ...Object.fromEntries(Object.entries(input).map(([name, value]) => [name, String(value)])),
          }),
        ]
      : [
          { 'x-amz-target': `${prefix}.${operation}`, 'content-type': 'application/x-amz-json-1.0' },
          JSON.stringify(input),
        ];
  const answer = await fetch(`http://127.0.0.1:${port}/`, {
    method: 'POST',
    headers: { authorization, ...headers },
    body,
  });
  return answer.text();
}
