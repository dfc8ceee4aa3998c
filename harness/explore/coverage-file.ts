import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateSync, inflateSync } from 'node:zlib';
import { UsageError } from '#core';
import { createDistinctCounter } from './distinct.ts';
import type { Coverage } from './explore.ts';
import { isCount, isRecord, isString, isText, listOf, shapeOf } from './shape.ts';

/** What one `parallax explore` came to: of all its scenarios and profiles, exactly, so that files can be merged. */
export interface CoverageFile {
  readonly seed: number;
  /** What AWS was permitted, as `--permit` has it. */
  readonly permit: string;
  readonly seconds: number;
  readonly coverage: readonly Coverage[];
}

/** Beside the capsules. */
export const coverageName = 'coverage.json';

/** The counters' bits are mostly zeros: deflated they take some hundred bytes. */
export function formatCoverage({ seed, permit, seconds, coverage }: CoverageFile): string {
  const parts = coverage.map(({ distinct, ...rest }) => ({
    ...rest,
    distinctHistories: createDistinctCounter(distinct).count(),
    distinct: deflateSync(distinct).toString('base64'),
  }));
  return `${JSON.stringify({ schema: 2, seed, permit, seconds, coverage: parts }, null, 1)}\n`;
}

/** @throws UsageError that names the folder and what is wrong. */
export async function readCoverage(folder: string): Promise<CoverageFile> {
  const file = join(folder, coverageName);
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`'${file}' cannot be read: expected what 'parallax explore --out ${folder}' wrote`, {
      cause: error,
    });
  }
  if (!isStored(value)) throw new UsageError(`'${file}' is none of version 2: expected what 'parallax explore' wrote`);
  const { seed, permit, seconds, coverage } = value;
  return {
    seed,
    permit,
    seconds,
    coverage: coverage.map(({ distinctHistories: _, distinct, ...rest }) => ({
      ...rest,
      distinct: new Uint8Array(inflateSync(Buffer.from(distinct, 'base64'))),
    })),
  };
}

interface Stored extends Omit<CoverageFile, 'coverage'> {
  readonly coverage: readonly (Omit<Coverage, 'distinct'> & {
    readonly distinct: string;
    readonly distinctHistories: number;
  })[];
}

const isFile = shapeOf({
  schema: (value) => value === 2,
  seed: isCount,
  permit: isText,
  seconds: (value) => typeof value === 'number',
  coverage: listOf(
    (value) =>
      isRecord(value) &&
      isText(value['scenario']) &&
      isText(value['profile']) &&
      isCount(value['schedules']) &&
      isString(value['distinct']) &&
      isRecord(value['points']) &&
      listOf(isRecord)(value['findings']),
  ),
});

function isStored(value: unknown): value is Stored {
  return isFile(value);
}
