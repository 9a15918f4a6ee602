import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import type { PlainObject } from '../../lib';
import {
  App,
  Chart,
  ConfigMap,
  existing,
  ExternalSecret,
  KubeObject,
  Namespace,
  PersistentVolumeClaim,
  Secret,
  ServiceAccount,
  synth,
} from '../../lib';
import { faults, only, problems, rendered } from './rendering';

const MAKERS: readonly [
  string,
  (scope: Construct, id: string, props: object) => { readonly object: KubeObject },
][] = [
  ['ConfigMap', (scope, id, props) => new ConfigMap(scope, id, { immutable: false, ...props })],
  ['Secret', (scope, id, props) => new Secret(scope, id, { immutable: false, ...props })],
  [
    'ExternalSecret',
    (scope, id, props) => new ExternalSecret(scope, id, { store: 's', keys: { a: 'b' }, ...props }),
  ],
  [
    'PersistentVolumeClaim',
    (scope, id, props) => new PersistentVolumeClaim(scope, id, { size: '1Gi', ...props }),
  ],
  ['ServiceAccount', (scope, id, props) => new ServiceAccount(scope, id, props)],
];

describe.each(MAKERS)('a %s', (kind, make) => {
  const metadata = (props: object, chart = {}): unknown =>
    only(kind, (scope) => make(scope, 'thing', props), { chart }).metadata;

  it('is called by the path of its ids, in the namespace of its chart', () => {
    expect(metadata({}, { namespace: 'home', labels: { team: 'a' } })).toEqual({
      name: 'shop-thing',
      namespace: 'home',
      labels: { team: 'a' },
    });
  });

  it('carries what it is told to', () => {
    const props = { name: 'given', namespace: 'other', labels: { a: 'b' }, annotations: { c: 'd' } };
    expect(metadata(props, { namespace: 'home', labels: { a: 'x', team: 'a' } })).toEqual({
      ...props,
      labels: { a: 'b', team: 'a' },
    });
  });

  it('takes an override, and is found by ApiObject.of', () => {
    const object = only(kind, (scope) => {
      const made = make(scope, 'thing', {}) as unknown as Construct & { override(patch: object): unknown };
      made.override({ metadata: { annotations: { a: 'b' } } });
      expect(ApiObject.of(made).kind).toBe(kind);
    });
    expect(object.metadata.annotations).toEqual({ a: 'b' });
  });

  it.each([
    [{ name: 'No Name' }, 'INVALID_NAME name'],
    [{ namespace: 'a.b' }, 'INVALID_NAME namespace'],
    [{ labels: { 'a b': 'c' } }, 'INVALID_LABEL labels.a b'],
    [{ labels: { a: 'b c' } }, 'INVALID_LABEL labels.a'],
    [{ annotations: { a: 5 } }, 'INVALID_LABEL annotations.a'],
    [{ annotations: { a: 'x'.repeat(256 * 1024) } }, 'INVALID_LABEL annotations'],
    [{ lables: {} }, 'UNKNOWN_PROP lables'],
  ])('is told of %j', (props, fault) => {
    expect(faults((scope) => make(scope, 'thing', props))).toEqual([fault]);
  });
});

describe('a Namespace', () => {
  const namespace = (props: object = {}): PlainObject =>
    only('Namespace', (scope) => new Namespace(scope, 'home', props));

  it('holds pods to a profile, restricted by default', () => {
    const label = 'pod-security.kubernetes.io/enforce';
    expect(namespace()).toEqual({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'shop-home', labels: { [label]: 'restricted' } },
    });
    expect(namespace({ podSecurity: 'baseline' }).metadata.labels).toEqual({ [label]: 'baseline' });
    expect(namespace({ podSecurity: false }).metadata).not.toHaveProperty('labels');
  });

  it('stands in no namespace, whatever its chart says', () => {
    const around = { chart: { namespace: 'home' } };
    expect(
      only('Namespace', (scope) => new Namespace(scope, 'x', { name: 'home' }), around).metadata,
    ).not.toHaveProperty('namespace');
    expect(faults((scope) => new Namespace(scope, 'x', { namespace: 'home' } as never))).toEqual([
      'UNKNOWN_PROP namespace',
    ]);
  });

  it('is held to a profile that there is', () => {
    expect(faults((scope) => new Namespace(scope, 'x', { podSecurity: 'tight' as never }))).toEqual([
      'INVALID_PROP podSecurity',
    ]);
  });

  it('has a name without dots', () => {
    expect(faults((scope) => new Namespace(scope, 'x', { name: 'a.b' }))).toEqual(['INVALID_NAME name']);
  });
});

