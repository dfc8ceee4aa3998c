import type { PermissionId } from './permissions/index.ts';

/** How a seeded world spreads what is not friendly over a run. Without one each point has its own rate throughout. */
export interface Strategy {
  /** How often the point does not take the friendly way now, in [0, 1]; `rate` is the point's own. */
  readonly rateOf: (point: PermissionId, rate: number) => number;
  /** A call begins: `sqs.SendMessage`. */
  readonly called: (operation: string) => void;
  /** A call had its effect and is about to be answered. */
  readonly answered: (operation: string) => void;
}
