import { AwsError } from '../../errors.ts';
import type { Operation } from '../../service.ts';
import { createFilter, findArchive } from '../archive.ts';
import type { UpdateArchiveRequest, UpdateArchiveResponse } from '../generated/shapes.ts';
import type { EventsState } from '../state.ts';

export default {
  handle: ({ ArchiveName, Description, EventPattern, RetentionDays, KmsKeyIdentifier }, { archives }) => {
    if (Description === undefined && EventPattern === undefined && RetentionDays === undefined) {
      throw new AwsError(
        'ValidationException',
        'At least one of EventPattern, RetentionDays or Description must be provided.',
      );
    }
    const archive = findArchive(archives, ArchiveName);
    archive.filter = createFilter(EventPattern) ?? archive.filter;
    archive.description = Description ?? archive.description;
    archive.retentionDays = RetentionDays ?? archive.retentionDays;
    archive.kmsKeyIdentifier = KmsKeyIdentifier ?? archive.kmsKeyIdentifier;
    return { ArchiveArn: archive.arn, State: 'ENABLED', CreationTime: new Date(archive.createdMs) };
  },
} satisfies Operation<UpdateArchiveRequest, UpdateArchiveResponse, EventsState>;
