import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as kplus from 'cdk8s-plus-27';
import fc from 'fast-check';
import type { Chart, ConfigMapProps, SecretProps } from '../../lib';
import { ConfigMap, Secret, Worker } from '../../lib';
import { at, faults, only, problems, rendered } from './rendering';

const folder = mkdtempSync(join(tmpdir(), 'seaworthy-content-'));
afterAll(() => rmSync(folder, { recursive: true }));

function write(path: string, content: string | Uint8Array): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

const configMap = (props: ConfigMapProps) =>
  only('ConfigMap', (chart) => new ConfigMap(chart, 'settings', props));
const secret = (props: SecretProps) =>
  only('Secret', (chart) => new Secret(chart, 'login', { unsafe: true, ...props }));

/** What a pod would find in the ConfigMap, as bytes. */
function bytesOf(object: Readonly<Record<string, unknown>>, key: string): Buffer | undefined {
  const [text, binary] = [at(object['data'], key), at(object['binaryData'], key)];
  if (text !== undefined) return Buffer.from(text as string);
  return binary === undefined ? undefined : Buffer.from(binary as string, 'base64');
}

describe('contents', () => {
  it('are values, bytes and files', () => {
    const file = write('app.conf', 'listen 80;\n');
    const object = configMap({
      data: { LEVEL: 'info', EMPTY: '' },
      binaryData: { 'logo.png': new Uint8Array([0x89, 0x50, 0xff]) },
      files: { 'app.conf': file, 'by-url.conf': pathToFileURL(file) },
    });
    expect(object['data']).toEqual({
      LEVEL: 'info',
      EMPTY: '',
      'app.conf': 'listen 80;\n',
      'by-url.conf': 'listen 80;\n',
    });
    expect(object['binaryData']).toEqual({ 'logo.png': Buffer.from([0x89, 0x50, 0xff]).toString('base64') });
  });

  it.each([
    ['a byte order mark', Buffer.from([0xef, 0xbb, 0xbf, 0x61])],
    ['Windows line ends', Buffer.from('a\r\nb\r\n')],
    ['invalid UTF-8', Buffer.from([0xc3, 0x28, 0xa0])],
    ['half a surrogate', Buffer.from([0xed, 0xa0, 0x80])],
    ['zero bytes', Buffer.from([0, 0, 0])],
    ['nothing', Buffer.alloc(0)],
    ['random bytes', randomBytes(4096)],
  ])('are kept byte for byte: %s', (_, bytes) => {
    const object = configMap({ files: { file: write('file.bin', bytes) } });
    expect(bytesOf(object, 'file')).toEqual(bytes);
    const inSecret = secret({ files: { file: write('file.bin', bytes) } });
    expect(Buffer.from(at(inSecret, 'data.file') as string, 'base64')).toEqual(bytes);
  });

  it('are kept byte for byte, whatever they are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        const object = configMap({ binaryData: { file: bytes } });
        expect(bytesOf(object, 'file')).toEqual(Buffer.from(bytes));
      }),
      { numRuns: 50 },
    );
  });

  it('are text in a ConfigMap wherever they can be', () => {
    expect(configMap({ files: { file: write('file.txt', '﻿ä\r\n') } })['data']).toEqual({ file: '﻿ä\r\n' });
  });

  it('are base64 in a Secret, with its type', () => {
    expect(secret({ data: { password: 'ä' }, type: 'example.com/login' })).toMatchObject({
      data: { password: 'w6Q=' },
      type: 'example.com/login',
    });
  });
});

