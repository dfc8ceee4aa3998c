/** An event pattern that EventBridge refuses; `message` is what `InvalidEventPatternException` says. */
export class InvalidPatternError extends Error {
  override readonly name = 'InvalidPatternError';
  /** The compiler's own words, without the service's opening. */
  readonly reason: string;

  constructor(reason: string, options?: ErrorOptions) {
    super(`Event pattern is not valid. Reason: ${reason}`, options);
    this.reason = reason;
  }
}
