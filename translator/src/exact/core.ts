import type { AwsClients } from '../clients.ts';
import type { Clock } from '../clock.ts';
import type { Hedge } from '../hedge.ts';
import type { Retry } from '../retry.ts';

/** What the parts of an `exact` connection share. */
export interface Core {
  readonly clients: AwsClients;
  readonly clock: Clock;
  readonly random: () => number;
  readonly prefix: string;
  /** The publisher's name. */
  readonly name: string;
  readonly echo: boolean;
  /**
   * How long a received message is held for its receiver to delete it, which it does at once. Short, because the
   * publisher's later messages wait for it where an answer was lost.
   */
  readonly visibilitySeconds: number;
  /** Aborted when the connection has ended, whichever way. */
  readonly signal: AbortSignal;
  readonly retry: Retry;
  /**
   * For polls, which may be repeated as often as one likes: soon, since all that has a deadline comes by them, and a few
   * in a row may be refused. At some ten a second and connection it asks less of AWS than a queue that is busy.
   */
  readonly retryPoll: Retry;
  /** For what somebody with a deadline waits for. */
  readonly hedge: Hedge;
  readonly onError: (error: unknown) => void;
}

/** A member that has not renewed for so long is taken for dead. Three times the longest wait between renewals. */
export const leaseMs = 60_000;

/** A lease is renewed once it is so old; long polls return every 20 s at the latest. */
export const renewAfterMs = 15_000;

/** For calls that outlive the connection which made them first. */
export type SetupCore = Pick<Core, 'clients' | 'clock' | 'prefix' | 'retry' | 'signal' | 'onError'>;
