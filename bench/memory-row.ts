/** Resident memory of one server, in MB. */
export interface MemoryRow {
  readonly name: string;
  readonly freshMb: number;
  /** Messages. */
  readonly atRest: number;
  readonly atRestMb: number;
  /** Messages sent, received and deleted. */
  readonly through: number;
  readonly afterMb: number;
}