describe('a folder', () => {
  const tree = join(folder, 'tree');
  beforeAll(() => {
    write('tree/b.txt', 'b');
    write('tree/a.txt', 'a');
    write('tree/sub/deep/c.txt', 'c');
    write('tree/sub/d.bin', new Uint8Array([0xff]));
    symlinkSync(join(tree, 'a.txt'), join(tree, 'link.txt'));
  });

  it('is read with everything below it, in one order on every machine', () => {
    const object = configMap({ directory: tree });
    expect(object['data']).toEqual({ 'a.txt': 'a', 'b.txt': 'b', 'link.txt': 'a', 'sub__deep__c.txt': 'c' });
    expect(object['binaryData']).toEqual({ 'sub__d.bin': '/w==' });
    expect(Object.keys(object['data'] as object)).toEqual(['a.txt', 'b.txt', 'link.txt', 'sub__deep__c.txt']);
  });

  it.each([`${tree}/`, `${tree}/../tree`, pathToFileURL(tree)])('is found as %s', (directory) => {
    expect(Object.keys(configMap({ directory })['data'] as object)).toHaveLength(4);
  });

  it('is found as the folder that the app runs in', () => {
    const before = process.cwd();
    process.chdir(tree);
    try {
      expect(Object.keys(configMap({ directory: '.' })['data'] as object)).toContain('a.txt');
    } finally {
      process.chdir(before);
    }
  });

  it('has its subfolders again where it is mounted', () => {
    const set = rendered((chart) => {
      const settings = new ConfigMap(chart, 'settings', {
        directory: tree,
        data: { extra: 'x' },
        immutable: false,
      });
      new Worker(chart, 'app', {
        image: 'a/b:1',
        security: 'baseline',
        files: { '/etc/app': settings, '/etc/c.txt': settings.key('sub__deep__c.txt') },
      });
    });
    const pod = at(set.get({ kind: 'Deployment' }).object, 'spec.template.spec');
    expect(at(pod, 'volumes')).toEqual([
      {
        name: 'shop-settings',
        configMap: {
          name: 'shop-settings',
          items: [
            { key: 'sub__d.bin', path: 'sub/d.bin' },
            { key: 'sub__deep__c.txt', path: 'sub/deep/c.txt' },
            { key: 'extra', path: 'extra' },
            { key: 'a.txt', path: 'a.txt' },
            { key: 'b.txt', path: 'b.txt' },
            { key: 'link.txt', path: 'link.txt' },
          ],
        },
      },
    ]);
    expect(at(pod, 'containers.0.volumeMounts.1')).toMatchObject({
      mountPath: '/etc/c.txt',
      subPath: 'sub/deep/c.txt',
    });
  });

  it('that has no subfolders needs no paths', () => {
    write('flat/a.txt', 'a');
    const set = rendered((chart) => {
      const settings = new ConfigMap(chart, 'settings', { directory: join(folder, 'flat') });
      new Worker(chart, 'app', { image: 'a/b:1', files: { '/etc/app': settings } });
    });
    expect(
      at(set.get({ kind: 'Deployment' }).object, 'spec.template.spec.volumes.0.configMap'),
    ).not.toHaveProperty('items');
  });
});

