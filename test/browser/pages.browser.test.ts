import type { Page } from 'playwright-core';
import { ManifestSet } from '../../lib/manifest/set';
import { EFFECTS } from '../../lib/plan/effects';
import { plan } from '../../lib/plan/plan';
import { barriers, goTo, opened, photographed, shown, written } from './browser';
import { checkPage, fitPage, planPage, upgradePage } from './made';
import { applications, crowded, everyEffect, hostile, HOSTILE, removedSoon, smallNodes } from './sets';

const PAGES: Readonly<Record<string, () => string>> = {
  'check of an application': () => checkPage(applications(3)),
  'check of hostile names': () => checkPage(hostile),
  'check of nothing': () => checkPage(ManifestSet.of([])),
  'check of one object': () =>
    checkPage(ManifestSet.of([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a' } }])),
  'plan with every effect': () => planPage(everyEffect.before, everyEffect.after),
  'fit with pending pods': () => fitPage(crowded, smallNodes),
  'an upgrade': () => upgradePage(removedSoon, '1.31', '1.33'),
};

/** The parts of a page, by their tabs. */
function partsOf(page: Page): Promise<string[]> {
  return page.evaluate<string[]>('[...document.querySelectorAll("nav a")].map((tab) => tab.hash.slice(1))');
}

describe.each(Object.entries(PAGES))('the page of %s', (name, make) => {
  it('asks nothing of anybody, and its own policy refuses nothing of it', async () => {
    const file = written(make());
    const { page, requests, complaints } = await opened(file);
    const parts = await partsOf(page);
    for (const part of parts) await goTo(page, part);
    expect([requests, complaints]).toEqual([[], []]);
    await photographed(name.replaceAll(' ', '-'), file, parts);
  });

  it.each(['light', 'dark'] as const)('keeps nobody out, in %s', async (theme) => {
    const { page } = await opened(written(make()), { theme });
    for (const part of await partsOf(page)) {
      await goTo(page, part);
      expect([part, await barriers(page)]).toEqual([part, []]);
    }
  });

  it('has every part without scripts, one below the other', async () => {
    const { page } = await opened(written(make()), { scripts: false });
    for (const part of await partsOf(page))
      await expect(page.locator(`section#${part}`).isVisible()).resolves.toBe(true);
  });

  it('is no wider than a telephone, but for what scrolls by itself', async () => {
    const { page } = await opened(written(make()), { width: 390 });
    for (const part of await partsOf(page)) {
      await goTo(page, part);
      const width = await page.evaluate<number>('document.documentElement.scrollWidth');
      expect([part, width]).toEqual([part, 390]);
    }
  });
});

it('shows hostile names as text', async () => {
  const { page } = await opened(written(checkPage(hostile)));
  expect(await page.locator('img').count()).toBe(0);
  const text = (await page.locator('main').textContent()) ?? '';
  expect(text).toContain(HOSTILE.replace('\u202e', '\\u202e'));
});

it('leads by the keyboard from part to part', async () => {
  const { page } = await opened(written(checkPage(applications(3))));
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowRight');
  await shown(page, 'findings');
  expect(await page.evaluate<string>('document.activeElement.textContent')).toMatch(/^Findings/);
  await page.keyboard.press('End');
  await shown(page, 'objects');
  expect(await page.locator('section:not([hidden])').getAttribute('id')).toBe('objects');
});

it('opens at an object that the address names', async () => {
  const anchor = 'object=Deployment.apps/team-1/app-1';
  const { page } = await opened(written(checkPage(applications(3))), { anchor });
  expect(await page.evaluate<string>('document.activeElement.id')).toBe(anchor);
  await expect(page.locator(`[id="${anchor}"] pre`).isVisible()).resolves.toBe(true);
});

it.each([2_000, 5_000])('shows %d objects, and finds one of them', async (count) => {
  const file = written(checkPage(applications(count / 4)));
  const { page } = await opened(file, { anchor: 'objects' });
  await page.locator('#objects input[type=search]').fill(`Deployment app-${count / 4 - 1}`);
  expect(await page.locator('#objects output').textContent()).toBe(`1 of ${count} shown`);
});

it('has every effect in the plan that is looked at', () => {
  const { changes } = plan(everyEffect.before, everyEffect.after);
  expect(new Set(changes.map(({ effect }) => effect))).toEqual(new Set(Object.keys(EFFECTS)));
});
