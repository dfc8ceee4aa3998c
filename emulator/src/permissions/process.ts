import type { Permission } from './permission.ts';

/**
 * What the caller's own machine is free to do to its process; only an exploring that aims at processes chooses it.
 */
export const processPermissions = {
  'PROC-pause': {
    page: 'https://aws.amazon.com/builders-library/leader-election-in-distributed-systems/',
    sentence:
      'A process may be paused, by a collection of garbage or a slow machine, and its lease may run out meanwhile',
    reading: 'not-reread',
    rate: 0.02,
  },
  'PROC-restart': {
    page: 'https://aws.amazon.com/builders-library/challenges-with-distributed-systems/',
    sentence:
      'A machine or a process may fail at any moment on its own, with its requests under way, and is started again',
    reading: 'not-reread',
    rate: 0.01,
  },
} as const satisfies Record<string, Permission>;
