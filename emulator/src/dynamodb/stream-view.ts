import type { StreamSpecification } from './generated/shapes.ts';
import { invalidParameter } from './invalid.ts';
import type { StreamView } from './stream.ts';

const VIEWS: readonly StreamView[] = ['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES'];

/** The view of the stream that is asked for; undefined for none. Throws ValidationException where the two members disagree. */
export function streamView(specification: StreamSpecification | undefined): StreamView | undefined {
  const view = VIEWS.find((name) => name === specification?.StreamViewType);
  if (specification?.StreamEnabled !== true) {
    if (view !== undefined) {
      throw invalidParameter('StreamSpecification.StreamViewType cannot be specified when StreamEnabled is false');
    }
    return undefined;
  }
  if (view === undefined) throw invalidParameter('Stream StreamViewType is required when StreamEnabled is true');
  return view;
}
