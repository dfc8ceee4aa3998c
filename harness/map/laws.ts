import type { EventEntry, EventPattern, SubjectMapping } from 'parallax-translator/mappings';
import { agreement } from './law-agreement.ts';
import { injectivity, roundTrip, stability, totality } from './law-encode.ts';
import { fit } from './law-fit.ts';

/** A promise of a mapping that its user relies on. */
export interface MappingLaw {
  readonly name: string;
  readonly promise: string;
  /** Tries all small cases, shortest first, then random ones, and shrinks what it finds. */
  readonly check: () => LawResult;
  /** @throws Error with the counterexample, for a test. */
  readonly assert: () => void;
}

export interface LawResult {
  readonly kept: boolean;
  /** Cases tried. */
  readonly tried: number;
  /** Cases left out, because the mapping says that it cannot express them: token, limit and page named. */
  readonly unmappable: number;
  readonly counterexample?: Counterexample;
}

/** The shortest case found that breaks a law, with all that shows it. */
export interface Counterexample {
  readonly message: string;
  readonly subject?: string;
  /** The other subject, where two are confused. */
  readonly other?: string;
  readonly filter?: string;
  readonly entry?: EventEntry;
  readonly rule?: EventPattern;
  /** Does the filter ask for the subject, by NATS, and does the rule match its event? */
  readonly byNats?: boolean;
  readonly byRule?: boolean;
}

export interface LawOptions {
  /** Random cases a law. */
  readonly runs: number;
  readonly seed: number;
}

/** One law over one mapping, as its file defines it. */
export interface LawDefinition {
  readonly name: string;
  readonly promise: string;
  readonly check: (mapping: SubjectMapping, options: LawOptions) => LawResult;
}

const definitions: readonly LawDefinition[] = [totality, roundTrip, injectivity, agreement, fit, stability];

/**
 * The laws of a mapping, to be checked one by one: in a test file,
 * `for (const law of mappingLaws(mine)) test(law.name, law.assert)`.
 */
export function mappingLaws(
  mapping: SubjectMapping,
  { runs = 1_000, seed = 1 }: Partial<LawOptions> = {},
): readonly MappingLaw[] {
  return definitions.map(({ name, promise, check }) => ({
    name,
    promise,
    check: () => check(mapping, { runs, seed }),
    assert() {
      const { counterexample } = check(mapping, { runs, seed });
      if (counterexample !== undefined) throw new Error(`${promise}: ${counterexample.message}`);
    },
  }));
}
