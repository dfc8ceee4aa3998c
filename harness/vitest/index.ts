/** For the test files of others: the suite, the laws and capsules as tests of their own vitest. */
export { capsuleTest } from './capsule-test.ts';
export { conformance } from './conformance.ts';
export type { MappingConformance } from './conformance.ts';
export { mappingLaws } from './mapping-laws.ts';
