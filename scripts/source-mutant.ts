import { fileURLToPath } from 'node:url';

/** One small edit of the code, and who must notice it in which act. */
export interface SourceMutant {
  readonly name: string;
  /** What the code then does wrong. */
  readonly fault: string;
  readonly code: 'translator' | 'emulator';
  /** Below the code's src. */
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly find: string;
  readonly replace: string;
  readonly profile: 'design' | 'mended' | 'exact';
  readonly scenario: string;
  /** A checker of that act. */
  readonly killedBy: string;
}

/** Where the mutant's file stands. */
export function sourceOf({ code, file }: Pick<SourceMutant, 'code' | 'file'>): string {
  return fileURLToPath(new URL(`../${code}/src/${file}`, import.meta.url));
}

/** @throws Error unless the text to edit stands there exactly once. */
export function applyTo(source: string, { name, file, find, replace }: SourceMutant): string {
  const count = source.split(find).length - 1;
  if (count !== 1) throw new Error(`mutant '${name}': '${find}' stands in '${file}' ${count} times, expected once`);
  return source.replace(find, () => replace);
}
