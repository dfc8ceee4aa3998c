/** What one workload gave on both sides. */
export interface Measurement {
  readonly workload: string;
  readonly rules: number;
  readonly eventBytes: number;
  readonly node: string;
  readonly java: string;
  readonly ours: Side;
  readonly ruler: Side;
}

export interface Side {
  readonly eventsPerSecond: number;
  /** On a machine that others use too, this is what can be compared. */
  readonly eventsPerCpuSecond: number;
  readonly bytesPerRule: number;
  readonly addMicroseconds: number;
  readonly matchesPerEvent: number;
}
