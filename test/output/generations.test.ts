import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  App,
  Chart,
  ConfigMap,
  Environment,
  Job,
  ManifestSet,
  Secret,
  SeaworthyError,
  type AppProps,
} from '../../lib';

const folder = mkdtempSync(join(tmpdir(), 'seaworthy-generations-'));
afterAll(() => rmSync(folder, { recursive: true }));
let count = 0;
const outdirOf = (): string => join(folder, String(count++));

/** Writes an app whose configuration has `values`, one object each. */
function write(
  outdir: string,
  values: Record<string, string>,
  props: AppProps = { keepGenerations: 2 },
): void {
  const app = new App({ outdir, ...props });
  const chart = new Chart(new Environment(app, 'staging'), 'shop');
  for (const [id, level] of Object.entries(values)) new ConfigMap(chart, id, { data: { level } });
  app.synth();
}

/** The values of former generations, in their order. */
function former(outdir: string, file = 'staging/former-generations.yaml'): unknown[] {
  const names = readdirSync(outdir, { recursive: true }) as string[];
  if (!names.includes(file)) return [];
  const { manifests } = ManifestSet.parse(readFileSync(join(outdir, file), 'utf8'));
  return manifests.map(({ object }) => (object['data'] as Record<string, unknown>)['level']);
}

describe('an output that keeps generations', () => {
  it('has the last contents of each object, the newest first, and no more than it is asked for', () => {
    const outdir = outdirOf();
    const found = ['1', '2', '3', '4'].map((level) => {
      write(outdir, { env: level });
      return former(outdir);
    });
    expect(found).toEqual([[], ['1'], ['2', '1'], ['3', '2']]);
  });

  it('is the same when nothing changes', () => {
    const outdir = outdirOf();
    for (const level of ['1', '2', '2', '2']) write(outdir, { env: level });
    expect(former(outdir)).toEqual(['1']);
  });

  it('takes a content back from them, and keeps the one that was current', () => {
    const outdir = outdirOf();
    for (const level of ['1', '2', '1']) write(outdir, { env: level });
    expect(former(outdir)).toEqual(['2']);
  });

  it('keeps nothing of an object that is gone, and forgets all without the prop', () => {
    const outdir = outdirOf();
    write(outdir, { env: '1', log: 'a' });
    write(outdir, { env: '2', log: 'b' });
    expect(former(outdir)).toEqual(['1', 'a']);
    write(outdir, { env: '2' });
    expect(former(outdir)).toEqual(['1']);
    write(outdir, { env: '2' }, {});
    expect(former(outdir)).toEqual([]);
  });

  it('has one file for each folder, whatever the layout', () => {
    const outdir = outdirOf();
    for (const level of ['1', '2'])
      write(outdir, { env: level }, { keepGenerations: 1, layout: 'object', name: 'store' });
    expect(former(outdir, 'store/staging/shop/former-generations.yaml')).toEqual(['1']);
  });

  it('reads on where a file has the marks of a merge', () => {
    const outdir = outdirOf();
    write(outdir, { env: '1' });
    writeFileSync(join(outdir, 'staging/shop.yaml'), '<<<<<<< HEAD\n');
    write(outdir, { env: '2' });
    expect(former(outdir)).toEqual([]);
  });

  it('keeps Secrets, and neither Jobs, which would run again, nor what may change', () => {
    const outdir = outdirOf();
    for (const value of ['1', '2']) {
      const app = new App({ outdir, keepGenerations: 1 });
      const chart = new Chart(app, 'shop');
      new Secret(chart, 'key', { data: { value }, unsafe: true });
      new Job(chart, 'migrate', { image: `m:${value}` });
      new ConfigMap(chart, 'open', { data: { value }, immutable: false });
      app.synth();
    }
    const text = readFileSync(join(outdir, 'former-generations.yaml'), 'utf8');
    expect([...ManifestSet.parse(text)].map(({ id }) => id.kind)).toEqual(['Secret']);
  });
});

it('refuses a chart in the place of the generations, and a number that is none', () => {
  const outdir = outdirOf();
  const synth = (keepGenerations: number): void => {
    const app = new App({ outdir, keepGenerations });
    new ConfigMap(new Chart(app, 'former-generations'), 'a', { data: { a: 'b' } });
    app.synth();
  };
  const codeOf = (keepGenerations: number): string | undefined => {
    try {
      synth(keepGenerations);
      return undefined;
    } catch (error) {
      return error instanceof SeaworthyError ? error.code : String(error);
    }
  };
  expect(codeOf(0)).toBeUndefined();
  expect(codeOf(1)).toBe('FILE_COLLISION');
  expect(codeOf(-1)).toBe('INVALID_PROP');
  expect(codeOf(1.5)).toBe('INVALID_PROP');
});