describe('a ServiceAccount', () => {
  const account = (props: object = {}): PlainObject =>
    only('ServiceAccount', (scope) => new ServiceAccount(scope, 'robot', props));

  it('gives no token unless asked', () => {
    expect(account()).toMatchObject({ automountServiceAccountToken: false });
    expect(account({ token: true })).toMatchObject({ automountServiceAccountToken: true });
  });

  it('pulls images with Secrets', () => {
    expect(account({ imagePullSecrets: ['a', existing('Secret', 'b')] })['imagePullSecrets']).toEqual([
      { name: 'a' },
      { name: 'b' },
    ]);
    expect(
      faults(
        (scope) =>
          new ServiceAccount(scope, 'r', { imagePullSecrets: [existing('ConfigMap', 'c') as never] }),
      ),
    ).toEqual(['INVALID_PROP imagePullSecrets[0]']);
  });
});

describe('an ExternalSecret', () => {
  const secret = (props: object): PlainObject =>
    only(
      'ExternalSecret',
      (scope) => new ExternalSecret(scope, 'login', { store: 'vault', keys: { password: 'db' }, ...props }),
    );

  it('fetches each key from a place in the store', () => {
    expect(secret({ keys: { password: 'shop/db#password', ca: 'shop/ca' }, refresh: '15m' })).toEqual({
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: { name: 'shop-login' },
      spec: {
        data: [
          { secretKey: 'password', remoteRef: { key: 'shop/db', property: 'password' } },
          { secretKey: 'ca', remoteRef: { key: 'shop/ca' } },
        ],
        refreshInterval: '15m',
        secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' },
        target: { name: 'shop-login' },
      },
    });
  });

  it('names a store of its namespace', () => {
    expect(secret({ store: { name: 'vault', kind: 'SecretStore' } })['spec']).toMatchObject({
      secretStoreRef: { kind: 'SecretStore', name: 'vault' },
    });
  });

  it.each<[object, string]>([
    [{ store: undefined }, 'MISSING_PROP store'],
    [{ store: { name: 'v', kind: 'Store' } }, 'INVALID_PROP store.kind'],
    [{ store: { nam: 'v', name: 'v' } }, 'UNKNOWN_PROP store.nam'],
    [{ keys: {} }, 'MISSING_PROP keys'],
    [{ keys: undefined }, 'MISSING_PROP keys'],
    [{ keys: { 'a/b': 'c' } }, 'INVALID_NAME keys.a/b'],
    [{ refresh: 'hourly' }, 'INVALID_PROP refresh'],
  ])('is told of %j', (props, fault) => {
    expect(
      faults((scope) => new ExternalSecret(scope, 'x', { store: 'v', keys: { a: 'b' }, ...props })),
    ).toEqual([fault]);
  });

  it('names the keys that it has', () => {
    const [problem] = problems((scope) =>
      new ExternalSecret(scope, 'x', { store: 'v', keys: { a: 'b' } }).key('constructor'),
    );
    expect(problem?.message).toBe('unknown key; it has a');
  });
});

describe('a PersistentVolumeClaim', () => {
  const spec = (props: object, profile = {}): unknown =>
    only(
      'PersistentVolumeClaim',
      (scope) => new PersistentVolumeClaim(scope, 'disk', { size: '1Gi', ...props }),
      { profile },
    )['spec'];

  it('asks for a size that one node writes to', () => {
    expect(spec({})).toEqual({ accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } });
  });

  it('asks for a class, modes and blocks', () => {
    const props = {
      storageClass: 'fast',
      accessModes: ['ReadWriteMany', 'ReadOnlyMany'],
      volumeMode: 'Block',
    };
    expect(spec(props)).toMatchObject({
      storageClassName: 'fast',
      accessModes: props.accessModes,
      volumeMode: 'Block',
    });
    expect(spec({}, { storageClasses: ['standard'] })).toMatchObject({ storageClassName: 'standard' });
    expect(spec({ storageClass: '' }, { storageClasses: ['standard'] })).toMatchObject({
      storageClassName: '',
    });
  });

  it.each<[object, string]>([
    [{ size: undefined }, 'MISSING_PROP size'],
    [{ size: '1GB' }, 'INVALID_QUANTITY size'],
    [{ size: '-1Gi' }, 'INVALID_QUANTITY size'],
    [{ accessModes: [] }, 'MISSING_PROP accessModes'],
    [{ accessModes: ['ReadWriteOncePod', 'ReadOnlyMany'] }, 'INVALID_PROP accessModes'],
    [{ volumeMode: 'Files' }, 'INVALID_PROP volumeMode'],
    [{ storageClass: 'No Class' }, 'INVALID_NAME storageClass'],
  ])('is told of %j', (props, fault) => {
    expect(faults((scope) => new PersistentVolumeClaim(scope, 'x', { size: '1Gi', ...props }))).toEqual([
      fault,
    ]);
  });
});

