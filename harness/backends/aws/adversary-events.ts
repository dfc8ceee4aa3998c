import type { HttpResponse, RequestHandlerOutput } from '@smithy/types';
import { sleep } from '#core';
import type { Clock } from '#core';
import type { Choose, Disturbance, Passage } from './adversary.ts';
import { jsonAnswer, jsonRequest, list, madeAnswer, readAnswer } from './adversary-wire.ts';

/** How much later the targets of a rule may take effect; no page says how long "a short period of time" is. */
const latenessMs = [0, 100, 500, 1_000] as const;

const failedEntry = { ErrorCode: 'InternalFailure', ErrorMessage: 'try again' };

/** PutEvents that fails one entry under an answer 200, and PutTargets that is answered before it takes effect. */
export function disturbEvents(
  choose: Choose,
  { clock, late }: { readonly clock: Clock; readonly late: Set<Promise<unknown>> },
): Disturbance {
  async function failOne(passage: Passage, index: number): Promise<RequestHandlerOutput<HttpResponse>> {
    const { input } = passage.wire;
    const left = list(input['Entries']).filter((_, position) => position !== index);
    if (left.length === 0) return { response: madeAnswer({ FailedEntryCount: 1, Entries: [failedEntry] }) };
    const answer = await passage.forward(jsonRequest(passage.request, { ...input, Entries: left }));
    const { response, output } = await readAnswer(answer.response);
    const entries = list(output['Entries']);
    const failures = typeof output['FailedEntryCount'] === 'number' ? output['FailedEntryCount'] : 0;
    return {
      response: jsonAnswer(response, {
        ...output,
        FailedEntryCount: failures + 1,
        Entries: [...entries.slice(0, index), failedEntry, ...entries.slice(index)],
      }),
    };
  }

  /** Answers now; the request goes out later. */
  function delay(passage: Passage, delayMs: number): Promise<RequestHandlerOutput<HttpResponse>> {
    const task = sleep(clock, delayMs, { signal: new AbortController().signal })
      .then(() => passage.forward(passage.request))
      .catch(() => undefined)
      .finally(() => late.delete(task));
    late.add(task);
    return Promise.resolve({ response: madeAnswer({ FailedEntryCount: 0, FailedEntries: [] }) });
  }

  return (passage) => {
    const { service, operation, input } = passage.wire;
    if (service !== 'events') return undefined;
    if (operation === 'PutTargets') {
      const delayMs = latenessMs[choose('ADV-EB-09', passage.key, latenessMs.length)] ?? 0;
      return delayMs === 0 ? undefined : delay(passage, delayMs);
    }
    if (operation !== 'PutEvents') return undefined;
    const chosen = choose('ADV-EB-07', passage.key, list(input['Entries']).length + 1);
    return chosen === 0 ? undefined : failOne(passage, chosen - 1);
  };
}
