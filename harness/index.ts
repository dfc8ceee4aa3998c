/** For others: what a scenario, a checker, a mapping or a replay of their own is made with. */
export * from '#core';
export * from '#checkers';
export type { EventEntry, EventPattern, SubjectMapping } from 'parallax-translator/mappings';
export { startNats } from '../fixtures/nats-server.ts';
export type { NatsAccess, NatsOptions, NatsServer } from '../fixtures/nats-server.ts';
export { judgeHistory } from './check.ts';
export { parseCapsule } from './explore/capsule.ts';
export type { Capsule } from './explore/capsule.ts';
export { expectGone, replay } from './explore/replay.ts';
export type { Replay } from './explore/replay.ts';
export { mappingLaws } from './map/laws.ts';
export type { Counterexample, LawOptions, LawResult, MappingLaw } from './map/laws.ts';
export { verifyMapping } from './map/verify.ts';
export { run } from './run.ts';
export { createEmbeddedTarget, embeddedTarget } from './targets/embedded.ts';
export { natsTarget } from './targets/nats.ts';
export { urlTarget } from './targets/url.ts';
