import { JetStreamApiCodes, JetStreamApiError, jserrors } from '@nats-io/jetstream/internal';
import { errors } from '@nats-io/transport-node';
import { DefiniteError, IndefiniteError } from '#core';

interface Row {
  readonly is: (error: Error) => boolean;
  /** Whether the call may have had an effect all the same. */
  readonly effect: 'none' | 'possible';
  readonly kind: string;
  readonly source: string;
}

const core = 'https://github.com/nats-io/nats.js/blob/main/core/src/errors.ts';
const jetstream = 'https://github.com/nats-io/nats.js/blob/main/jetstream/src/jserrors.ts';
const serverErrors = 'https://github.com/nats-io/nats-server/blob/main/server/errors.json';
const noResponders = 'https://docs.nats.io/nats-concepts/core-nats/reqreply#no-responders';
const limits = 'https://docs.nats.io/reference/reference-protocols/nats-protocol#info';

/** In the order in which they are tried. */
const table: readonly Row[] = [
  { is: isWrongRevision, effect: 'none', kind: 'wrong-revision', source: serverErrors },
  {
    is: (error) => error instanceof jserrors.StreamNotFoundError,
    effect: 'none',
    kind: 'not-found',
    source: serverErrors,
  },
  { is: (error) => error instanceof JetStreamApiError, effect: 'none', kind: 'refused', source: serverErrors },
  // The client's word for a publish to a stream that nobody answers for.
  {
    is: (error) => error instanceof jserrors.JetStreamNotEnabled,
    effect: 'none',
    kind: 'no-responders',
    source: jetstream,
  },
  { is: isNoResponders, effect: 'none', kind: 'no-responders', source: noResponders },
  { is: (error) => error instanceof errors.InvalidSubjectError, effect: 'none', kind: 'invalid-subject', source: core },
  // Headers are checked as they are made; of what is left, only the payload's size can be wrong.
  { is: (error) => error instanceof errors.InvalidArgumentError, effect: 'none', kind: 'too-large', source: limits },
  { is: (error) => error instanceof errors.PermissionViolationError, effect: 'none', kind: 'refused', source: core },
  { is: (error) => error instanceof errors.DrainingConnectionError, effect: 'none', kind: 'closed', source: core },
  { is: (error) => error instanceof errors.TimeoutError, effect: 'possible', kind: 'timeout', source: core },
  // A call is not begun on a closed connection: it closed while the call was on its way.
  {
    is: (error) => error instanceof errors.ClosedConnectionError,
    effect: 'possible',
    kind: 'connection-lost',
    source: core,
  },
  { is: (error) => error instanceof errors.ConnectionError, effect: 'possible', kind: 'connection-lost', source: core },
  { is: (error) => error instanceof errors.RequestError, effect: 'possible', kind: 'connection-lost', source: core },
];

/** The client's error as the harness tells them apart; what the table does not know is a bug and stays what it is. */
export function harnessError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const row = table.find(({ is }) => is(error));
  if (row === undefined) return error;
  const { effect, kind } = row;
  return effect === 'none' ? new DefiniteError(kind, { cause: error }) : new IndefiniteError(kind, { cause: error });
}

function isWrongRevision(error: Error): boolean {
  const { StreamWrongLastSequence, StreamWrongLastSequenceUnknown } = JetStreamApiCodes;
  if (!(error instanceof JetStreamApiError)) return false;
  return error.code === StreamWrongLastSequence || error.code === StreamWrongLastSequenceUnknown;
}

function isNoResponders(error: Error): boolean {
  return error instanceof errors.NoRespondersError || (error instanceof errors.RequestError && error.isNoResponders());
}
