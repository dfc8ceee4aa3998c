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

/** On a server of the user's, every name begins with a token that nobody else has. */
export function prefixedNames(token: string): Names {
  const prefix = `${token}.`;
  return {
    toServer: (subject) => prefix + subject,
    fromServer: (subject) => brand<Subject>(subject.startsWith(prefix) ? subject.slice(prefix.length) : subject),
    bucket: (bucket) => `${token}_${bucket}`,
    owns: (stream) => stream.startsWith(`KV_${token}_`),
  };
}
