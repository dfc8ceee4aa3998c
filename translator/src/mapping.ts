/** An event as a subject is sent: what a rule can ask about. */
export interface EventEntry {
  readonly source: string;
  readonly detailType: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** An EventBridge event pattern. */
export type EventPattern = Readonly<Record<string, unknown>>;

/**
 * How subjects become events, and filters rules. A faithful mapping keeps two laws: `decode(encode(s))` is `s`, and a
 * rule matches the event of exactly those subjects that its filter asks for.
 */
export interface SubjectMapping {
  readonly encode: (subject: string) => EventEntry;
  readonly decode: (entry: EventEntry) => string;
  /** @throws UnmappableError that names the token, the limit and the page. */
  readonly rule: (pattern: string) => EventPattern;
  /** Rules may be coarser than their filters, because the receiver drops what its filter does not ask for. */
  readonly receiverFilters?: boolean;
}
