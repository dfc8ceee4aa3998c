import { isRecord } from '../../codecs/json.ts';
import { AwsError } from '../../errors.ts';
import { InvalidPatternError, matchesPattern } from '../../patterns/index.ts';
import type { Operation } from '../../service.ts';
import { isWithinLimits } from '../entry.ts';
import type { TestEventPatternRequest, TestEventPatternResponse } from '../generated/shapes.ts';
import type { EventsState } from '../state.ts';

const required = ['id', 'account', 'source', 'time', 'region', 'detail-type'] as const;

export default {
  handle: ({ EventPattern, Event }) => {
    checkEvent(Event);
    try {
      return { Result: matchesPattern(EventPattern, Event) };
    } catch (error) {
      if (error instanceof InvalidPatternError) throw new AwsError('InvalidEventPatternException', error.message);
      throw error;
    }
  },
} satisfies Operation<TestEventPatternRequest, TestEventPatternResponse, EventsState>;

function checkEvent(text: string): void {
  let event: unknown;
  try {
    event = JSON.parse(text);
  } catch {
    event = undefined;
  }
  if (!isRecord(event) || !isWithinLimits(text) || required.some((name) => !Object.hasOwn(event, name))) {
    throw new AwsError('ValidationException', 'Parameter Event is not valid.');
  }
}
