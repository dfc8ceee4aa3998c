import { fileURLToPath } from 'node:url';

/** One small edit of the `exact` translator, and who must notice it in which act. */
export interface ExactMutant {
  readonly name: string;
  /** What the translator then does wrong. */
  readonly fault: string;
  /** Below translator/src. */
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly find: string;
  readonly replace: string;
  readonly scenario: string;
  /** A checker of that act. */
  readonly killedBy: string;
}

/** Where the mutant's file stands. */
export function sourceOf({ file }: ExactMutant): string {
  return fileURLToPath(new URL(`../translator/src/${file}`, import.meta.url));
}

/** @throws Error unless the text to edit stands there exactly once. */
export function applyTo(source: string, { name, file, find, replace }: ExactMutant): string {
  const count = source.split(find).length - 1;
  if (count !== 1) throw new Error(`mutant '${name}': '${find}' stands in '${file}' ${count} times, expected once`);
  return source.replace(find, () => replace);
}
