/** Resident memory of one server, in MB, in the order of its measuring. */
export interface MemoryRow {
  readonly name: string;
  readonly freshMb: number;
  /** Messages sent, received and deleted. */
  readonly through: number;
  readonly afterMb: number;
  /** Messages. */
  readonly atRest: number;
  readonly atRestMb: number;
}
