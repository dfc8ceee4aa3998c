declare const tag: unique symbol;

/** A `Base` that only `brand` makes, so that two kinds of string cannot be mixed up. */
export type Brand<Base, Name extends string> = Base & { readonly [tag]: Name };

export type Subject = Brand<string, 'Subject'>;
/** A filter; every subject is one that matches itself. */
export type SubjectPattern = Subject | Brand<string, 'SubjectPattern'>;
export type SessionId = Brand<string, 'SessionId'>;
/** A subscription, a responder or a watch: whatever receives something. */
export type ReceiverId = Brand<string, 'ReceiverId'>;
export type OpId = Brand<string, 'OpId'>;
export type MessageId = Brand<string, 'MessageId'>;
/** Bytes as standard base64 text, so that every call and every history is plain JSON. */
export type Base64 = Brand<string, 'Base64'>;
/** Nanoseconds since the run began, on the run's own clock. */
export type Nanos = Brand<number, 'Nanos'>;

/** The one cast of the code base: claims that `value` has the brand the caller asks for. */
export function brand<B extends Brand<string | number, string>>(value: B extends string ? string : number): B {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the single place where a brand is made
  return value as unknown as B;
}

/** `text` as a subject, for scenarios that build on one the stage gave them. Whether it is valid is for the target to say. */
export function subjectOf(text: string): Subject {
  return brand<Subject>(text);
}

/** `text` as a filter, with `*` and `>`. */
export function patternOf(text: string): SubjectPattern {
  return brand<Brand<string, 'SubjectPattern'>>(text);
}
