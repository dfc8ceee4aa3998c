export type { AwsClients } from './clients.ts';
export { sleep } from './clock.ts';
export type { Clock } from './clock.ts';
export { connect, profiles } from './connect.ts';
export type { ProfileName } from './connect.ts';
export type {
  Connection,
  ConnectOptions,
  Handler,
  Header,
  Message,
  Reply,
  ReplyContent,
  Responder,
  SubscribeOptions,
  Subscription,
} from './connection.ts';
export { deployHandler } from './design/deploy.ts';
export type { Deployment } from './design/deploy.ts';
export { fixes, isFix } from './design/fixes.ts';
export type { Fix, Fixes } from './design/fixes.ts';
export { designMapping, mappingOf } from './design/mapping.ts';
export * from './errors.ts';
export { exactMapping } from './exact/mapping.ts';
export { filterPolicy, subjectAttributes } from './exact/filter.ts';
export type { Kv, KvEntry, KvOptions, KvWatch, KvWatchOptions } from './kv.ts';
export type { EventEntry, EventPattern, SubjectMapping } from './mapping.ts';
export { subjectMatches } from './subject.ts';