describe('a KubeObject', () => {
  const widget = { apiVersion: 'example.com/v1', kind: 'Widget', content: () => ({ spec: { size: 1 } }) };

  it('is any object, with a name and the namespace of its chart', () => {
    expect(
      only('Widget', (scope) => new KubeObject(scope, 'w', widget), { chart: { namespace: 'home' } }),
    ).toEqual({
      apiVersion: 'example.com/v1',
      kind: 'Widget',
      metadata: { name: 'shop-w', namespace: 'home' },
      spec: { size: 1 },
    });
  });

  it('stands in no namespace where Kubernetes says so, or the props', () => {
    const metadata = (props: object): unknown =>
      [
        ...rendered((scope) => new KubeObject(scope, 'w', { ...widget, ...props }), {
          chart: { namespace: 'home' },
        }),
      ][0]?.object.metadata;
    expect(metadata({ apiVersion: 'v1', kind: 'PersistentVolume' })).not.toHaveProperty('namespace');
    expect(metadata({ clusterScoped: true })).not.toHaveProperty('namespace');
    expect(
      faults(
        (scope) =>
          new KubeObject(scope, 'w', { ...widget, clusterScoped: true, metadata: { namespace: 'x' } }),
      ),
    ).toEqual(['INVALID_PROP metadata.namespace']);
  });

  it('lets the API server make up its name', () => {
    const { metadata } = only(
      'Widget',
      (scope) => new KubeObject(scope, 'w', { ...widget, metadata: { generateName: 'w-' } }),
    );
    expect(metadata).toEqual({ generateName: 'w-' });
  });

  it('keeps everything but what is undefined', () => {
    const spec = { zero: 0, empty: '', no: false, map: {}, list: [], nothing: null, gone: undefined };
    const { gone: _, ...kept } = spec;
    expect(
      only('Widget', (scope) => new KubeObject(scope, 'w', { ...widget, content: () => ({ spec }) }))['spec'],
    ).toEqual(kept);
  });

  it.each<[object, string]>([
    [{ spec: {} }, 'UNKNOWN_PROP spec'],
    [{ kind: undefined }, 'RENDER_FAILED kind'],
    [{ apiVersion: undefined }, 'RENDER_FAILED apiVersion'],
    [{ content: () => ({ spec: new Map() }) }, 'RENDER_FAILED spec'],
    [{ content: () => ({ spec: { size: 2n ** 63n } }) }, 'RENDER_FAILED spec.size'],
  ])('is told of %j', (props, fault) => {
    expect(faults((scope) => new KubeObject(scope, 'w', { ...widget, ...props }))).toEqual([fault]);
  });

  it('is told of what it says itself, together with what cannot be rendered', () => {
    const content: ConstructorParameters<typeof KubeObject>[2]['content'] = (report) => {
      report({ code: 'INVALID_PROP', path: 'size', message: 'too small' });
      return { spec: () => undefined };
    };
    expect(faults((scope) => new KubeObject(scope, 'w', { ...widget, content }))).toEqual(
      ['RENDER_FAILED spec', 'INVALID_PROP size'].sort(),
    );
  });

  it('is told from other objects', () => {
    const app = new App();
    const chart = new Chart(app, 'shop');
    const [ours, theirs] = [
      new KubeObject(chart, 'a', widget),
      new ApiObject(chart, 'b', { apiVersion: 'v1', kind: 'Pod' }),
    ];
    expect([ours instanceof KubeObject, theirs instanceof KubeObject, ours instanceof ApiObject]).toEqual([
      true,
      false,
      true,
    ]);
    expect(synth(app).size).toBe(2);
  });
});
