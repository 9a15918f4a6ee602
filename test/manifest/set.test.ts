import { ManifestSet } from '../../lib/manifest/set';
import type { Manifest } from '../../lib/manifest/manifest';
import { problemOf, problemsOf } from './problems';

const object = (kind: string, name: string, namespace?: string) => ({
  apiVersion: kind === 'Deployment' ? 'apps/v1' : 'v1',
  kind,
  metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
});

const names = (manifests: Iterable<Manifest>) => [...manifests].map(({ id }) => `${id.kind} ${id.name}`);

describe('ManifestSet.of', () => {
  it('keeps objects in order, with their identity and their keys as authored', () => {
    const set = ManifestSet.of([
      { kind: 'ConfigMap', metadata: { name: 'a', namespace: 'n' }, apiVersion: 'v1' },
      object('Pod', 'b'),
    ]);
    expect(set.size).toBe(2);
    expect(set.manifests[0]?.id).toEqual({ apiVersion: 'v1', kind: 'ConfigMap', namespace: 'n', name: 'a' });
    expect(Object.keys(set.manifests[0]?.object ?? {})).toEqual(['kind', 'metadata', 'apiVersion']);
    expect(names(set)).toEqual(['ConfigMap a', 'Pod b']);
  });

  it('copies: later changes of what was given do not show', () => {
    const authored = object('Pod', 'a');
    const set = ManifestSet.of([authored]);
    authored.metadata.name = 'changed';
    expect(set.toYaml()).toContain('name: a\n');
  });

  it('refuses a hole in the list', () => {
    const sparse = Object.assign(new Array<unknown>(2), { 0: object('Pod', 'a') });
    expect(problemOf(() => ManifestSet.of(sparse))).toMatchObject({
      place: 'objects[1]',
      code: 'RENDER_FAILED',
    });
  });

  it('keeps two objects of one identity', () => {
    expect(ManifestSet.of([object('Pod', 'a'), object('Pod', 'a')]).size).toBe(2);
  });

  it('takes a generateName for a name', () => {
    const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { generateName: 'run-' } };
    expect(ManifestSet.of([job]).manifests[0]?.id.name).toBe('run-*');
  });

  it('puts the items of lists in their place, also of lists in lists', () => {
    const inner = { apiVersion: 'v1', kind: 'List', items: [object('Pod', 'b')] };
    const list = { apiVersion: 'v1', kind: 'List', items: [object('Pod', 'a'), inner] };
    const set = ManifestSet.of([list, object('Pod', 'c'), { apiVersion: 'v1', kind: 'List', items: [] }]);
    expect(names(set)).toEqual(['Pod a', 'Pod b', 'Pod c']);
  });

  it('gives the items of a typed list the kind that API servers leave out', () => {
    const list = {
      apiVersion: 'v1',
      kind: 'PodList',
      metadata: {},
      items: [{ metadata: { name: 'a' }, spec: {} }],
    };
    expect(ManifestSet.of([list]).manifests[0]).toEqual({
      id: { apiVersion: 'v1', kind: 'Pod', name: 'a' },
      object: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: {} },
    });
  });

  it('takes a kind that only ends in List, without items, for an object', () => {
    expect(names(ManifestSet.of([object('AllowList', 'a')]))).toEqual(['AllowList a']);
  });

  it.each<[unknown, object]>([
    [null, { message: 'expected a Kubernetes object, got null' }],
    ['text', { message: 'expected a Kubernetes object, got a string' }],
    [[], { message: 'expected a Kubernetes object, got a list' }],
    [{}, { path: 'apiVersion', message: 'expected a string, got undefined' }],
    [{ apiVersion: 1 }, { path: 'apiVersion', message: 'expected a string, got a number' }],
    [
      { apiVersion: 'v1', kind: '' },
      { path: 'kind', message: 'expected a string, got an empty one' },
    ],
    [
      { apiVersion: 'v1', kind: 'Pod' },
      { path: 'metadata', message: 'expected an object, got undefined' },
    ],
    [
      { apiVersion: 'v1', kind: 'Pod', metadata: {} },
      { path: 'metadata.name', message: 'expected a string, got undefined' },
    ],
    [
      { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a', namespace: 7 } },
      { path: 'metadata.namespace', message: 'expected a string, got a number' },
    ],
    [
      {
        apiVersion: 'v1',
        kind: 'List',
        items: [object('Pod', 'a'), { apiVersion: 'v1', kind: 'Pod', metadata: 1 }],
      },
      { path: 'items[1].metadata', message: 'expected an object, got a number' },
    ],
  ])('refuses %j and says where it stands', (value, expected) => {
    expect(problemOf(() => ManifestSet.of([object('Pod', 'a'), value]))).toMatchObject({
      code: 'NOT_AN_OBJECT',
      place: 'objects[1]',
      ...expected,
    });
  });

  it('reports every element that is no object', () => {
    const places = problemsOf(() => ManifestSet.of([1, object('Pod', 'a'), 2])).map(({ place }) => place);
    expect(places).toEqual(['objects[0]', 'objects[2]']);
  });

  it('refuses what plain data cannot hold', () => {
    const pod = { ...object('Pod', 'a'), spec: { started: new Map() } };
    expect(problemOf(() => ManifestSet.of([pod]))).toMatchObject({
      code: 'RENDER_FAILED',
      place: 'objects[0]',
      path: 'spec.started',
    });
  });
});

