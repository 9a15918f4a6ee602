import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { folderWith, removeFolders, seaworthy } from '../cli/support/cli';
import { barriers, goTo, opened, photographed, seen } from './browser';

afterAll(removeFolders);

const root = join(__dirname, '..', '..');
const TABS = [
  'overview',
  'architecture',
  'connections',
  'plan',
  'placement',
  'upgrade',
  'findings',
  'objects',
];

/** The report of a folder. @returns its file */
async function reported(folder: string, argv: readonly string[]): Promise<string> {
  const { code, stderr } = await seaworthy(folder, ['report', ...argv, '--out', 'report.html']);
  if (code === 2) throw new Error(stderr);
  return join(folder, 'report.html');
}

/** apps/shop in production, after the release of Postgres has changed. */
async function shop(): Promise<string> {
  const folder = folderWith({
    'cdk8s.yaml': `app: jiti ${join(root, 'apps/shop/main.ts')}\noutput: dist\n`,
  });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  cpSync(join(root, 'dist/shop'), join(folder, 'dist/shop'), { recursive: true });
  const file = join(folder, 'dist/shop/production/shop.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('postgres:16.4', 'postgres:15.2'));
  return reported(folder, ['--environment', 'production', '--to', '1.37']);
}

const TROUBLE = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
spec:
  replicas: 3
  selector: { matchLabels: { app: api } }
  template:
    metadata: { labels: { app: api } }
    spec:
      containers:
        - name: api
          image: api:1
          resources: { requests: { cpu: 600m } }
          env: [{ name: DATABASE_HOST, value: db }]
---
apiVersion: v1
kind: Service
metadata: { name: db, namespace: shop }
spec: { selector: { app: db }, ports: [{ port: 5432 }] }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db, namespace: shop }
spec:
  serviceName: db
  selector: { matchLabels: { app: db } }
  template:
    metadata: { labels: { app: db } }
    spec: { containers: [{ name: db, image: "db:1", ports: [{ containerPort: 5432 }] }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: db, namespace: shop }
spec:
  podSelector: { matchLabels: { app: db } }
  ingress: [{ from: [{ podSelector: { matchLabels: { app: api } } }] }]
---
apiVersion: flowcontrol.apiserver.k8s.io/v1beta3
kind: FlowSchema
metadata: { name: slow }
spec: { priorityLevelConfiguration: { name: exempt } }
`;

const node = (name: string, zone: string): string => `
apiVersion: v1
kind: Node
metadata: { name: ${name}, labels: { topology.kubernetes.io/zone: ${zone} } }
status: { allocatable: { cpu: '1', memory: 4Gi, pods: '20' } }`;

/** Manifests that a reviewer has questions about: a database is deleted, a pod stays pending, and an API goes. */
async function trouble(): Promise<string> {
  const folder = folderWith({
    'deploy/shop.yaml': TROUBLE,
    'old/shop.yaml': `${TROUBLE}---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data, namespace: shop }
spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
`,
    'nodes.yaml': [node('node-a', 'zone-a'), node('node-b', 'zone-b')].join('\n---'),
  });
  return reported(folder, [
    'deploy',
    ...['--before', 'old', '--nodes', 'nodes.yaml', '--from', '1.31', '--to', '1.37'],
  ]);
}

function click(page: Page, selector: string): Promise<void> {
  return page.locator(selector).first().click();
}

/** Fails where a reader does not see `words`. */
async function expectSeen(part: Locator, ...words: readonly (string | RegExp)[]): Promise<void> {
  const text = await seen(part, ...words);
  for (const word of words)
    if (typeof word === 'string') expect(text).toContain(word);
    else expect(text).toMatch(word);
}

describe('the report of apps/shop', () => {
  let file = '';
  beforeAll(async () => {
    file = await shop();
  }, 240_000);

  it('has every part, asks nothing of anybody, and its own policy refuses nothing of it', async () => {
    const { page, requests, complaints } = await opened(file);
    for (const part of TABS) await goTo(page, part);
    expect([requests, complaints]).toEqual([[], []]);
    await photographed('shop', file, TABS);
  }, 600_000);

  it.each(['light', 'dark'] as const)(
    'keeps nobody out, in %s',
    async (theme) => {
      const { page } = await opened(file, { theme });
      for (const part of TABS) {
        await goTo(page, part);
        expect([part, await barriers(page)]).toEqual([part, []]);
      }
    },
    600_000,
  );

  it('is no wider than a telephone, but for what scrolls by itself', async () => {
    const { page } = await opened(file, { width: 390 });
    for (const part of TABS) {
      await goTo(page, part);
      expect([part, await page.evaluate<number>('document.documentElement.scrollWidth')]).toEqual([
        part,
        390,
      ]);
    }
  });

  it('has all words and links without scripts', async () => {
    const { page } = await opened(file, { scripts: false });
    await click(page, '#architecture a.node.workload');
    expect(await page.evaluate<string>('decodeURIComponent(location.hash)')).toMatch(/^#object=/);
    for (const part of TABS) await expect(page.locator(`section#${part}`).isVisible()).resolves.toBe(true);
  });

  it('tells of an object what it refers to, what refers to it, where it is from and its manifest', async () => {
    const { page } = await opened(file, { anchor: 'architecture' });
    await click(page, '#architecture a.node[data-kind=StatefulSet]');
    await expectSeen(
      page.locator('#architecture .panel'),
      'Refers to',
      'Referred to by',
      'construct production/shop/db',
      'database.ts:',
      'kind: StatefulSet',
    );
  });

  it('finds an object in the graph by its name, selects it by the keyboard, and gives the focus back', async () => {
    const { page } = await opened(file, { anchor: 'architecture' });
    await page.locator('#architecture input[type=search]').fill('StatefulSet shop-db');
    await expectSeen(page.locator('#architecture output'), /^1 of \d+ found$/);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await expect(page.locator('#architecture .panel').isVisible()).resolves.toBe(true);
    await page.keyboard.press('Escape');
    await expect(page.locator('#architecture .panel').isVisible()).resolves.toBe(false);
    expect(await page.evaluate<string>('document.activeElement.dataset.kind')).toBe('StatefulSet');
  });

  it('moves and zooms the graph by keys, and shows all of it again, and on paper', async () => {
    const { page } = await opened(file, { anchor: 'architecture' });
    const box = (): Promise<string> =>
      page.evaluate<string>('document.querySelector("#architecture svg").getAttribute("viewBox")');
    await page.locator('#architecture .canvas').focus();
    await page.keyboard.press('0');
    const before = await box();
    await page.keyboard.press('+');
    await page.keyboard.press('ArrowRight');
    expect(await box()).not.toBe(before);
    await page.keyboard.press('0');
    expect(await box()).toBe(before);
    await page.keyboard.press('+');
    // All of it is on paper.
    await page.pdf();
    expect(await box()).toBe(before);
  });
});

describe('within two clicks of opening the page', () => {
  let file = '';
  beforeAll(async () => {
    file = await trouble();
  }, 120_000);

  it('a reviewer learns what breaks if this is merged', async () => {
    await photographed('trouble', file, TABS);
    const { page } = await opened(file);
    await goTo(page, 'plan');
    await expectSeen(page.locator('body'), /PersistentVolumeClaim shop\/data[^]*deleted/);
  }, 600_000);

  it('a reviewer learns who can reach the database', async () => {
    const { page } = await opened(file);
    await goTo(page, 'connections');
    const card = page.locator('#connections .card', { hasText: 'StatefulSet shop/db' });
    await expectSeen(
      card.first(),
      'NetworkPolicies select its pods: 1 of 1 other workload may reach it, on 5432/TCP.',
      /Deployment shop\/api may declared 5432\/TCP/,
    );
  });

  it('an operator learns why a pod stays pending', async () => {
    const { page } = await opened(file);
    await goTo(page, 'placement');
    await expectSeen(page.locator('body'), 'Insufficient cpu');
    await click(page, '#placement summary');
    await expectSeen(page.locator('body'), 'Without zone zone-a: 2 of 4 pods find a node, 2 stay pending');
  });

  it('a developer learns where an object is from', async () => {
    const { page } = await opened(file);
    await goTo(page, 'architecture');
    await click(page, '#architecture a.node[data-kind=StatefulSet]');
    await expectSeen(page.locator('#architecture .panel'), 'deploy/shop.yaml:');
  });

  it('a platform team learns what stops it from 1.37', async () => {
    const { page } = await opened(file);
    await goTo(page, 'upgrade');
    await expectSeen(page.locator('body'), /1\.32: FlowSchema slow[^]*no longer served/);
  });
});
