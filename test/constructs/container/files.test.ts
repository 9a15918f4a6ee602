import * as kplus from 'cdk8s-plus-27';
import type { Chart, Files } from '../../../lib';
import { ConfigMap, existing, ExternalSecret, keyOf, Worker } from '../../../lib';
import { at, faultsOf, only, podOf } from '../rendering';

/** Volumes and mounts of an app with `files`; its own `/tmp` stays out of sight. */
function mounted(files: (chart: Chart) => Readonly<Record<string, Files>>): {
  volumes: unknown;
  mounts: unknown;
} {
  const object = only('Deployment', (chart) => {
    new Worker(chart, 'app', { image: 'a/b:1', files: files(chart), security: 'baseline' });
  });
  return {
    volumes: at(object, 'spec.template.spec.volumes'),
    mounts: at(object, 'spec.template.spec.containers.0.volumeMounts'),
  };
}

const SETTINGS = existing('ConfigMap', 'settings');
const LOGIN = existing('Secret', 'login');

it('mounts a whole ConfigMap or Secret as a folder', () => {
  expect(mounted(() => ({ '/etc/app': SETTINGS, '/etc/login': LOGIN }))).toEqual({
    volumes: [
      { name: 'settings', configMap: { name: 'settings' } },
      { name: 'login', secret: { secretName: 'login' } },
    ],
    mounts: [
      { name: 'settings', mountPath: '/etc/app', readOnly: true },
      { name: 'login', mountPath: '/etc/login', readOnly: true },
    ],
  });
});

it('mounts one key as that file', () => {
  expect(mounted(() => ({ '/etc/app/app.yaml': keyOf(SETTINGS, 'app.yaml', { optional: true }) }))).toEqual({
    volumes: [{ name: 'settings', configMap: { name: 'settings', optional: true } }],
    mounts: [{ name: 'settings', mountPath: '/etc/app/app.yaml', subPath: 'app.yaml', readOnly: true }],
  });
});

it('mounts chosen keys under paths and permissions of their own', () => {
  const files = { '/etc/app': { from: SETTINGS, items: { a: 'sub/a.txt' }, mode: 0o400, optional: true } };
  expect(mounted(() => files).volumes).toEqual([
    {
      name: 'settings',
      configMap: {
        name: 'settings',
        items: [{ key: 'a', path: 'sub/a.txt' }],
        defaultMode: 256,
        optional: true,
      },
    },
  ]);
});

it('mounts several sources as one folder, with tokens and fields of the pod', () => {
  const { volumes, mounts } = mounted(() => ({
    '/var/run/app': [
      SETTINGS,
      { from: LOGIN, items: { password: 'login/password' }, optional: true },
      { token: { path: 'token', audience: 'vault', expiration: 900 } },
      { fields: { labels: 'metadata.labels' } },
    ],
  }));
  expect(volumes).toEqual([
    {
      name: 'app',
      projected: {
        sources: [
          { configMap: { name: 'settings' } },
          { secret: { name: 'login', items: [{ key: 'password', path: 'login/password' }], optional: true } },
          { serviceAccountToken: { path: 'token', audience: 'vault', expirationSeconds: 900 } },
          { downwardAPI: { items: [{ path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } }] } },
        ],
      },
    },
  ]);
  expect(mounts).toEqual([{ name: 'app', mountPath: '/var/run/app', readOnly: true }]);
});

it('makes one volume of one source, however often it is mounted', () => {
  const { volumes } = mounted(() => ({
    '/a': SETTINGS,
    '/b': SETTINGS,
    '/c.txt': keyOf(SETTINGS, 'c'),
    '/d': { from: SETTINGS, mode: 0o444 },
  }));
  expect(volumes).toEqual([
    { name: 'settings', configMap: { name: 'settings' } },
    { name: 'settings-2', configMap: { name: 'settings', defaultMode: 0o444 } },
  ]);
});

