import type { Report } from '#core';

/** `report.json`: the report itself, to be read by programs; field names are those of `Report`. */
export function renderJson(report: Report): string {
  return `${JSON.stringify(report, undefined, 1)}\n`;
}
