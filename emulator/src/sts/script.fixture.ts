import type { Step } from '../script.fixture.ts';

/** Every operation of STS that is there. */
export const stsScript: readonly Step[] = [['GetCallerIdentity', {}, { Account: '000000000000' }]];
