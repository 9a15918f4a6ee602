import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App as Cdk8sApp } from 'cdk8s';
import type { AppProps } from '../lib';
import { App, Chart, ConfigMap, Environment, SeaworthyError, synth } from '../lib';

const folder = mkdtempSync(join(tmpdir(), 'seaworthy-app-'));
afterAll(() => rmSync(folder, { recursive: true }));
let count = 0;

/** An app that writes to a folder of its own, with a ConfigMap that holds `data`. */
function appWith(
  props: AppProps,
  data: Record<string, string> = { a: '1' },
): App & { readonly outdir: string } {
  const app = new App({ outdir: join(folder, String(count++)), ...props });
  const chart = new Chart(new Environment(app, 'staging'), 'shop');
  new ConfigMap(chart, 'settings', { data, immutable: false });
  return app;
}

/** Files below `outdir` that are manifests. */
function written(outdir: string): string[] {
  return (readdirSync(outdir, { recursive: true }) as string[])
    .filter((file) => file.endsWith('.yaml'))
    .sort();
}

describe('an App', () => {
  test('is one of cdk8s, and finds its charts', () => {
    const app = appWith({});
    expect(app).toBeInstanceOf(Cdk8sApp);
    expect(app.charts.map(({ node }) => node.path)).toEqual(['staging/shop']);
    expect(Cdk8sApp.of(app.node.findChild('staging'))).toBe(app);
  });

  test('writes one file for each chart, below app and environment', () => {
    const app = appWith({ name: 'store' });
    app.synth();
    expect(written(app.outdir)).toEqual(['store/staging/shop.yaml']);
    expect(readFileSync(join(app.outdir, 'store/staging/shop.yaml'), 'utf8')).toContain(
      'name: shop-settings',
    );
  });

  test('writes one file for each object where it is told to', () => {
    const app = appWith({ layout: 'object' });
    app.synth();
    expect(written(app.outdir)).toHaveLength(1);
    expect(written(app.outdir)[0]).toMatch(/^staging\/.*shop-settings.*\.yaml$/);
  });

  test('says in the files which construct made an object, where it is told to', () => {
    const read = (props: AppProps): string => {
      const app = appWith(props);
      app.synth();
      return readFileSync(join(app.outdir, 'staging/shop.yaml'), 'utf8');
    };
    expect(read({ annotations: 'construct' })).toContain('staging/shop/settings');
    expect(read({})).not.toContain('staging/shop/settings');
  });

  test('takes away what it wrote before and no longer makes, and nothing else', () => {
    const outdir = join(folder, 'again');
    const first = new App({ outdir });
    new ConfigMap(new Chart(first, 'old'), 'settings', { immutable: false });
    first.synth();
    writeFileSync(join(outdir, 'theirs.yaml'), 'a: 1\n');
    const second = new App({ outdir });
    new ConfigMap(new Chart(second, 'new'), 'settings', { immutable: false });
    expect(() => second.synth()).not.toThrow();
    expect(written(outdir)).toEqual(['new.yaml', 'theirs.yaml']);
  });

  test('writes the same bytes again', () => {
    const app = appWith({});
    app.synth();
    const file = join(app.outdir, 'staging/shop.yaml');
    const before = readFileSync(file);
    app.synth();
    expect(readFileSync(file)).toEqual(before);
  });

  test('leaves the earlier output where anything is wrong', () => {
    const outdir = join(folder, 'kept');
    appWith({ outdir }).synth();
    const before = readFileSync(join(outdir, 'staging/shop.yaml'));
    const wrong = appWith({ outdir }, { a: 5 as never });
    expect(() => wrong.synth()).toThrow(SeaworthyError);
    expect(readFileSync(join(outdir, 'staging/shop.yaml'))).toEqual(before);
  });

  test('is rendered by cdk8s, too, chart by chart', () => {
    const app = appWith({});
    expect(app.charts[0]?.toJson()).toEqual([...synth(app)].map(({ object }) => object));
  });
});
