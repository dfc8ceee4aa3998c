import type { Random } from './random.ts';
import type { ServiceModel } from '../../emulator/src/model.ts';

/** A value before it is put into a wire form: members keep their order and may have any name, numbers any digits. */
export type Tree =
  | null
  | boolean
  | string
  | readonly Tree[]
  | { readonly raw: string }
  | { readonly members: readonly (readonly [string, Tree])[] };

const names = ['q', 'q.fifo', 't', 't.fifo', 'tab', 'r', 'b', 'f', 'default', 'a', ''];
const arn = (service: string, rest: string): string => `arn:aws:${service}:us-east-1:000000000000:${rest}`;
const texts = [
  ...names,
  'http://127.0.0.1/000000000000/q',
  'http://127.0.0.1/000000000000/q.fifo',
  arn('sqs', 'q'),
  arn('sns', 't'),
  arn('events', 'rule/r'),
  arn('lambda', 'function:f'),
  arn('dynamodb', 'table/tab'),
  'arn:aws:iam::000000000000:role/r',
  'arn:::::',
  '{"source":["s"]}',
  '{"a":[{"prefix":"x"},{"numeric":[">",0,"<=",1e400]}]}',
  '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
  'rate(5 minutes)',
  'cron(0 0 31 2 ? *)',
  'attribute_exists(pk) AND size(v) > :n',
  'SET #a.b[999999999999] = if_not_exists(c, :v) + :v',
  "SELECT * FROM tab WHERE pk = 'a'",
  'sqs',
  'All',
  'true',
  '-1',
  '99999999999999999999',
  '__proto__',
  'constructor',
  '\u0000',
  '\ud800',
  '\u{1f600}',
  '%',
  '<&>"\'',
  '[',
  '${jndi:x}',
];
/** What members of these names are most often given, so that calls get past the first look. */
const likely: Readonly<Record<string, readonly string[]>> = {
  QueueUrl: ['http://127.0.0.1/000000000000/q', 'http://127.0.0.1/000000000000/q.fifo'],
  QueueName: ['q', 'q.fifo', 'w'],
  TopicArn: [arn('sns', 't'), arn('sns', 't.fifo')],
  TableName: ['tab'],
  IndexName: ['by-v'],
  EventBusName: ['default', 'b'],
  Rule: ['r'],
  FunctionName: ['f'],
  MessageGroupId: ['g'],
  KeyConditionExpression: ['pk = :pk', 'pk = :pk AND begins_with(sk, :v)', 'pk = :pk OR pk = :v'],
  ConditionExpression: ['attribute_exists(pk)', 'size(#v) > :v', 'v BETWEEN :v AND :v', 'NOT (v IN (:v, :pk))'],
  UpdateExpression: ['SET v = :v', 'ADD n :v', 'REMOVE a[0].b', 'SET l = list_append(l, :v)', 'DELETE s :v'],
  ProjectionExpression: ['pk, v.a[0]', '#v', 'a.b.c[99]'],
  Statement: [
    "SELECT * FROM tab WHERE pk = 'a'",
    "INSERT INTO tab VALUE {'pk': 'a'}",
    "UPDATE tab SET v = [1] WHERE pk = 'a'",
  ],
  EventPattern: ['{"source":["s"]}', '{"detail":{"a":[{"anything-but":{"wildcard":"*x*"}}]}}'],
  Source: ['s'],
  Detail: ['{"a":1}', '{"a":{"b":[1,[2,{"c":null}]]}}'],
  DetailType: ['d'],
};

/** Member names that mean something to JavaScript. */
export const prototypeKeys = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', 'then'];

const numbers = [
  '0',
  '-0',
  '-1',
  '1',
  '10',
  '2147483648',
  '9223372036854775808',
  '1e400',
  '-1e400',
  '1e-400',
  '1.5',
  '1'.repeat(400),
];

/** Anything but what was asked for. */
function wild(random: Random): Tree {
  return random.pick<Tree>([
    null,
    true,
    [],
    { members: [] },
    [null],
    { members: [['a', [{ members: [] }]]] },
    { raw: random.pick(numbers) },
    random.pick(texts),
    { raw: nested(random) },
    'x'.repeat(random.pick([1, 300, 5000])),
  ]);
}

