import type { Cell, Report } from '#core';
import { laneDiagram } from './lane-diagram.ts';
import { laneText } from './lane-text.ts';
import { featureOf } from './matrix.ts';
import { escapeMarkup, visible } from './visible.ts';

const textWidth = 100;

/** `junit.xml`: a suite per target, profile and feature, a case per cell; a skip brings its reason. */
export function renderJunit({ cells }: Report): string {
  const suites = [...Map.groupBy(cells, (cell) => `${cell.target}.${cell.profile}.${featureOf(cell)}`)];
  const bodies = suites.map(([name, own]) => {
    const cases = own.map((cell) => testCase(cell, name)).join('\n');
    return `<testsuite name="${escapeMarkup(name)}" ${counts(own)}>\n${cases}\n</testsuite>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="parallax" ${counts(cells)}>\n${bodies.join('\n')}\n</testsuites>\n`;
}

type Result = 'passed' | 'failure' | 'error' | 'skipped';

/** What a cell is to a build: expected outcomes pass, but one that compared nothing is never green. */
export function buildResult({ outcome, verdictOnBaseline }: Cell): Result {
  if (outcome === 'unknown') return 'error';
  if (verdictOnBaseline === 'failed' || verdictOnBaseline === 'no-entry') return 'failure';
  if (outcome === 'not-run' || outcome === 'unsupported') return 'skipped';
  return verdictOnBaseline === 'no-baseline' && outcome === 'gap' ? 'failure' : 'passed';
}

function counts(cells: readonly Cell[]): string {
  const count = (wanted: Result): number => cells.filter((cell) => buildResult(cell) === wanted).length;
  return `tests="${cells.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}"`;
}

function testCase(cell: Cell, suite: string): string {
  const open = `<testcase name="${escapeMarkup(`${cell.row} ${cell.title}`)}" classname="${escapeMarkup(suite)}"${place(cell)}>`;
  const result = buildResult(cell);
  const message = escapeMarkup(messageOf(cell));
  if (result === 'passed') return `${open}</testcase>`;
  if (result === 'skipped') return `${open}<skipped message="${message}"/></testcase>`;
  return `${open}<${result} type="${cell.outcome}" message="${message}">${lines(detailsOf(cell))}</${result}></testcase>`;
}

function place({ definedAt }: Cell): string {
  return definedAt === undefined ? '' : ` file="${escapeMarkup(definedAt.file)}" line="${definedAt.line}"`;
}

/** One line: what was expected, what came, why. */
export function messageOf({ outcome, direction, expected, verdictOnBaseline, reason, evidence }: Cell): string {
  const came = direction === undefined ? outcome : `${outcome} (${direction})`;
  const wanted = verdictOnBaseline === 'failed' ? `expected ${(expected ?? []).join(' or ')}, ` : '';
  const unlisted = verdictOnBaseline === 'no-entry' ? 'no baseline entry (see --update-baseline), ' : '';
  const why = evidence === undefined ? reason : `${evidence.kind}: ${evidence.message}`;
  return `${wanted}${unlisted}${came}${why === undefined ? '' : `: ${why}`}`;
}

function detailsOf(cell: Cell): readonly string[] {
  const diagram = cell.evidence === undefined ? [] : [laneText(laneDiagram(cell.evidence), { width: textWidth })];
  return [messageOf(cell), ...diagram, `source: ${cell.source}`, `repeat: ${cell.repeat}`];
}

/** Escaped part by part, so that the line breaks between them stay what they are. */
function lines(parts: readonly string[]): string {
  return parts.flatMap((part) => part.split('\n').map((line) => escapeMarkup(visible(line)))).join('\n');
}