describe('an immutable name', () => {
  const name = (props: ConfigMapProps, change?: (map: ConfigMap) => void): string =>
    only('ConfigMap', (chart) => {
      const map = new ConfigMap(chart, 'settings', props);
      change?.(map);
    }).metadata.name ?? '';

  it('follows the content, and nothing else', () => {
    const base = name({ data: { a: '1' } });
    expect(base).toMatch(/^shop-settings-[0-9a-f]{10}$/);
    expect(configMap({ data: { a: '1' } })['immutable']).toBe(true);
    expect(name({ data: { a: '1' } })).toBe(base);
    expect(name({ data: { a: '1' }, labels: { team: 'x' } })).toBe(base);
    expect(name({ data: { a: '2' } })).not.toBe(base);
    expect(name({ data: { b: '1' } })).not.toBe(base);
    expect(name({ binaryData: { a: new Uint8Array([0xff]) } })).not.toBe(base);
  });

  it('follows an override, and a JSON patch', () => {
    const base = name({ data: { a: '1' } });
    expect(name({ data: { a: '1' } }, (map) => map.override({ data: { a: '2' } }))).toBe(
      name({ data: { a: '2' } }),
    );
    expect(name({ data: { a: '1' } }, (map) => map.override({ metadata: { name: 'other' } }))).toBe(
      base.replace('shop-settings', 'other'),
    );
  });

  it('keeps the dots of a name that has room for the hash, and is cut where there is none', () => {
    expect(name({ name: 'app.config.v1' })).toMatch(/^app\.config\.v1-[0-9a-f]{10}$/);
    expect(name({ name: 'n'.repeat(63) })).toMatch(/^n+-[a-z2-7]{8}-[0-9a-f]{10}$/);
    expect(name({ name: 'n'.repeat(63) }).length).toBeLessThanOrEqual(63);
  });

  it('is the one that pods use, even when an override comes after they asked', () => {
    const set = rendered((chart) => {
      const settings = new ConfigMap(chart, 'settings', { data: { a: '1' } });
      void settings.name;
      new Worker(chart, 'app', {
        image: 'a/b:1',
        envFrom: [settings],
        files: { '/x': settings },
        env: { A: settings.key('a') },
      });
      settings.override({ data: { a: '2' } });
    });
    const { name: current } = set.get({ kind: 'ConfigMap' }).id;
    const pod = at(set.get({ kind: 'Deployment' }).object, 'spec.template.spec');
    expect(at(pod, 'containers.0.envFrom.0.configMapRef.name')).toBe(current);
    expect(at(pod, 'containers.0.env.0.valueFrom.configMapKeyRef.name')).toBe(current);
    expect(at(pod, 'volumes.0.configMap.name')).toBe(current);
  });

  it('differs for two Secrets of one name and different types', () => {
    const typed = (type: string): unknown => secret({ data: { a: 'b' }, type }).metadata.name;
    expect(typed('a/b')).not.toBe(typed('a/c'));
  });
});

describe('a stable name', () => {
  const app = (level: string, change?: (map: ConfigMap) => void) =>
    rendered((chart) => {
      const settings = new ConfigMap(chart, 'settings', { data: { level }, immutable: false });
      new Worker(chart, 'app', { image: 'a/b:1', envFrom: [settings] });
      change?.(settings);
    });
  const checksum = (...args: Parameters<typeof app>): unknown =>
    at(app(...args).get({ kind: 'Deployment' }).object, 'spec.template.metadata.annotations');

  it('stays, and the pods carry a checksum that does not', () => {
    expect(app('info').get({ kind: 'ConfigMap' }).object).toMatchObject({
      metadata: { name: 'shop-settings' },
      data: { level: 'info' },
    });
    expect(app('info').get({ kind: 'ConfigMap' }).object).not.toHaveProperty('immutable');
    expect(checksum('info')).toEqual({
      'seaworthy.dev/config-checksum': expect.stringMatching(/^[0-9a-f]{16}$/) as unknown,
    });
    expect(checksum('info')).toEqual(checksum('info'));
    expect(checksum('info')).not.toEqual(checksum('debug'));
  });

  it('lets pods follow an override that comes later', () => {
    expect(checksum('info', (map) => map.override({ data: { level: 'debug' } }))).toEqual(checksum('debug'));
  });

  it.each<[string, (chart: Chart, settings: ConfigMap) => object]>([
    ['a variable', (_, settings) => ({ env: { A: settings.key('a') } })],
    ['a file', (_, settings) => ({ files: { '/a': settings.key('a') } })],
    ['a folder', (_, settings) => ({ files: { '/a': settings } })],
    ['part of a folder', (_, settings) => ({ files: { '/a': [{ from: settings }] } })],
    [
      'an init container',
      (_, settings) => ({ initContainers: { i: { image: 'a/b:1', envFrom: [settings] } } }),
    ],
    ['a sidecar', (_, settings) => ({ sidecars: { s: { image: 'a/b:1', envFrom: [{ from: settings }] } } })],
  ])('is followed where it is %s', (_, use) => {
    const { object } = rendered((chart) => {
      const settings = new ConfigMap(chart, 'settings', { data: { a: '1' }, immutable: false });
      new Worker(chart, 'app', { image: 'a/b:1', ...use(chart, settings) });
    }).get({ kind: 'Deployment' });
    expect(at(object, 'spec.template.metadata.annotations')).toHaveProperty([
      'seaworthy.dev/config-checksum',
    ]);
  });
});

