import type { Operation } from '../../service.ts';
import { findArchive } from '../archive.ts';
import type { DeleteArchiveRequest, DeleteArchiveResponse } from '../generated/shapes.ts';
import type { EventsState } from '../state.ts';

export default {
  handle: ({ ArchiveName }, { archives, buses }) => {
    const archive = findArchive(archives, ArchiveName);
    archives.delete(ArchiveName);
    for (const bus of buses.values()) bus.archives.delete(archive);
    return {};
  },
} satisfies Operation<DeleteArchiveRequest, DeleteArchiveResponse, EventsState>;
