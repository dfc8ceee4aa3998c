/** A function as a caller names it. */
export interface FunctionName {
  readonly name: string;
  /** A version, an alias or `$LATEST`; absent where none was named. */
  readonly qualifier?: string | undefined;
}
