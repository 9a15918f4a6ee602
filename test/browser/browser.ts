import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { source as axe } from 'axe-core';
import type { AxeResults } from 'axe-core';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';

/** A page that was opened from a file, and what happened while it was open. */
export interface Opened {
  readonly page: Page;
  /** Addresses that were asked for, but the file's own. */
  readonly requests: readonly string[];
  /** Errors of scripts, and what the content policy refused. */
  readonly complaints: readonly string[];
}

export interface Look {
  readonly theme?: 'light' | 'dark';
  readonly width?: number;
  readonly scripts?: boolean;
  /** What stands behind `#` in the address. */
  readonly anchor?: string;
}

const folder = mkdtempSync(join(tmpdir(), 'seaworthy-browser-'));
let browser: Browser | undefined;
let files = 0;

beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: process.env['SEAWORTHY_CHROMIUM'] ?? '/usr/bin/chromium',
    // Chromium refuses to run as root in its sandbox.
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
}, 60_000);

afterEach(async () => {
  for (const context of browser?.contexts() ?? []) await context.close();
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Writes a page to a file of its own. @returns its path */
export function written(html: string): string {
  const file = join(folder, `page-${files++}.html`);
  writeFileSync(file, html);
  return file;
}

/** Opens a page as a reader does who clicks at a file. */
export async function opened(
  file: string,
  { theme = 'light', width = 1280, scripts = true, anchor = '' }: Look = {},
): Promise<Opened> {
  if (browser === undefined) throw new Error('There is no browser before the tests begin.');
  const context = await browser.newContext({
    colorScheme: theme,
    viewport: { width, height: 900 },
    javaScriptEnabled: scripts,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const requests: string[] = [];
  const complaints: string[] = [];
  const url = pathToFileURL(file).href;
  page.on('request', (request) => {
    const address = request.url();
    if (address.split('#')[0] !== url && !address.startsWith('data:')) requests.push(address);
  });
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(anchor === '' ? url : `${url}#${anchor}`);
  return { page, requests, complaints };
}

/** Waits until the page shows `part`: it hears of a new address a moment after a click or a key. */
export async function shown(page: Page, part: string): Promise<void> {
  await page.locator(`nav a[href="#${part}"][aria-selected="true"]`).waitFor();
}

/** Goes to `part` by its tab. */
export async function goTo(page: Page, part: string): Promise<void> {
  await page.locator(`nav a[href="#${part}"]`).click();
  await shown(page, part);
}

/**
 * What a reader sees in `part` once it has all `words`, or after ten seconds: a card is drawn when it comes into sight, a moment
 * after its part is shown.
 */
export async function seen(part: Locator, ...words: readonly (string | RegExp)[]): Promise<string> {
  const last = performance.now() + 10_000;
  for (;;) {
    const text = await part.innerText();
    const isThere = words.every((word) => (typeof word === 'string' ? text.includes(word) : word.test(text)));
    if (isThere || performance.now() > last) return text;
    await setTimeout(50);
  }
}

/** What axe finds that keeps people out: `serious` or `critical`, with where. */
export async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate<AxeResults>(
    'axe.run(document, { resultTypes: ["violations"] })',
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .slice(0, 3)
          .map(({ html }) => html.slice(0, 200))
          .join(' | ')}`,
    );
}

/** Photographs a page in three widths, both themes and in print, where somebody wants to look at it. */
export async function photographed(name: string, file: string, anchors: readonly string[]): Promise<void> {
  const pictures = process.env['SEAWORTHY_PICTURES'];
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  for (const anchor of anchors)
    for (const width of [390, 820, 1280])
      for (const theme of ['light', 'dark'] as const) {
        const { page } = await opened(file, { width, theme, anchor });
        const path = join(pictures, `${name}-${anchor || 'first'}-${width}-${theme}.png`);
        await page.screenshot({ path });
        await page.context().close();
      }
  const { page } = await opened(file, { width: 820 });
  await page.emulateMedia({ media: 'print' });
  await page.screenshot({ path: join(pictures, `${name}-print.png`), fullPage: true });
}
