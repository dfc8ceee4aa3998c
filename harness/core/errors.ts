/** A call that definitely had no effect. `kind` is a normalised word, never vendor text. */
export class DefiniteError extends Error {
  override readonly name = 'DefiniteError';
  readonly kind: string;

  constructor(kind: string, options?: ErrorOptions) {
    super(kind, options);
    this.kind = kind;
  }
}

/** A call that may have had its effect: `timeout`, `connection-lost`, … */
export class IndefiniteError extends Error {
  override readonly name = 'IndefiniteError';
  readonly kind: string;

  constructor(kind: string, options?: ErrorOptions) {
    super(kind, options);
    this.kind = kind;
  }
}

/** The user asked for something that cannot be: one line, exit 64. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A run on a virtual clock reads time or chance that nobody controls, so that it proves nothing: one line, exit 2. */
export class ChanceError extends Error {
  override readonly name = 'ChanceError';
}