/** Arrays or objects inside one another, closed or not. */
export function nested(random: Random, depth: number = random.pick([30, 200, 3000, 20_000])): string {
  const [open, close] = random.pick([
    ['[', ']'],
    ['{"a":', '}'],
    ['{"M":{"a":', '}}'],
    ['{"L":[', ']}'],
    ['{"$or":[', ']}'],
  ]);
  return `${open.repeat(depth)}1${close.repeat(depth)}`;
}

/** A value of a shape of the model, as right as chance has it. */
export function valueOf(model: ServiceModel, shapeName: string, random: Random, depth = 0): Tree {
  const shape = model.shapes[shapeName];
  if (shape === undefined || depth > 6 || random.chance(0.06)) return wild(random);
  switch (shape.type) {
    case 'structure': {
      const members = Object.entries(shape.members).filter(
        ([name]) => shape.required?.includes(name) === true || random.chance(0.25),
      );
      const entries: (readonly [string, Tree])[] = members.map(([name, member]) => [
        name,
        memberOf(model, name, member.shape, random, depth + 1),
      ]);
      if (random.chance(0.05)) entries.push([random.pick(prototypeKeys), wild(random)]);
      return { members: entries };
    }
    case 'list':
      return Array.from({ length: random.pick([0, 1, 1, 2, 12]) }, () =>
        valueOf(model, shape.member.shape, random, depth + 1),
      );
    case 'map':
      return {
        members: Array.from({ length: random.pick([0, 1, 1, 2]) }, () => [
          random.chance(0.2) ? random.pick(prototypeKeys) : random.pick(['pk', 'v', ...texts]),
          valueOf(model, shape.value.shape, random, depth + 1),
        ]),
      };
    case 'string':
      return random.chance(0.8) && shape.enum !== undefined ? random.pick(shape.enum) : random.pick(texts);
    case 'boolean':
      return random.chance(0.5);
    case 'blob':
      return random.pick(['', 'YQ==', 'AAECAw==', '!', 'UEsDBAoAAAAAAA==']);
    case 'integer':
    case 'long':
    case 'float':
    case 'double':
    case 'timestamp':
      return { raw: random.pick(numbers) };
    default:
      return shape satisfies never;
  }
}

function memberOf(model: ServiceModel, name: string, shape: string, random: Random, depth: number): Tree {
  const usual = Object.hasOwn(likely, name) ? likely[name] : undefined;
  if (usual !== undefined && random.chance(0.75)) return random.pick(usual);
  if (/^(Key|Item|ExclusiveStartKey)$/.test(name) && random.chance(0.6)) return itemOf(model, random, depth);
  return valueOf(model, shape, random, depth);
}

/** An item of the table, with its key and whatever else. */
function itemOf(model: ServiceModel, random: Random, depth: number): Tree {
  const more = random.chance(0.5) ? [['v', valueOf(model, 'AttributeValue', random, depth)] as const] : [];
  return { members: [['pk', { members: [['S', random.pick(['a', 'b'])]] }], ...more] };
}

/** JSON text of what `valueOf` made. */
export function jsonOf(value: Tree): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if ('raw' in value) return value.raw;
  if ('members' in value)
    return `{${value.members.map(([name, item]) => `${JSON.stringify(name)}:${jsonOf(item)}`).join(',')}}`;
  return `[${value.map(jsonOf).join(',')}]`;
}

/** Parameters of the query protocol: `Entry.1.Id=…`. */
export function queryOf(value: Tree, name = ''): readonly (readonly [string, string])[] {
  const inner = (key: string): string => (name === '' ? key : `${name}.${key}`);
  if (value === null || typeof value !== 'object') return [[name, String(value)]];
  if ('raw' in value) return [[name, value.raw.slice(0, 5000)]];
  if ('members' in value) return value.members.flatMap(([key, item]) => queryOf(item, inner(key)));
  return value.flatMap((item, index) => queryOf(item, inner(`member.${index + 1}`)));
}
