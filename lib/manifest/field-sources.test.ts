import { FieldSources } from './field-sources';
import type { ObjectId } from './manifest';
import { ManifestSet } from './set';
import type { ParseOptions } from './yaml/parse';
import { LONGEST_LOCATED } from './yaml/chunk';

const FILE = `apiVersion: v1
kind: ConfigMap
metadata:
  name: first
---
# a comment
apiVersion: v1
kind: Service
metadata:
  name: second
  annotations:
    "bad key!": x
    a.b: y
    a.b[0]: z
spec:
  ports:
    - port: 80
    - port: 81
      targetPort: 99999
    -
      port: 82
---
apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: ConfigMap
    metadata: { name: third }
  - apiVersion: v1
    kind: ConfigMap
    metadata:
      name: fourth
`;

/** The source of the field at `path` of the one object of `yaml` that `id` names. */
function sourceOf(path: string, id: Partial<ObjectId>, yaml = FILE): string | undefined {
  return new FieldSources().sourceOf(ManifestSet.parse(yaml, { source: 'a.yaml' }).get(id), path);
}

it.each([
  ['first', '', 1],
  ['first', 'metadata.name', 4],
  ['second', 'spec.ports[1].targetPort', 19],
  ['second', 'spec.ports[1]', 18],
  ['second', 'spec.ports[2]', 21],
  ['second', 'spec.ports[2].port', 21],
  ['second', 'metadata.annotations[bad key!]', 12],
  ['second', 'metadata.annotations[a.b]', 13],
  ['second', 'metadata.annotations[a.b[0]]', 14],
])('of the object "%s", the field "%s" stands on line %i', (name, path, line) => {
  expect(sourceOf(path, { name })).toBe(`a.yaml:${line}`);
});

it('a field that does not exist is found at the innermost part that does', () => {
  expect(sourceOf('spec.selector.app', { name: 'second' })).toBe('a.yaml:15');
  expect(sourceOf('spec.ports[0].targetPort.x', { name: 'second' })).toBe('a.yaml:17');
  expect(sourceOf('spec.ports[9].port', { name: 'second' })).toBe('a.yaml:16');
});

it('the fields of an item of a list are found in the item', () => {
  expect(sourceOf('', { name: 'fourth' })).toBe('a.yaml:29');
  expect(sourceOf('metadata.name', { name: 'fourth' })).toBe('a.yaml:32');
  expect(sourceOf('metadata.name', { name: 'third' })).toBe('a.yaml:28');
});

describe('the line does not depend on the style of the document', () => {
  const object = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'a' },
    data: { one: '1', two: '2' },
  };
  const json = JSON.stringify(object, null, 2);

  it.each([
    ['JSON', json, 9],
    ['several JSON texts', `${json}\n${json.replace('"a"', '"b"')}\n`, 9],
    ['a flow map behind the separator', `---\n${json}`, 10],
    [
      'YAML with Windows line breaks',
      'apiVersion: v1\r\nkind: ConfigMap\r\nmetadata: {name: a}\r\ndata:\r\n  two: x',
      5,
    ],
    [
      'YAML with a byte order mark',
      '\ufeffapiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  two: x\n',
      5,
    ],
    [
      'indented YAML',
      '\n  apiVersion: v1\n  kind: ConfigMap\n  metadata:\n    name: a\n  data:\n    two: x\n',
      7,
    ],
    [
      'YAML with anchors',
      'apiVersion: v1\nkind: ConfigMap\nmetadata: &m\n  name: a\ndata:\n  <<: *m\n  two: &x x\n',
      7,
    ],
    [
      'a document behind its separator',
      '--- # first\n---\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {one: x,\n  two: y}\n',
      8,
    ],
  ])('%s', (_, yaml, line) => {
    expect(sourceOf('data.two', { name: 'a' }, yaml)).toBe(`a.yaml:${line}`);
  });
});

it('what a merge key brings in is found where it was written', () => {
  const yaml =
    'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, labels: &l\n  {x: y}}\ndata:\n  <<: *l\n';
  expect(sourceOf('data.x', { name: 'a' }, yaml)).toBe('a.yaml:4');
});

it('a document that was read before is found on its own line', () => {
  const known: ParseOptions['known'] = new Map();
  const one = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n';
  const [first, second] = [one, `# moved\n---\n${one}`].map((yaml, index) =>
    ManifestSet.parse(yaml, { source: `${index}.yaml`, known }).get({ name: 'a' }),
  );
  const sources = new FieldSources();
  expect(first?.object).toBe(second?.object);
  expect([first, second].map((manifest) => manifest && sources.sourceOf(manifest, 'metadata.name'))).toEqual([
    '0.yaml:4',
    '1.yaml:6',
  ]);
});

describe('there is no line', () => {
  const set = ManifestSet.parse(FILE, { source: 'a.yaml' });
  const first = set.get({ name: 'first' });
  const sources = new FieldSources();

  it('of an object that comes from code', () => {
    const origin = { source: 'main.ts:3', construct: 'shop/first' };
    expect(sources.sourceOf({ ...first, origin }, 'kind')).toBeUndefined();
    expect(sources.sourceOf({ ...first, object: { ...first.object } }, 'kind')).toBeUndefined();
  });

  it('of YAML without a name', () => {
    const [nameless] = ManifestSet.parse(FILE);
    expect(nameless && sources.sourceOf(nameless, 'kind')).toBeUndefined();
  });

  it('of JSON longer than anybody writes', () => {
    const object = (name: string) =>
      JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });
    const texts = `${object('a')}\n${object('b'.repeat(LONGEST_LOCATED))}`;
    expect(sourceOf('kind', { name: 'a' }, texts)).toBeUndefined();
  });

  it('of a document longer than anybody writes', () => {
    const name = 'long';
    const yaml = `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  a: ${'x'.repeat(LONGEST_LOCATED)}\n`;
    expect(sourceOf('data.a', { name }, yaml)).toBeUndefined();
  });
});

it('positions are no part of an object', () => {
  const [read] = ManifestSet.parse(FILE, { source: 'a.yaml' });
  const [written] = ManifestSet.of([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'first' } }]);
  expect(read?.object).toStrictEqual(written?.object);
  expect(Reflect.ownKeys(read?.object ?? {})).toEqual(['apiVersion', 'kind', 'metadata']);
  expect(JSON.stringify(read)).toBe(JSON.stringify({ ...written, origin: { source: 'a.yaml:1' } }));
});
