import { brand } from '#core';
import type { Subject, SubjectPattern } from '#core';

/** How the names of a scenario appear on the server. */
export interface Names {
  readonly toServer: (subject: Subject | SubjectPattern) => string;
  readonly fromServer: (subject: string) => Subject;
  readonly bucket: (bucket: string) => string;
  /** Whether a stream is of this run. */
  readonly owns: (stream: string) => boolean;
}

/** In an account of its own a scenario has the whole namespace. */
export const plainNames: Names = {
  toServer: (subject) => subject,
  fromServer: (subject) => brand<Subject>(subject),
  bucket: (bucket) => bucket,
  owns: () => true,
};

/** The subjects below which a bucket's stream listens: https://github.com/nats-io/nats-architecture-and-design/blob/main/adr/ADR-8.md */
const bucketRoot = '$KV.';

/** On a server of the user's, every name begins with a token that nobody else has. */
export function prefixedNames(token: string): Names {
  const prefix = `${token}.`;
  const bucketPrefix = `${token}_`;
  const fromServer = (subject: string): string => {
    if (subject.startsWith(prefix)) return subject.slice(prefix.length);
    return subject.startsWith(bucketRoot + bucketPrefix)
      ? bucketRoot + subject.slice(bucketRoot.length + bucketPrefix.length)
      : subject;
  };
  return {
    toServer: (subject) =>
      subject.startsWith(bucketRoot) ? bucketRoot + bucketPrefix + subject.slice(bucketRoot.length) : prefix + subject,
    fromServer: (subject) => brand<Subject>(fromServer(subject)),
    bucket: (bucket) => bucketPrefix + bucket,
    owns: (stream) => stream.startsWith(`KV_${bucketPrefix}`),
  };
}
