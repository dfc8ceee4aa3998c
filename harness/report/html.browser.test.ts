import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '#core';
import { renderHtml } from './html.ts';
import { sampleReport } from './sample-report.ts';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const isThere = existsSync(executablePath);
const title = isThere ? 'the page in a browser' : `the page in a browser (skipped: no chromium at ${executablePath})`;
const targets = ['embedded', 'http://127.0.0.1:4566', 'localstack', 'moto'];
const large = sampleReport({ seed: 7, targets, profiles: ['design', 'mended', 'exact'] });

describe.skipIf(!isThere)(title, { timeout: 60_000 }, () => {
  let browser: Browser;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'parallax-page-'));
    browser = await chromium.launch({ executablePath, args: quiet });
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Opens the page; what it logs, throws or asks of the network is in the list. */
  async function open(report: Report, options: BrowserContextOptions = {}) {
    const file = join(folder, 'index.html');
    writeFileSync(file, renderHtml(report));
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('request', (request) => {
      if (!request.url().startsWith('file:') && !request.url().startsWith('data:')) complaints.push(request.url());
    });
    await page.goto(pathToFileURL(file).href);
    return { page, complaints, [Symbol.asyncDispose]: () => context.close() };
  }

  test('complains of nothing and asks the network for nothing, details opened', async () => {
    await using opened = await open(large);
    const { page, complaints } = opened;
    await page.locator('button.gap').first().click();
    await page.locator('dialog svg.lanes').waitFor();
    expect(complaints).toEqual([]);
  });

  test('on 1400 by 1000 pixels the whole comparison is on the first screen', async () => {
    await using opened = await open(large, { viewport: { width: 1400, height: 1000 } });
    const { page } = opened;
    expect(await page.locator('.deciding .pattern').allTextContents()).toEqual(
      expect.arrayContaining(['queue group', 'request reply', 'publish', 'kv', 'broadcast']),
    );
    const bottom = await page.evaluate('document.querySelector(".deciding").getBoundingClientRect().bottom');
    expect(bottom).toBeLessThanOrEqual(1000);
  });

  test('every cell is reached by keyboard alone', async () => {
    await using opened = await open(large);
    const { page } = opened;
    await tabInto(page);
    const reached = new Set<string>();
    const rows = await page.locator('#matrix tr[data-row]').count();
    const columns = 13;
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1) {
        reached.add(await focusedCell(page));
        if (column < columns - 1) await page.keyboard.press(row % 2 === 0 ? 'ArrowRight' : 'ArrowLeft');
      }
      await page.keyboard.press('ArrowDown');
    }
    expect(reached).toEqual(new Set(large.cells.map(({ id }) => id)));
  });

  test('Enter opens a cell, Escape closes it and gives the focus back', async () => {
    await using opened = await open(large);
    const { page } = opened;
    await tabInto(page);
    await page.keyboard.press('End');
    const id = await focusedCell(page);
    await page.keyboard.press('Enter');
    await page.locator('dialog[open]').waitFor();
    expect(await page.locator('#detail-title').textContent()).toContain('PUB-001');
    expect(decodeURIComponent(new URL(page.url()).hash)).toBe(`#${id}`);
    await page.keyboard.press('Escape');
    await page.locator('dialog:not([open])').waitFor({ state: 'attached' });
    expect(await focusedCell(page)).toBe(id);
  });

  test('an address with a cell opens that cell', async () => {
    await using opened = await open(large);
    const { page } = opened;
    await page.locator('.deciding a.worst').first().click();
    await page.locator('dialog[open] .badge.gap').waitFor();
  });

  test('filters narrow matrix and figures by feature, level, outcome and words', async () => {
    await using opened = await open(large);
    const { page } = opened;
    const shown = () => page.locator('#matrix tr[data-row]:visible').count();
    const expected = (keep: (cell: Report['cells'][number]) => boolean): number =>
      new Set(large.cells.filter(keep).map(({ row }) => row)).size;
    expect(await shown()).toBe(75);

    await page.selectOption('select[name=feature]', 'kv');
    expect(await shown()).toBe(expected(({ row }) => row.startsWith('KV-')));
    expect(await page.locator('#figures tr[data-row]:visible').count()).toBe(await shown());
    await page.selectOption('select[name=level]', 'SHOULD');
    expect(await shown()).toBe(expected(({ row, level }) => row.startsWith('KV-') && level === 'SHOULD'));
    await page.selectOption('select[name=feature]', '');
    await page.selectOption('select[name=level]', '');
    await page.selectOption('select[name=outcome]', 'unsupported');
    expect(await shown()).toBe(expected(({ outcome }) => outcome === 'unsupported'));
    await page.selectOption('select[name=outcome]', '');
    await page.fill('input[name=text]', 'no duplicates');
    expect(await shown()).toBe(1);
    expect(await page.locator('#shown').textContent()).toBe('1 row');
    await page.fill('input[name=text]', 'nothing has this');
    expect(await shown()).toBe(0);
  });

  test('figures change with the column beside NATS', async () => {
    await using opened = await open(large);
    const { page } = opened;
    const line = () => page.locator('#figures tr[data-row="PUB-002"] .aws').allTextContents();
    const before = await line();
    await page.selectOption('#column', { label: 'embedded · exact' });
    await expect.poll(line).not.toEqual(before);
  });

  test.each([320, 390])('at %i pixels the page does not scroll sideways', async (width) => {
    await using opened = await open(large, { viewport: { width, height: 844 } });
    const { page } = opened;
    const overflow = () => page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
    expect(await overflow()).toBeLessThanOrEqual(0);
    await page.locator('button.gap').first().click();
    await page.locator('dialog[open]').waitFor();
    expect(await overflow()).toBeLessThanOrEqual(0);
    expect(await page.evaluate('document.querySelector("dialog").scrollWidth - window.innerWidth')).toBeLessThanOrEqual(
      0,
    );
  });

  test.each(['light', 'dark'] as const)('in %s every text has a contrast of 4.5', async (colorScheme) => {
    await using opened = await open(large, { colorScheme });
    const { page } = opened;
    expect(await page.evaluate(weakTexts)).toEqual([]);
    await page.locator('button.gap').first().click();
    await page.locator('dialog svg.lanes').waitFor();
    expect(await page.evaluate(weakTexts)).toEqual([]);
  });

  test('hostile text is shown as text', async () => {
    const hostile = `</script><img src=x onerror="document.title='owned'"><svg onload=alert(1)>'"\u202e\u0000`;
    const report = sampleReport({ seed: 3, targets: ['embedded'], profiles: ['design'], hostile });
    await using opened = await open(report);
    const { page, complaints } = opened;
    await page.locator('button.gap').first().click();
    await page.locator('dialog svg.lanes').waitFor();
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.title()).toBe('Parallax report');
    expect(await page.locator('#detail-title').textContent()).toContain(
      `</script><img src=x onerror="document.title='owned'"><svg onload=alert(1)>'"‹U+202E›␀`,
    );
    expect(complaints).toEqual([]);
  });
});

