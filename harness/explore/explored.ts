import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Cell, Explored } from '#core';
import type { ReportFile } from '../report/write-folder.ts';
import { readCoverage } from './coverage-file.ts';
import { createDistinctCounter } from './distinct.ts';
import type { CoverageFile } from './coverage-file.ts';
import { findingFile } from './keep.ts';

/** Cells with what an exploring found of them, and the capsules to lay beside the report. */
export interface WithExplored {
  readonly cells: readonly Cell[];
  readonly files: readonly ReportFile[];
}

/** Joins the exploring kept in `folder` with the cells of the embedded target, on which it was played. */
export async function withExplored(cells: readonly Cell[], folder: string): Promise<WithExplored> {
  const file = await readCoverage(folder);
  const joined = cells.map((cell) => {
    const explored = cell.target === 'embedded' ? exploredOf(cell, file) : undefined;
    return explored === undefined ? cell : { ...cell, explored };
  });
  const names = new Set(joined.flatMap(({ explored }) => explored?.capsules ?? []));
  return {
    cells: joined,
    files: [...names]
      .map((path) => ({ path, from: join(folder, path.slice(capsulesFolder.length)) }))
      .filter(({ from }) => existsSync(from)),
  };
}

const capsulesFolder = 'capsules/';

function exploredOf({ row, scenario, profile }: Cell, { seed, coverage }: CoverageFile): Explored | undefined {
  const found = coverage.find((part) => part.scenario === scenario && part.profile === profile);
  if (found === undefined) return undefined;
  return {
    seed,
    schedules: found.schedules,
    distinctHistories: createDistinctCounter(found.distinct).count(),
    points: found.points,
    capsules: found.findings
      .filter(({ finding }) => finding.row === row)
      .map(({ finding }) => `${capsulesFolder}${findingFile(profile, finding)}`),
  };
}
