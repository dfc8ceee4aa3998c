import { InvalidSubjectError, UnmappableError } from 'parallax-translator/mappings';
import { UsageError } from '#core';
import { shorten, visible } from '../report/visible.ts';
import { isUnmappable } from './law-check.ts';
import { linesOf } from './map-io.ts';
import type { MapIo } from './map-io.ts';

const namedCharactersMax = 300;

/**
 * Answers each argument, or each line of the input where there is no argument, with one line. Resolves to the worst of
 * the answers' exit codes.
 *
 * @throws UsageError for the first that has no answer, with the line's number where it came by pipe.
 */
export async function oneByOne(
  texts: readonly string[],
  io: MapIo,
  { answer, what }: { readonly answer: (text: string) => Answer; readonly what: string },
): Promise<number> {
  let exit = 0;
  const tell = (text: string, place: string): void => {
    const { line, code = 0, remark } = usable(() => answer(text), place);
    exit = Math.max(exit, code);
    if (remark !== undefined) io.remark(`${place}${visible(remark)}`);
    io.write(`${line}\n`);
  };
  for (const text of texts) tell(text, '');
  if (texts.length > 0) return exit;
  if (io.input === undefined) throw new UsageError(`no ${what} was given: expected one or more, or one a line by pipe`);
  for await (const { number, text } of linesOf(io.input)) tell(text, `line ${number}: `);
  return exit;
}

export interface Answer {
  readonly line: string;
  /** 1: the mapping does not do what NATS does. */
  readonly code?: 0 | 1;
  readonly remark?: string;
}

/** What the mapping refuses is for the user to mend, in one line that hides nothing. */
function usable<T>(call: () => T, place: string): T {
  try {
    return call();
  } catch (error) {
    const isRefusal =
      error instanceof UsageError ||
      error instanceof InvalidSubjectError ||
      error instanceof UnmappableError ||
      isUnmappable(error);
    if (!isRefusal || !(error instanceof Error)) throw error;
    throw new UsageError(`${place}${shorten(visible(error.message), namedCharactersMax)}`, { cause: error });
  }
}

/** The text where it has no fault. */
export function faultless(text: string, fault: (text: string) => string | undefined): string {
  const found = fault(text);
  if (found !== undefined) throw new UsageError(found);
  return text;
}
