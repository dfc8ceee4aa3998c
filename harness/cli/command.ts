/** One command of the command line. */
export interface Command {
  /** Usage, options and an example; by arguments where the command has commands of its own. */
  readonly help: string | ((argv: readonly string[]) => string);
  /** Resolves to the exit code. @throws UsageError for what the user can mend. */
  readonly run: (argv: readonly string[]) => Promise<number>;
}
