import { promises as fs } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { UsageError } from '#core';

/** A file of the report: its content, or the path of one that is there already. */
export type ReportFile = { readonly path: string } & (
  | { readonly content: string | Uint8Array }
  | { readonly from: string }
);

/** By this file a folder is known to be a report of ours, which the next may replace. */
const marker = 'report.json';

/**
 * Writes the files beside `out` and puts them in its place in one step: the folder is whole, or as it was before. An
 * earlier report is replaced. Throws `UsageError` where the folder holds something else, or cannot be written.
 */
export async function writeFolder(out: string, files: readonly ReportFile[]): Promise<void> {
  const target = resolve(out);
  const building = join(dirname(target), `.${basename(target)}-${process.pid}`);
  try {
    await refuseOthers(target, out);
    await fs.mkdir(dirname(target), { recursive: true });
    await fs.rm(building, { recursive: true, force: true });
    await fs.mkdir(building);
    for (const file of files) await place(building, file);
    await swap(building, target);
  } catch (error) {
    await fs.rm(building, { recursive: true, force: true }).catch(() => undefined);
    throw usageErrorOf(error, out);
  }
}

async function refuseOthers(target: string, out: string): Promise<void> {
  const names = await fs.readdir(target).catch((error: unknown): readonly string[] => {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  });
  if (names.length > 0 && !names.includes(marker))
    throw new UsageError(
      `output folder '${out}' holds something that is not a report, expected an empty or new folder`,
    );
}

async function place(folder: string, file: ReportFile): Promise<void> {
  const path = resolve(folder, file.path);
  if (!path.startsWith(folder + sep)) throw new Error(`file '${file.path}' is outside the report`);
  await fs.mkdir(dirname(path), { recursive: true });
  if ('content' in file) await fs.writeFile(path, file.content);
  else await fs.cp(file.from, path);
}

/** An earlier report steps aside first, and comes back where the new one cannot take its place. */
async function swap(building: string, target: string): Promise<void> {
  const aside = `${building}-before`;
  const replaces = await fs.rename(target, aside).then(
    () => true,
    (error: unknown) => {
      if (codeOf(error) === 'ENOENT') return false;
      throw error;
    },
  );
  try {
    await fs.rename(building, target);
  } catch (error) {
    if (replaces) await fs.rename(aside, target);
    throw error;
  }
  if (replaces) await fs.rm(aside, { recursive: true, force: true });
}

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'no space left on the device',
  EDQUOT: 'disk quota exceeded',
  EROFS: 'the file system is read-only',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  ENOTDIR: 'part of the path is not a folder',
  EEXIST: 'part of the path is not a folder',
  ENOENT: 'the folder cannot be made there',
  ENAMETOOLONG: 'the name is too long',
  EBUSY: 'the folder is in use',
};

/** What the file system refused is the user's to mend; anything else is a bug and stays what it is. */
function usageErrorOf(error: unknown, out: string): unknown {
  const reason = reasons[codeOf(error) ?? ''];
  if (reason === undefined) return error;
  return new UsageError(`cannot write the report to '${out}': ${reason}, expected a writable folder`, { cause: error });
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
