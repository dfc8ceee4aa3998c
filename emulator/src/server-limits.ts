/** What the HTTP door bears of its callers. */
export interface ServerLimits {
  readonly bodyBytesMax: number;
  readonly headerBytesMax: number;
  readonly headersMax: number;
  readonly connectionsMax: number;
  /** From the first byte of a request to the end of its headers. */
  readonly headersMs: number;
  /** From the first byte of a request to its last. */
  readonly requestMs: number;
  /** Between two requests of a connection. */
  readonly idleMs: number;
  /** How long an answer may lie unread. */
  readonly answerMs: number;
  /** How often slow callers are looked for. */
  readonly checkMs: number;
  /** How long a stop waits for calls that are being carried out. */
  readonly stopMs: number;
}

/** Far above what an SDK needs. The largest request AWS takes is a zipped function of 50 MB, as base64. */
export const serverLimits: ServerLimits = {
  bodyBytesMax: 80 * 1024 * 1024,
  headerBytesMax: 32 * 1024,
  headersMax: 200,
  connectionsMax: 4096,
  headersMs: 20_000,
  requestMs: 120_000,
  idleMs: 60_000,
  answerMs: 60_000,
  checkMs: 5000,
  stopMs: 2000,
};
