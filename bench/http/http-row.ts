import type { Mode } from './measure.ts';

/** What a server did in one row; an act is all the requests of a workload's name. */
export interface HttpFigures {
  readonly actsPerSecond: number;
  /** The rate over the floor's in the same turn; the median of the turns. */
  readonly ofFloor: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** CPU the server spent on an act. */
  readonly cpuUs: number;
  /** CPU the client spent on an act. */
  readonly clientCpuUs: number;
}

export interface HttpRow {
  readonly workload: string;
  readonly isSingleItem: boolean;
  readonly mode: Mode;
  readonly lanes: number;
  /** By server; what does not speak the services is in neither. */
  readonly figures: Readonly<Record<string, HttpFigures>>;
  /** By server, why it has no figures. */
  readonly failures: Readonly<Record<string, string>>;
}
