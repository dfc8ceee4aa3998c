import type { Choice } from '#core';

/** Choices of the emulator as the adversary around a client makes them, or why one of them cannot be made there. */
export function fromOutside(
  choices: readonly Choice[],
): { readonly choices: readonly Choice[] } | { readonly reason: string } {
  const made: Choice[] = [];
  for (const choice of choices) {
    const { point } = choice;
    const way = ways[point]?.(choice);
    if (way === undefined) {
      const why = notFromOutside[point] ?? 'no request or answer of a client shows it';
      return { reason: `${point} cannot be made from outside: ${why}` };
    }
    made.push({ point, ...way });
  }
  return { choices: made };
}

/** Why a choice is the service's own; every point that is neither here nor made below shows in no request or answer. */
const notFromOutside: Readonly<Record<string, string>> = {
  'ADV-SQS-05': 'whether a delete had its effect is the service’s own secret',
  'ADV-DDB-02': 'the lag of an index is the service’s own',
  'ADV-DDB-03': 'the moment of a deletion by time to live is the service’s own',
  'ADV-LAM-01': 'a second invocation by the service cannot be made by the caller',
  'ADV-LAM-06': 'a cold start lies behind the answer',
  'PROC-pause': 'the process is paused by the virtual run',
  'PROC-restart': 'the process is restarted by the virtual run',
  'NET-jitter': 'how long a client waits is its own chance there',
  'NET-order': 'what is ready at one instant is ordered by the virtual clock alone',
};

/** A way may give the choice another point. `undefined`: not this option. */
type Way = (choice: Choice) => (Pick<Choice, 'key' | 'option'> & Partial<Choice>) | undefined;

/** `service.Operation/path/to/resource#n` as the adversary names a request: service and operation, resource, ordinal. */
const byRequest: Way = ({ key, option }) => {
  const [, name = '', path = '', ordinal = ''] = /^([^/]*)\/(.*)#(\d+)$/.exec(key) ?? [];
  return { key: `${name} ${path.split('/').at(-1) ?? ''} ${ordinal}`, option };
};

/** `arn:…:rule/NAME TARGET#n`, the n-th event of a rule, without the account. */
const byDelivery: Way = ({ key, option }) => ({ key: key.slice(key.indexOf(':rule/') + 6), option });

const asItIs: Way = ({ key, option }) => ({ key, option });

const ways: Readonly<Record<string, Way>> = {
  'FAULT-throttling': byRequest,
  'FAULT-internal': byRequest,
  'FAULT-lost-answer': byRequest,
  'NET-slow-request': byRequest,
  'NET-slow-answer': byRequest,
  'ADV-SQS-01': asItIs,
  'ADV-SQS-02': asItIs,
  // `queue/n`: another message is taken before the n-th.
  'ADV-SQS-03': ({ key }) => ({ key, option: 1 }),
  'ADV-EB-01': byDelivery,
  'ADV-EB-02': byDelivery,
  'ADV-EB-03': byDelivery,
  'ADV-EB-04': byDelivery,
  // `bus#n.i`: entry i of the n-th call.
  'ADV-EB-07': ({ key }) => {
    const [, call = '', entry = ''] = /#(\d+)\.(\d+)$/.exec(key) ?? [];
    return { key: `events.PutEvents  ${call}`, option: Number(entry) + 1 };
  },
  // Targets come late by a second, however late the emulator had them: the longest that a run in real time waits for.
  'ADV-EB-09': ({ key }) => ({ key: `events.PutTargets ${/:rule\/(.*)#\d+$/.exec(key)?.[1] ?? ''} 0`, option: 3 }),
  // `table/["key"]:version#n`: the n-th read of that version.
  'ADV-DDB-01': ({ key, option }) => ({ key: key.replace(/:\d+#/, '#'), option }),
  'ADV-DDB-09': asItIs,
  // `function/n`: the n-th invocation is throttled.
  'ADV-LAM-06': ({ key, option }) =>
    option === 1
      ? { point: 'FAULT-throttling', key: key.replace(/^(.*)\/(\d+)$/, 'lambda.Invoke $1 $2'), option: 1 }
      : undefined,
};
