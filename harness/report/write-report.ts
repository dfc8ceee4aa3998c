import type { Report } from '#core';
import { renderHtml } from './html.ts';
import { renderJson } from './json.ts';
import { renderJunit } from './junit.ts';
import { renderMarkdown } from './markdown.ts';
import { writeFolder } from './write-folder.ts';
import type { ReportFile } from './write-folder.ts';

/** The report's folder: page, JUnit, Markdown, JSON and the histories. Whole or not at all; see `writeFolder`. */
export async function writeReport(
  report: Report,
  { out, histories }: { readonly out: string; readonly histories: readonly ReportFile[] },
): Promise<void> {
  await writeFolder(out, [
    { path: 'index.html', content: renderHtml(report) },
    { path: 'junit.xml', content: renderJunit(report) },
    { path: 'summary.md', content: renderMarkdown(report) },
    { path: 'report.json', content: renderJson(report) },
    ...histories,
  ]);
}
