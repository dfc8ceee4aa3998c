import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Reporter, TestModule, TestProject, Vitest } from 'vitest/node';
import { exitCode, UsageError } from '#core';
import type { Cell, LatencyRow, Report } from '#core';
import { baselinesFolder, rewriteBaseline } from '../baselines.ts';
import { withExplored } from '../explore/explored.ts';
import type { WithExplored } from '../explore/explored.ts';
import { defaultOptions } from '../options.ts';
import { permissionsOf } from '../permissions.ts';
import { renderAnnotations } from '../report/annotations.ts';
import { renderConsole } from '../report/console.ts';
import { decidingOf } from '../report/decide.ts';
import { renderJson } from '../report/json.ts';
import type { ReportFile } from '../report/write-folder.ts';
import { writeReport } from '../report/write-report.ts';
import type { Provided } from './provided.ts';

/**
 * Collects the cells of a conformance run, writes the report and sets the exit code. A run without such cells is none
 * of its business.
 */
export default class ConformanceReporter implements Reporter {
  #vitest: Vitest | undefined;
  #startedAt = new Date();

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
    this.#startedAt = new Date();
  }

  async onTestRunEnd(modules: readonly TestModule[]): Promise<void> {
    const project = modules.find(({ project }) => isConformance(project))?.project ?? this.#conformance();
    if (project === undefined) return;
    const provided = providedOf(project);
    const options = provided?.options ?? defaultOptions;
    const explored = await this.#explored(cellsOf(modules), options.explored);
    if (explored === undefined) return;
    const { cells, files } = explored;
    const report: Report = {
      schema: 1,
      startedAt: this.#startedAt.toISOString(),
      durationMs: new Date().getTime() - this.#startedAt.getTime(),
      versions: provided?.versions ?? {},
      seed: options.seed,
      cells,
      permissions: permissionsOf(cells),
      deciding: decidingOf(cells),
      latency: latencyOf(modules),
    };
    try {
      await writeReport(report, { out: options.out, histories: [...(await historiesOf(provided)), ...files] });
    } catch (error) {
      this.#refuse(error);
      return;
    }
    await this.#tell(report, options.out, provided);
    process.exitCode = hasBrokenModule(modules)
      ? 1
      : exitCode(cells.map((cell) => (isRewritten(cell, provided) ? { ...cell, verdictOnBaseline: 'passed' } : cell)));
  }

  async #explored(cells: readonly Cell[], folder: string | undefined): Promise<WithExplored | undefined> {
    if (folder === undefined) return { cells, files: [] };
    try {
      return await withExplored(cells, folder);
    } catch (error) {
      this.#refuse(error);
      return undefined;
    }
  }

  #refuse(error: unknown): void {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`parallax: ${error.message}\n`);
    process.exitCode = 64;
  }

  #conformance(): TestProject | undefined {
    return this.#vitest?.projects.find(isConformance);
  }

  async #tell(report: Report, out: string, provided: Provided | undefined): Promise<void> {
    const { stdout } = process;
    if (process.env['GITHUB_ACTIONS'] === 'true') stdout.write(renderAnnotations(report));
    if (provided?.options.baseline === 'update') {
      const cells = report.cells.filter(({ target }) => target === provided.aws.name);
      const changes = await rewriteBaseline(provided.root, provided.aws.name, cells);
      stdout.write(`${join(baselinesFolder, `${provided.aws.name}.json`)}: ${changes.length} changed\n`);
      for (const change of changes) stdout.write(`  ${change}\n`);
    }
    if (provided?.options.json === true) {
      stdout.write(renderJson(report));
      return;
    }
    stdout.write(renderConsole(report, { color: stdout.isTTY, width: stdout.isTTY ? stdout.columns : 120 }));
    stdout.write(`report: ${join(out, 'index.html')}\n`);
  }
}

function isConformance({ name }: TestProject): boolean {
  return name === 'conformance';
}

function providedOf(project: TestProject): Provided | undefined {
  return project.getProvidedContext().parallax;
}

function cellsOf(modules: readonly TestModule[]): readonly Cell[] {
  return modules
    .flatMap((module) => [...module.children.allTests()])
    .flatMap((test) => test.meta().parallax ?? [])
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

function latencyOf(modules: readonly TestModule[]): readonly LatencyRow[] {
  return modules.flatMap((module) => [...module.children.allTests()]).flatMap((test) => test.meta().latency ?? []);
}

/** Its outcome has just become what is expected. */
function isRewritten({ target }: Cell, provided: Provided | undefined): boolean {
  return provided?.options.baseline === 'update' && target === provided.aws.name;
}

/** A file that failed before its cells could be registered: a bug in it, or no scenario. */
function hasBrokenModule(modules: readonly TestModule[]): boolean {
  return modules.some((module) => isConformance(module.project) && module.errors().length > 0);
}

async function historiesOf(provided: Provided | undefined): Promise<readonly ReportFile[]> {
  if (provided === undefined || !existsSync(join(provided.staging, 'histories'))) return [];
  const entries = await readdir(join(provided.staging, 'histories'), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const from = join(entry.parentPath, entry.name);
      return { path: from.slice(provided.staging.length + 1), from };
    });
}
