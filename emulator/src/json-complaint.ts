import { InvalidPatternError } from './patterns/index.ts';
import { createPatternReader } from './patterns/pattern-reader.ts';

/** The default of Jackson, AWS's parser, and what it says beyond: https://github.com/FasterXML/jackson-core */
const depthMax = 1000;
const tooDeep = `Document nesting depth (${depthMax + 1}) exceeds the maximum allowed (${depthMax}, from \`StreamReadConstraints.getMaxNestingDepth()\`)`;

/**
 * What AWS's JSON parser says of a text that is no JSON, its source struck out as SNS and Lambda were recorded to strike
 * it; `undefined` for a text that is.
 */
export function jsonComplaint(text: string): string | undefined {
  try {
    const reader = createPatternReader(text);
    let depth = 0;
    for (let token = reader.next(); token !== 'end'; token = reader.next()) {
      if (token === 'start-object' || token === 'start-array') depth += 1;
      if (token === 'end-object' || token === 'end-array') depth -= 1;
      if (depth > depthMax) return tooDeep;
    }
    return undefined;
  } catch (error) {
    if (!(error instanceof InvalidPatternError)) throw error;
    return error.reason.replaceAll(
      /\[Source: .*?(; line: \d+, column: \d+\])/gsu,
      '[Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled)$1',
    );
  }
}