it('shares the volume of one source between the containers of a pod', () => {
  const helper = { image: 'a/b:1', files: { '/x': SETTINGS } };
  const pod = podOf({ files: { '/y': SETTINGS }, containers: { helper }, security: 'baseline' });
  expect(at(pod, 'volumes')).toEqual([{ name: 'settings', configMap: { name: 'settings' } }]);
  expect(at(pod, 'containers.1.volumeMounts')).toEqual([
    { name: 'settings', mountPath: '/x', readOnly: true },
  ]);
});

it('takes ours, those of cdk8s-plus, and imported ones', () => {
  const { volumes } = mounted((chart) => ({
    '/ours': new ConfigMap(chart, 'ours', { immutable: false }),
    '/fetched': new ExternalSecret(chart, 'fetched', { store: 'vault', keys: { a: 'b' } }),
    '/theirs': new kplus.ConfigMap(chart, 'theirs'),
    '/imported': kplus.Secret.fromSecretName(chart, 'imported', 'imported'),
  }));
  expect(volumes).toEqual([
    { name: 'shop-ours', configMap: { name: 'shop-ours' } },
    { name: 'shop-fetched', secret: { secretName: 'shop-fetched' } },
    { name: 'shop-theirs', configMap: { name: 'shop-theirs' } },
    { name: 'imported', secret: { secretName: 'imported' } },
  ]);
});

it('names volumes by DNS labels that do not collide, whatever the ConfigMaps are called', () => {
  const prefix = 'a'.repeat(80);
  const { volumes } = mounted(() => ({
    '/a': existing('ConfigMap', 'app.config.v1'),
    '/b': existing('ConfigMap', `${prefix}.one`),
    '/c': existing('ConfigMap', `${prefix}.two`),
  }));
  const names = (volumes as { name: string }[]).map(({ name }) => name);
  expect(new Set(names).size).toBe(3);
  for (const name of names) expect(name).toMatch(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/);
});

it('keeps the name of the volume when the content of an immutable ConfigMap changes', () => {
  const name = (level: string): unknown =>
    at(
      mounted((chart) => ({ '/x': new ConfigMap(chart, 'settings', { data: { level } }) })).volumes,
      '0.name',
    );
  expect(name('info')).toBe('shop-settings');
  expect(name('debug')).toBe('shop-settings');
});

describe('wrong files', () => {
  it.each([
    ['no object', 'settings', 'INVALID_PROP files./x'],
    ['nothing at all', {}, 'INVALID_PROP files./x'],
    ['an empty folder', [], 'MISSING_PROP files./x'],
    ['text in a folder', ['settings'], 'INVALID_PROP files./x[0]'],
    ['another kind', existing('Deployment', 'd'), 'INVALID_PROP files./x'],
    ['a volume', { temporary: true }, 'INVALID_PROP files./x'],
    ['an unknown prop', { from: SETTINGS, itemz: {} }, 'UNKNOWN_PROP files./x.itemz'],
    ['a path that leads out', { from: SETTINGS, items: { a: '../a' } }, 'INVALID_PROP files./x.items.a'],
    ['too many permissions', { from: SETTINGS, mode: 0o1777 }, 'INVALID_PROP files./x.mode'],
    ['a key that is none', keyOf(SETTINGS, 'a b'), 'INVALID_NAME files./x'],
    ['a mode in a list', [{ from: SETTINGS, mode: 0o400 }], 'INVALID_PROP files./x[0].mode'],
    [
      'a token for too short',
      [{ token: { path: 't', expiration: 5 } }],
      'INVALID_PROP files./x[0].token.expiration',
    ],
    [
      'a misspelled token',
      [{ token: { path: 't', audienc: 'a' } }],
      'UNKNOWN_PROP files./x[0].token.audienc',
    ],
    ['a token outside', [{ token: { path: '/t' } }], 'INVALID_PROP files./x[0].token.path'],
    ['a field outside', [{ fields: { '../f': 'metadata.name' } }], 'INVALID_PROP files./x[0].fields.../f'],
  ])('%s', (_, files, fault) => {
    expect(faultsOf({ files: { '/x': files } })).toEqual([fault]);
  });
});
