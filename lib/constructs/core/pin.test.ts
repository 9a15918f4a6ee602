import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type AppProps } from '../../app';
import { SeaworthyError, type Problem } from '../../errors';
import { installHost, type AppResult } from '../../host';
import { synth } from '../../synth/synth';
import { ConfigMap } from '../config/config-map';
import { Chart } from './chart';
import { Environment } from './environment';
import { pin } from './pin';

const folder = mkdtempSync(join(tmpdir(), 'seaworthy-pins-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileWith(text: string): string {
  const file = join(folder, 'pins.yaml');
  writeFileSync(file, text);
  return file;
}

/** An app that shows three pins in a ConfigMap of each environment. */
function app(pins?: AppProps['pins']): App {
  const made = new App({ ...(pins !== undefined && { pins }) });
  for (const name of ['staging', 'production']) {
    const chart = new Chart(new Environment(made, name), 'shop', { namespace: 'shop' });
    const replicas: number = pin(chart, 'api.replicas', 3);
    const debug: boolean = pin(chart, 'api.debug', false, { promote: false });
    new ConfigMap(chart, 'pins', {
      data: { tag: pin(chart, 'api.tag', '1.4.2'), replicas: String(replicas), debug: String(debug) },
    });
  }
  return made;
}

function pinsIn(made: App): unknown[] {
  return [...synth(made)].map(({ object }) => object['data']);
}

function problems(make: () => App): readonly Problem[] {
  try {
    synth(make());
    return [];
  } catch (error) {
    if (error instanceof SeaworthyError) return error.problems;
    throw error;
  }
}

it('is the value of the environment, or the default', () => {
  const file = fileWith('production:\n  api.tag: "1.5.0"\n  api.debug: true\n');
  expect(pinsIn(app(file))).toEqual([
    { tag: '1.4.2', replicas: '3', debug: 'false' },
    { tag: '1.5.0', replicas: '3', debug: 'true' },
  ]);
});

it('is the default where there is no file', () => {
  expect(pinsIn(app())).toEqual(Array(2).fill({ tag: '1.4.2', replicas: '3', debug: 'false' }));
});

it('is the default outside of an environment', () => {
  const chart = new Chart(new App({ pins: {} }), 'shop');
  expect(pin(chart, 'api.tag', '1.4.2')).toBe('1.4.2');
});

it('is set by a test', () => {
  expect(pinsIn(app({ staging: { 'api.replicas': 1 } }))[0]).toMatchObject({ replicas: '1' });
});

it('of another type than its default is refused, with its line and the way out', () => {
  const file = fileWith('production:\n  api.tag: 1.10\n  api.replicas: "3"\n');
  expect(problems(() => app(file))).toEqual([
    {
      code: 'PINS_INVALID',
      place: 'pins.yaml',
      path: 'production.api.replicas',
      source: 'pins.yaml:3',
      message: 'Invalid value: "3": expected number, got string',
      hint: 'Write it as the default in the code: 3.',
    },
    {
      code: 'PINS_INVALID',
      place: 'pins.yaml',
      path: 'production.api.tag',
      source: 'pins.yaml:2',
      message: 'Invalid value: 1.1: expected string, got number',
      hint: 'Put it in quotes: "1.10".',
    },
  ]);
});

it('is refused with the line where the file is no YAML', () => {
  expect(problems(() => app(fileWith('production: [\n')))).toMatchObject([
    { code: 'PINS_INVALID', place: 'pins.yaml', source: 'pins.yaml:2' },
  ]);
});

it('needs the file that the app names', () => {
  expect(problems(() => app(join(folder, 'none.yaml')))).toMatchObject([
    { code: 'PINS_INVALID', message: 'cannot be read: ENOENT' },
  ]);
});

it('that nothing reads is refused in a test, with the nearest name', () => {
  expect(problems(() => app({ production: { 'api.replica': 1 } }))).toMatchObject([
    { code: 'PINS_INVALID', path: 'pins.production.api.replica', hint: 'Did you mean "api.replicas"?' },
  ]);
});

it('is one value in an environment: two types of defaults are refused', () => {
  const made = (): App => {
    const one = new App({ pins: {} });
    const chart = new Chart(new Environment(one, 'production'), 'shop');
    pin(chart, 'api.tag', '1');
    pin(chart, 'api.tag', 1);
    return one;
  };
  expect(problems(made)).toMatchObject([
    { code: 'INVALID_PROP', message: 'pin "api.tag" is read with two types of defaults: "1" and 1' },
  ]);
});

it('has a name and a default', () => {
  const made = (): App => {
    const one = new App({ pins: {} });
    const chart = new Chart(one, 'shop');
    pin(chart, 'a b', '1');
    pin(chart, 'a', undefined as unknown as string);
    return one;
  };
  expect(problems(made).map(({ code, path }) => [code, path])).toEqual([
    ['INVALID_PROP', 'pin'],
    ['INVALID_PROP', 'pin'],
  ]);
  expect(() => pin('api' as unknown as Chart, 'a', 1)).toThrow('pin "a" has no construct as its scope');
});

it('tells the host what was read, and reads what the host gives instead of the file', () => {
  const results: AppResult[] = [];
  const remove = installHost({
    receive: (result) => results.push(result),
    pins: 'production: { api.tag: "9" }',
  });
  try {
    app(fileWith('')).synth();
  } finally {
    remove();
  }
  const { file, reads = [] } = results[0]?.pins ?? {};
  expect(file).toBe(join(folder, 'pins.yaml'));
  expect(reads.filter(({ environment }) => environment === 'production')).toEqual([
    { environment: 'production', name: 'api.replicas', value: 3, fallback: 3 },
    { environment: 'production', name: 'api.debug', value: false, fallback: false, stays: true },
    { environment: 'production', name: 'api.tag', value: '9', fallback: '1.4.2' },
  ]);
});
