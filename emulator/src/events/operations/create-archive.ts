import { AwsError } from '../../errors.ts';
import type { Operation } from '../../service.ts';
import { createFilter } from '../archive.ts';
import type { Archive } from '../archive.ts';
import { findBus } from '../find.ts';
import type { CreateArchiveRequest, CreateArchiveResponse } from '../generated/shapes.ts';
import type { EventsState } from '../state.ts';

export default {
  handle: (input, state, { world }) => {
    const { ArchiveName, EventSourceArn, EventPattern } = input;
    if (state.archives.has(ArchiveName)) {
      throw new AwsError('ResourceAlreadyExistsException', `Archive ${ArchiveName} already exists.`);
    }
    const bus = findBus(state, EventSourceArn);
    const archive: Archive = {
      name: ArchiveName,
      arn: `arn:aws:events:${world.region}:${world.accountId}:archive/${ArchiveName}`,
      sourceArn: EventSourceArn,
      createdMs: world.clock.epochMs(),
      description: input.Description,
      kmsKeyIdentifier: input.KmsKeyIdentifier,
      retentionDays: input.RetentionDays,
      filter: createFilter(EventPattern),
      events: [],
    };
    state.archives.set(ArchiveName, archive);
    bus.archives.add(archive);
    return { ArchiveArn: archive.arn, State: 'ENABLED', CreationTime: new Date(archive.createdMs) };
  },
} satisfies Operation<CreateArchiveRequest, CreateArchiveResponse, EventsState>;