describe('ManifestSet.parse', () => {
  const YAML = [
    'kind: Pod',
    'apiVersion: v1',
    'metadata:',
    '  name: a',
    '---',
    '# nothing',
    '---',
    'apiVersion: v1',
    'kind: Service',
    'metadata: {name: b}',
    '',
  ].join('\n');

  it('reads documents in order and keeps their keys in order', () => {
    const set = ManifestSet.parse(YAML);
    expect(names(set)).toEqual(['Pod a', 'Service b']);
    expect(Object.keys(set.manifests[0]?.object ?? {})).toEqual(['kind', 'apiVersion', 'metadata']);
    expect(set.manifests[0]).not.toHaveProperty('origin');
  });

  it('knows file and line of each object when it knows the file', () => {
    const set = ManifestSet.parse(YAML, { source: 'deploy/app.yaml' });
    expect(set.manifests.map(({ origin }) => origin)).toEqual([
      { source: 'deploy/app.yaml:1' },
      { source: 'deploy/app.yaml:8' },
    ]);
  });

  it.each(['', '\n', '---\n', '# nothing\n', '---\n---\n# nothing', 'null'])(
    'takes %j for an empty set',
    (text) => {
      expect(ManifestSet.parse(text).size).toBe(0);
    },
  );

  it('reads what kubectl get -o json prints', () => {
    const list = JSON.stringify({
      apiVersion: 'v1',
      kind: 'List',
      items: [object('Pod', 'a'), object('Pod', 'b')],
    });
    expect(names(ManifestSet.parse(list))).toEqual(['Pod a', 'Pod b']);
  });

  it('names file, line and field of a document that is no object', () => {
    expect(problemOf(() => ManifestSet.parse(`${YAML}---\nfoo: bar\n`, { source: 'a.yaml' }))).toMatchObject({
      code: 'NOT_AN_OBJECT',
      place: 'document 3',
      path: 'apiVersion',
      source: 'a.yaml:12',
    });
  });

  it('comes back from its own YAML unchanged', () => {
    const set = ManifestSet.of([
      { ...object('ConfigMap', 'a'), data: { y: 'no', '1': '0o14', text: ' a\n\tb\n\n' } },
      object('Pod', 'b'),
    ]);
    expect(ManifestSet.parse(set.toYaml()).manifests).toEqual(set.manifests);
    expect(ManifestSet.parse(set.toYaml()).toYaml()).toBe(set.toYaml());
  });
});

describe('ManifestSet', () => {
  const from = (...environments: (string | undefined)[]) =>
    ManifestSet.from(
      environments.map((environment, index) => {
        const [{ object: pod, id } = raise()] = ManifestSet.of([object('Pod', `p${index}`)]);
        return environment === undefined ? { object: pod, id } : { object: pod, id, origin: { environment } };
      }),
    );

  it('lists its environments in order of first appearance and selects by them', () => {
    const set = from('staging', undefined, 'production', 'staging');
    expect(set.environments).toEqual(['staging', 'production']);
    expect(names(set.in('staging'))).toEqual(['Pod p0', 'Pod p3']);
    expect(set.in('nowhere').size).toBe(0);
  });

  it('filters into a new set and stays as it is', () => {
    const set = from('a', 'b', 'c');
    expect(names(set.filter(({ id }) => id.name !== 'p1'))).toEqual(['Pod p0', 'Pod p2']);
    expect(set.size).toBe(3);
    expect(() => (set.manifests as Manifest[]).push(...set)).toThrow(TypeError);
  });

  const shop = ManifestSet.of([
    object('Deployment', 'api', 'shop'),
    object('Service', 'api', 'shop'),
    object('Service', 'api', 'blog'),
    object('Namespace', 'shop'),
  ]);

  it('finds by any fields of an identity', () => {
    expect(names(shop.find({ name: 'api' }))).toEqual(['Deployment api', 'Service api', 'Service api']);
    expect(names(shop.find({ kind: 'Service', namespace: 'shop' }))).toEqual(['Service api']);
    expect(names(shop.find({ namespace: '' }))).toEqual(['Namespace shop']);
    expect(shop.find({ name: 'nothing' })).toEqual([]);
    expect(shop.find({})).toHaveLength(4);
  });

  it('gets the one that matches', () => {
    expect(shop.get({ kind: 'Deployment' }).id.name).toBe('api');
  });

  it('says what comes near when nothing matches', () => {
    expect(problemOf(() => shop.get({ kind: 'Service', namespace: 'blog', name: 'web' }))).toEqual({
      code: 'NOT_FOUND',
      message: "no object matches kind 'Service', namespace 'blog', name 'web'",
      hint: 'Near misses: v1 Service blog/api.',
    });
    expect(problemOf(() => shop.get({ kind: 'Pod', name: 'shpo' })).hint).toBe(
      'Did you mean v1 Namespace shop?',
    );
    expect(problemOf(() => shop.get({ kind: 'Pod' })).hint).toBe(
      'The set holds apps/v1 Deployment shop/api, v1 Service shop/api, v1 Service blog/api, v1 Namespace shop.',
    );
    expect(problemOf(() => ManifestSet.of([]).get({ kind: 'Pod' })).hint).toBe('The set is empty.');
  });

  it('says what matches when more than one does', () => {
    expect(problemOf(() => shop.get({ kind: 'Service', name: 'api' }))).toMatchObject({
      code: 'AMBIGUOUS',
      message: "2 objects match kind 'Service', name 'api': v1 Service shop/api, v1 Service blog/api",
    });
  });

  it('joins its documents with ---', () => {
    expect(ManifestSet.of([object('Pod', 'a'), object('Pod', 'b')]).toYaml()).toBe(
      'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: b\n',
    );
    expect(ManifestSet.of([]).toYaml()).toBe('');
  });
});

function raise(): never {
  throw new Error('empty');
}