/** By Tab alone into the matrix. */
async function tabInto(page: Page): Promise<void> {
  await page.locator('input[name=text]').focus();
  await page.keyboard.press('Tab');
  expect(await focusedCell(page)).toBe('PUB-001@nats/nats');
}

async function focusedCell(page: Page): Promise<string> {
  return String(await page.evaluate('document.activeElement.dataset.cell'));
}

/** Runs in the page: texts whose contrast with what is behind them is below 4.5 (WCAG 1.4.3). */
const weakTexts = `(() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const luminance = ([r, g, b]) => [r, g, b]
    .map((v) => v / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (element) => {
    for (let at = element; at !== null; at = at.parentElement) {
      const color = rgba(getComputedStyle(at).backgroundColor);
      if (color[3] === 255) return color;
    }
    return [255, 255, 255];
  };
  const weak = new Set();
  const root = document.querySelector('dialog[open]') ?? document.body;
  for (const element of root.querySelectorAll('*')) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== '');
    if (!own || !element.checkVisibility() || element.closest('script, style, title, option') !== null) continue;
    const style = getComputedStyle(element);
    const front = luminance(rgba(element.closest('svg') ? style.fill : style.color));
    const back = luminance(behind(element));
    const contrast = (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
    if (contrast < 4.5) weak.add(element.tagName + '.' + element.getAttribute('class') + ' ' + contrast.toFixed(2));
  }
  return [...weak];
})()`;
