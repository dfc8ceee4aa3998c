import { glob } from 'node:fs/promises';
import { extname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { UsageError } from '#core';
import type { Scenario } from '#core';

/** A scenario and where it stands: `id` is its path below the suites folder without `.ts`. */
export interface LoadedScenario {
  readonly id: string;
  readonly file: string;
  readonly scenario: Scenario;
}

/** Where the scenarios of this project stand. */
export const suitesFolder = fileURLToPath(new URL('../suites', import.meta.url));

/** As this very file ends: `.ts` in a clone, `.js` in an installed package. */
const ending = extname(import.meta.filename);

/** The scenario files below `root`, sorted; with patterns, those whose path or a row's id contains one of them. */
export async function scenarioFiles(root: string): Promise<readonly string[]> {
  const files: string[] = [];
  for await (const file of glob(`**/*${ending}`, { cwd: root })) files.push(join(root, file));
  return files.sort();
}

/**
 * Loads and checks every scenario below `root`.
 *
 * @throws UsageError where a file has no scenario as its default export, a row has no checks, or an id is used twice.
 */
export async function loadScenarios(root: string): Promise<readonly LoadedScenario[]> {
  const loaded: LoadedScenario[] = [];
  for (const file of await scenarioFiles(root)) {
    const module: unknown = await import(pathToFileURL(resolve(file)).href);
    loaded.push({ id: scenarioId(root, file), file, scenario: scenarioOf(module, file) });
  }
  rejectDuplicates(loaded);
  return loaded;
}

/** `suites/queue-group/exclusive-delivery.ts` → `queue-group/exclusive-delivery`. */
export function scenarioId(root: string, file: string): string {
  return relative(root, file)
    .replaceAll('\\', '/')
    .replace(/\.[jt]s$/, '');
}

/** Keeps what a user asked for: a row's id, or a part of a scenario's path. */
export function matching(scenarios: readonly LoadedScenario[], patterns: readonly string[]): readonly LoadedScenario[] {
  if (patterns.length === 0) return scenarios;
  for (const pattern of patterns) {
    if (!scenarios.some((loaded) => matches(loaded, pattern))) {
      throw new UsageError(
        `pattern '${pattern}' matches no scenario: expected a part of a path such as 'kv/create' or a row's id such as 'QG-001'`,
      );
    }
  }
  return scenarios.filter((loaded) => patterns.some((pattern) => matches(loaded, pattern)));
}

function matches({ id, scenario }: LoadedScenario, pattern: string): boolean {
  return id.includes(pattern) || scenario.rows.some((row) => row.id === pattern.toUpperCase());
}

/** The scenario that `module` exports; `file` is for the message. */
export function scenarioOf(module: unknown, file: string): Scenario {
  const scenario = defaultExport(module);
  if (!isScenario(scenario)) {
    throw new UsageError(
      `scenario file '${file}' has no scenario as its default export: expected 'export default scenario({…})'`,
    );
  }
  for (const row of scenario.rows) {
    if (row.checks.length === 0)
      throw new UsageError(`row '${row.id}' in '${file}' has no checks: expected at least one`);
  }
  return scenario;
}

function defaultExport(module: unknown): unknown {
  return typeof module === 'object' && module !== null && 'default' in module ? module.default : undefined;
}

function isScenario(value: unknown): value is Scenario {
  return (
    typeof value === 'object' &&
    value !== null &&
    'title' in value &&
    'rows' in value &&
    Array.isArray(value.rows) &&
    value.rows.length > 0 &&
    'run' in value &&
    typeof value.run === 'function'
  );
}

function rejectDuplicates(loaded: readonly LoadedScenario[]): void {
  const owners = new Map<string, string>();
  for (const { file, scenario } of loaded) {
    for (const { id } of scenario.rows) {
      const owner = owners.get(id);
      if (owner !== undefined)
        throw new UsageError(`row '${id}' stands in '${owner}' and in '${file}': expected one file a row`);
      owners.set(id, file);
    }
  }
}
