import { inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Cell } from '#core';
import { renderAnnotations } from './annotations.ts';
import { renderConsole } from './console.ts';
import { decisionRows } from './deciding.ts';
import { renderHtml } from './html.ts';
import { renderJson } from './json.ts';
import { renderJunit } from './junit.ts';
import { renderMarkdown } from './markdown.ts';
import { differences, matrixOf, surprises } from './matrix.ts';
import { sampleReport } from './sample-report.ts';
import { smallReport } from './small-report.ts';

/** What moves a cursor or turns text round; line ends aside. */
const hidden = /(?!\n)[\p{Cc}\u202e]/u;
const plain = { color: false, width: 100 };
const hostile = `</script><img src=x onerror=alert(1)>"'&]]>|\`*_[a](javascript:b)\u202e\u0007\u001b[31m%0A\n::error::x`;

describe('a small report', () => {
  test('on a terminal', () => {
    expect(renderConsole(smallReport(), plain)).toMatchSnapshot();
  });
  test('as JUnit', () => {
    expect(renderJunit(smallReport())).toMatchSnapshot();
  });
  test('as Markdown', () => {
    expect(renderMarkdown(smallReport())).toMatchSnapshot();
  });
  test('as annotations', () => {
    expect(renderAnnotations(smallReport())).toMatchSnapshot();
  });
  test('as JSON it is the report itself', () => {
    expect(JSON.parse(renderJson(smallReport()))).toEqual(smallReport());
  });
});

describe('hostile text', () => {
  const report = sampleReport({ seed: 3, targets: ['embedded'], profiles: ['design'], hostile });

  test('is no markup in the page, nor in the details it keeps', () => {
    const html = renderHtml(report);
    expect(html.match(/<\/script>/g)).toHaveLength(2);
    expect(html).not.toContain('<img');
    expect(html).not.toMatch(hidden);
    const details = Object.values(dataOf(html).details).join('');
    expect(details).toContain('&lt;img src=x');
    expect(details).not.toMatch(/<img|<\/script/);
    expect(details).not.toMatch(hidden);
    expect(details).not.toMatch(/href="javascript/i);
  });
  test('is no markup in XML', () => {
    const xml = renderJunit(report);
    expect(xml).not.toMatch(/<img|\]\]>/);
    expect(xml).not.toMatch(hidden);
    expect(tagsOf(xml)).toEqual([]);
  });
  test('is no markup in Markdown', () => {
    const written = renderMarkdown(report);
    expect(written).not.toMatch(hidden);
    const isCode = (line: string): boolean => line.startsWith('    ');
    const markdown = written
      .split('\n')
      .filter((line) => !isCode(line))
      .join('\n');
    expect(markdown).not.toMatch(/<img|<\/script/);
    expect(markdown).not.toMatch(/[^\\]\[a\\?\]\(javascript:/);
    const columns = markdown.split('\n').filter((line) => line.startsWith('| '));
    expect(new Set(columns.slice(0, 7).map((line) => line.replaceAll('\\|', '').split('|').length)).size).toBe(1);
  });
  test('moves no cursor on a terminal', () => {
    expect(renderConsole(report, plain)).not.toMatch(hidden);
  });
  test('starts no workflow command of its own', () => {
    const lines = renderAnnotations(report).trimEnd().split('\n');
    expect(lines.length).toBe(surprises(report).length + report.cells.filter((c) => c.outcome === 'unknown').length);
    for (const line of lines) expect(line).toMatch(/^::error file=[^:]*,line=5,title=[^:]*::/);
  });
});

describe('a report of 75 rows, four targets and three profiles', () => {
  const targets = ['embedded', 'http://127.0.0.1:4566', 'localstack', 'moto'];
  const report = sampleReport({ seed: 7, targets, profiles: ['design', 'mended', 'exact'] });

  test('has every cell with its details in less than a megabyte', () => {
    const html = renderHtml(report);
    expect(report.cells).toHaveLength(75 * 13);
    expect(html.match(/data-cell=/g)).toHaveLength(75 * 13);
    expect(Object.keys(dataOf(html).details)).toHaveLength(75 * 13);
    expect(html.length).toBeLessThan(1_000_000);
  });
  test('loads nothing from anywhere', () => {
    const html = renderHtml(report);
    expect(html).toContain(`content="default-src 'none';`);
    expect(html).not.toMatch(/<link(?! rel="icon" href="data:,")|<img|@import|url\(| src=/);
  });
  test('decides by every pattern and system, counting a row once', () => {
    const rows = decisionRows(report);
    expect(rows.map(({ pattern }) => pattern)).toEqual(['publish', 'queue-group', 'request-reply', 'broadcast', 'kv']);
    const counted = rows.flatMap(({ systems }) => systems.map(({ counts }) => Object.values(counts)));
    expect(counted.flat().reduce((sum, one) => sum + one, 0)).toBe(75 * 4);
    for (const { systems } of rows) expect(systems[0]).toMatchObject({ system: 'nats', counts: { gap: 0 } });
  });
  test('tells where targets differ', () => {
    const found = differences(matrixOf(report));
    expect(found.length).toBeGreaterThan(0);
    for (const { cells } of found) expect(new Set(cells.map(({ outcome }) => outcome)).size).toBeGreaterThan(1);
  });
});

test('on a terminal, what was not run is told with its reason, each reason once', () => {
  const report = smallReport();
  const left = report.cells.map((cell): Cell => ({ ...cell, outcome: 'not-run', reason: 'Docker does not answer' }));
  const text = renderConsole({ ...report, cells: left }, { color: false, width: 80 });
  expect(text.match(/4 not run: Docker does not answer/g)).toHaveLength(1);
});

test('a report of nothing is a page all the same', () => {
  const empty = { ...smallReport(), cells: [], latency: [] };
  expect(renderHtml(empty)).toContain('0 behaviours of NATS');
  expect(renderMarkdown(empty)).toContain('# Parallax');
  expect(renderJunit(empty)).toContain('tests="0"');
});

function dataOf(html: string): { readonly details: Record<string, string>; readonly figures: unknown[] } {
  const text = /id="data">([^<]*)</.exec(html)?.[1] ?? '';
  return JSON.parse(inflateSync(Buffer.from(text, 'base64')).toString());
}

/** Tags of the document that nothing closes, or that close nothing. */
function tagsOf(xml: string): readonly string[] {
  const open: string[] = [];
  for (const [, slash, name, rest] of xml.matchAll(/<(\/?)([a-z]+)((?:\s[a-z]+="[^"<]*")*\/?)>/g)) {
    if (slash === '/') {
      if (open.pop() !== name) return [...open, name ?? ''];
    } else if (!(rest ?? '').endsWith('/')) open.push(name ?? '');
  }
  expect(xml.match(/</g)).toHaveLength([...xml.matchAll(/<(\/?)([a-z]+)((?:\s[a-z]+="[^"<]*")*\/?)>/g)].length + 1);
  return open;
}
