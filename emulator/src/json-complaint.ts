import { InvalidPatternError } from './patterns/index.ts';
import { createPatternReader } from './patterns/pattern-reader.ts';

/**
 * What AWS's JSON parser says of a text that is no JSON, its source struck out as SNS and Lambda were recorded to strike
 * it; `undefined` for a text that is.
 */
export function jsonComplaint(text: string): string | undefined {
  try {
    const reader = createPatternReader(text);
    while (reader.next() !== 'end');
    return undefined;
  } catch (error) {
    if (!(error instanceof InvalidPatternError)) throw error;
    return error.reason.replaceAll(
      /\[Source: .*?(; line: \d+, column: \d+\])/gsu,
      '[Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled)$1',
    );
  }
}
