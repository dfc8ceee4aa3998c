/** Answers so far, by operation: the last of each. */
export type Answers = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A call of an operation, with what its answer must hold at least. The input may be made of earlier answers. */
export type Step = readonly [
  operation: string,
  input: object | ((answers: Answers) => object),
  expected?: Readonly<Record<string, unknown>>,
];

export const accountId = '000000000000';

export const arn = (service: string, resource: string): string =>
  `arn:aws:${service}:us-east-1:${accountId}:${resource}`;
