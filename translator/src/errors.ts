/** Nobody subscribes to the subject of a request. */
export class NoRespondersError extends Error {
  override readonly name = 'NoRespondersError';

  constructor(subject: string, options?: ErrorOptions) {
    super(`no responders: '${subject}'`, options);
  }
}

/** The deadline of the caller passed. What it asked for may have happened. */
export class TimeoutError extends Error {
  override readonly name = 'TimeoutError';
}

/** The key has another revision than the one expected, or exists where it should not. */
export class WrongRevisionError extends Error {
  override readonly name = 'WrongRevisionError';
}

/** The profile has no call for this. */
export class UnsupportedError extends Error {
  override readonly name = 'UnsupportedError';
}

/** The connection has been closed, drained or abandoned. */
export class ClosedError extends Error {
  override readonly name = 'ClosedError';

  constructor(options?: ErrorOptions) {
    super('the connection is closed', options);
  }
}

/** A subject or filter that NATS would refuse. */
export class InvalidSubjectError extends Error {
  override readonly name = 'InvalidSubjectError';
}

/** A key that the NATS client would refuse. */
export class InvalidKeyError extends Error {
  override readonly name = 'InvalidKeyError';
}

/** A name of a bucket that the NATS client would refuse. */
export class InvalidBucketError extends Error {
  override readonly name = 'InvalidBucketError';
}

/** The payload is larger than what NATS, or the profile, carries. */
export class PayloadTooLargeError extends Error {
  override readonly name = 'PayloadTooLargeError';

  constructor(bytes: number, bytesMax: number, options?: ErrorOptions) {
    super(`a payload of ${bytes} bytes is too large, at most ${bytesMax} are carried`, options);
  }
}

/** The publish was accepted in part or not at all, and no later attempt mended it. */
export class PublishError extends Error {
  override readonly name = 'PublishError';
}

/** A subject or filter that the mapping cannot express: the token, the limit it meets and the page that sets it. */
export class UnmappableError extends Error {
  override readonly name = 'UnmappableError';
  readonly token: string;
  readonly limit: string;
  readonly page: string;

  constructor(token: string, limit: string, page: string, options?: ErrorOptions) {
    super(`cannot map token '${token}': ${limit} (${page})`, options);
    this.token = token;
    this.limit = limit;
    this.page = page;
  }
}
