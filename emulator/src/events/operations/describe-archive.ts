import type { Operation } from '../../service.ts';
import { archiveSummary, findArchive } from '../archive.ts';
import type { DescribeArchiveRequest, DescribeArchiveResponse } from '../generated/shapes.ts';
import type { EventsState } from '../state.ts';

export default {
  handle: ({ ArchiveName }, { archives }, { world }) => {
    const archive = findArchive(archives, ArchiveName);
    return {
      ...archiveSummary(archive, world),
      ArchiveArn: archive.arn,
      Description: archive.description,
      EventPattern: archive.filter?.pattern,
      KmsKeyIdentifier: archive.kmsKeyIdentifier,
    };
  },
} satisfies Operation<DescribeArchiveRequest, DescribeArchiveResponse, EventsState>;