describe('wrong contents', () => {
  it.each<[string, object, string]>([
    ['a number', { data: { a: 5 } }, 'INVALID_PROP data.a'],
    ['no bytes', { binaryData: { a: 'text' } }, 'INVALID_PROP binaryData.a'],
    ['a key that is none', { data: { 'a/b': 'c' } }, 'INVALID_NAME data.a/b'],
    ['a missing file', { files: { a: join(folder, 'nowhere') } }, 'INPUT_UNREADABLE files.a'],
    ['a folder for a file', { files: { a: folder } }, 'INPUT_UNREADABLE files.a'],
    ['a missing folder', { directory: join(folder, 'nowhere') }, 'INPUT_UNREADABLE directory'],
    [
      'one key twice',
      { data: { a: 'x' }, binaryData: { a: new Uint8Array() } },
      'DUPLICATE_NAME binaryData.a',
    ],
    ['too much', { data: { a: 'x'.repeat(1024 * 1024), b: 'x' } }, 'INVALID_PROP data'],
    ['a misspelled prop', { datas: {} }, 'UNKNOWN_PROP datas'],
  ])('%s', (_, props, fault) => {
    expect(faults((chart) => new ConfigMap(chart, 'settings', props))).toEqual([fault]);
  });

  it('are two files that get one key', () => {
    write('twice/a__b', '1');
    write('twice/a/b', '2');
    expect(faults((chart) => new ConfigMap(chart, 'settings', { directory: join(folder, 'twice') }))).toEqual(
      ['DUPLICATE_NAME directory/a__b'],
    );
  });

  it('may be exactly as much as an object holds', () => {
    expect(faults((chart) => new ConfigMap(chart, 's', { data: { a: 'x'.repeat(1024 * 1024) } }))).toEqual(
      [],
    );
  });

  it('name the file, and say what paths are relative to', () => {
    const [problem] = problems(
      (chart) => new ConfigMap(chart, 'settings', { files: { conf: 'no/such/file' } }),
    );
    expect(problem?.message).toContain('no/such/file');
    expect(problem).toMatchObject({
      place: 'shop/settings',
      hint: 'Paths are relative to the folder that the app runs in.',
    });
  });
});

describe('a literal secret', () => {
  it('is refused unless it is called unsafe', () => {
    const build = (props: SecretProps) => problems((chart) => new Secret(chart, 'login', props));
    expect(build({ data: { password: 'x' } })).toMatchObject([
      { code: 'LITERAL_SECRET', place: 'shop/login', path: 'data' },
    ]);
    expect(build({ files: { key: write('key', 'x') } })).toMatchObject([{ code: 'LITERAL_SECRET' }]);
    expect(build({ data: { password: 'x' }, unsafe: true })).toEqual([]);
    expect(build({})).toEqual([]);
  });

  it('is refused in an override too', () => {
    const overridden = (patch: object) => faults((chart) => new Secret(chart, 'login').override(patch));
    expect(overridden({ data: { password: 'eA==' } })).toEqual(['LITERAL_SECRET data']);
    expect(overridden({ stringData: { password: 'x' } })).toEqual(['LITERAL_SECRET data']);
  });

  it('never stands in the message', () => {
    const [problem] = problems((chart) => new Secret(chart, 'login', { data: { password: 'hunter2' } }));
    expect(JSON.stringify(problem)).not.toContain('hunter2');
  });
});

it('stands wherever cdk8s-plus wants a ConfigMap by name', () => {
  const set = rendered((chart) => {
    const settings = new ConfigMap(chart, 'settings', { data: { a: '1' }, immutable: false });
    const theirs = kplus.ConfigMap.fromConfigMapName(chart, 'theirs', settings.name);
    new kplus.Deployment(chart, 'app', {
      containers: [{ image: 'a/b:1', envFrom: [kplus.Env.fromConfigMap(theirs)] }],
    });
  });
  expect(at(set.get({ kind: 'Deployment' }).object, 'spec.template.spec.containers.0.envFrom')).toEqual([
    { configMapRef: { name: 'shop-settings' } },
  ]);
});
