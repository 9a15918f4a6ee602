import { Chart as Cdk8sChart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import type { Chart, Env, EnvFrom } from '../../../lib';
import { ConfigMap, existing, ExternalSecret, keyOf, Secret, Worker } from '../../../lib';
import { at, containerOf, faultsOf, only, problems, rendered, worker } from '../rendering';

function envOf(env: (chart: Chart) => Env): unknown {
  const object = only('Deployment', (chart) => new Worker(chart, 'app', { image: 'a/b:1', env: env(chart) }));
  return at(object, 'spec.template.spec.containers.0.env');
}

function envFromOf(sources: (chart: Chart) => readonly EnvFrom[]): unknown {
  const build = (chart: Chart): unknown =>
    new Worker(chart, 'app', { image: 'a/b:1', envFrom: sources(chart) });
  return at(only('Deployment', build), 'spec.template.spec.containers.0.envFrom');
}

describe('variables', () => {
  it('hold text, numbers and booleans as text, in the order given', () => {
    expect(envOf(() => ({ B: 'b', A: 5, EMPTY: '', YES: true, HALF: 0.5, NO: false }))).toEqual([
      { name: 'B', value: 'b' },
      { name: 'A', value: '5' },
      { name: 'EMPTY', value: '' },
      { name: 'YES', value: 'true' },
      { name: 'HALF', value: '0.5' },
      { name: 'NO', value: 'false' },
    ]);
  });

  it('are not left out without a word where they are undefined', () => {
    expect(problems(worker({ env: { A: undefined as never, B: 'b' } }))).toMatchObject([
      { code: 'MISSING_PROP', path: 'env.A', hint: 'Set a value, or leave out `A`.' },
    ]);
  });

  it('come from keys of our ConfigMaps, Secrets and ExternalSecrets', () => {
    const env = envOf((chart) => ({
      LEVEL: new ConfigMap(chart, 'settings', { data: { level: 'info' }, immutable: false }).key('level'),
      TOKEN: new Secret(chart, 'token', { data: { t: 'x' }, unsafe: true, immutable: false }).key('t', {
        optional: true,
      }),
      PASSWORD: new ExternalSecret(chart, 'login', { store: 'vault', keys: { password: 'db' } }).key(
        'password',
      ),
    }));
    expect(env).toEqual([
      { name: 'LEVEL', valueFrom: { configMapKeyRef: { name: 'shop-settings', key: 'level' } } },
      { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'shop-token', key: 't', optional: true } } },
      { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'shop-login', key: 'password' } } },
    ]);
  });

  it('come from keys of cdk8s-plus objects, made here and imported', () => {
    const env = envOf((chart) => {
      const made = new kplus.ConfigMap(chart, 'made', { data: { level: 'info' } });
      return {
        MADE: keyOf(made, 'level'),
        IMPORTED: keyOf(kplus.ConfigMap.fromConfigMapName(chart, 'imported', 'theirs'), 'level'),
        SECRET: keyOf(kplus.Secret.fromSecretName(chart, 'secret', 'their-secret'), 'key'),
        MADE_SECRET: keyOf(new kplus.Secret(chart, 'made-secret'), 'key'),
      };
    });
    expect(env).toEqual([
      { name: 'MADE', valueFrom: { configMapKeyRef: { name: 'shop-made', key: 'level' } } },
      { name: 'IMPORTED', valueFrom: { configMapKeyRef: { name: 'theirs', key: 'level' } } },
      { name: 'SECRET', valueFrom: { secretKeyRef: { name: 'their-secret', key: 'key' } } },
      { name: 'MADE_SECRET', valueFrom: { secretKeyRef: { name: 'shop-made-secret', key: 'key' } } },
    ]);
  });

  it('come from objects that the app does not make', () => {
    expect(envOf(() => ({ A: keyOf(existing('Secret', 'theirs'), 'k') }))).toEqual([
      { name: 'A', valueFrom: { secretKeyRef: { name: 'theirs', key: 'k' } } },
    ]);
  });

  it('come from fields of the pod and resources of a container', () => {
    const env = envOf(() => ({
      IP: { field: 'status.podIP' },
      MEMORY: { resource: 'limits.memory', divisor: '1Mi', container: 'other' },
      CPU: { resource: 'limits.cpu' },
    }));
    expect(env).toEqual([
      { name: 'IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
      {
        name: 'MEMORY',
        valueFrom: {
          resourceFieldRef: { resource: 'limits.memory', divisor: '1Mi', containerName: 'other' },
        },
      },
      { name: 'CPU', valueFrom: { resourceFieldRef: { resource: 'limits.cpu' } } },
    ]);
  });

  it('are taken as cdk8s-plus has them', () => {
    const env = envOf((chart) => ({
      VALUE: kplus.EnvValue.fromValue('text'),
      FIELD: kplus.EnvValue.fromFieldRef(kplus.EnvFieldPaths.POD_NAME),
      KEY: kplus.EnvValue.fromConfigMap(kplus.ConfigMap.fromConfigMapName(chart, 'cm', 'theirs'), 'k'),
    }));
    expect(env).toEqual([
      { name: 'VALUE', value: 'text' },
      { name: 'FIELD', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
      { name: 'KEY', valueFrom: { configMapKeyRef: { name: 'theirs', key: 'k' } } },
    ]);
  });
});

describe('whole ConfigMaps and Secrets', () => {
  it('become variables, with a prefix where there is one', () => {
    const sources = envFromOf((chart) => [
      new ConfigMap(chart, 'settings', { data: { A: '1' }, immutable: false }),
      { from: existing('Secret', 'theirs'), prefix: 'DB_', optional: true },
      kplus.ConfigMap.fromConfigMapName(chart, 'imported', 'imported'),
      new ExternalSecret(chart, 'login', { store: 'vault', keys: { a: 'b' } }),
    ]);
    expect(sources).toEqual([
      { configMapRef: { name: 'shop-settings' } },
      { prefix: 'DB_', secretRef: { name: 'theirs', optional: true } },
      { configMapRef: { name: 'imported' } },
      { secretRef: { name: 'shop-login' } },
    ]);
  });
});

describe('a wrong variable', () => {
  it.each([
    ['A=B', 'x', 'INVALID_NAME env.A=B'],
    ['A', null, 'INVALID_PROP env.A'],
    ['A', Number.NaN, 'INVALID_PROP env.A'],
    ['A', ['x'], 'INVALID_PROP env.A'],
    ['A', {}, 'INVALID_PROP env.A'],
    ['A', { field: 'metadata.name', fieldd: 1 }, 'UNKNOWN_PROP env.A.fieldd'],
    ['A', { resource: 'limits.cpu', divizor: '1' }, 'UNKNOWN_PROP env.A.divizor'],
    ['A', { of: existing('ConfigMap', 'c'), key: 'k', optionl: true }, 'UNKNOWN_PROP env.A.optionl'],
    ['A', keyOf(existing('ConfigMap', 'c'), 'no/key'), 'INVALID_NAME env.A'],
    ['A', keyOf(existing('Deployment', 'd'), 'k'), 'INVALID_PROP env.A'],
  ])('%s: %j is told', (name, value, fault) => {
    expect(faultsOf({ env: { [name]: value } })).toEqual([fault]);
  });

  it('depends on the release: names are freer since 1.32', () => {
    const env = { '1ST CHOICE': 'x' };
    expect(containerOf({ env }, { profile: { kubernetes: '1.32' } })).toMatchObject({
      env: [{ value: 'x' }],
    });
    expect(faultsOf({ env }, { profile: { kubernetes: '1.31' } })).toEqual(['INVALID_NAME env.1ST CHOICE']);
  });

  it('names the key that a ConfigMap lacks, and the ones it has', () => {
    const [problem] = problems((chart) => {
      const settings = new ConfigMap(chart, 'settings', { data: { level: 'info', mode: 'fast' } });
      new Worker(chart, 'app', { image: 'a/b:1', env: { LEVEL: settings.key('levl') } });
    });
    expect(problem).toMatchObject({ code: 'INVALID_PROP', path: "key('levl')", place: 'shop/settings' });
    expect(problem?.message).toBe('unknown key; it has level, mode');
  });

  it('is a source that is no configuration', () => {
    expect(faultsOf({ envFrom: ['settings'] })).toEqual(['INVALID_PROP envFrom[0]']);
    expect(faultsOf({ envFrom: [existing('ServiceAccount', 'x')] })).toEqual(['INVALID_PROP envFrom[0]']);
    expect(faultsOf({ envFrom: [{ from: existing('Secret', 's'), prefixx: 'A' }] })).toEqual([
      'UNKNOWN_PROP envFrom[0].prefixx',
    ]);
    expect(faultsOf({ envFrom: [{ from: existing('Secret', 's'), prefix: 'a=' }] })).toEqual([
      'INVALID_NAME envFrom[0].prefix',
    ]);
  });
});

it('refers to cdk8s-plus objects of another chart by their names', () => {
  const set = rendered((chart) => {
    const other = new Cdk8sChart(chart, 'other');
    const settings = new kplus.ConfigMap(other, 'settings');
    new Worker(chart, 'app', { image: 'a/b:1', envFrom: [settings] });
  });
  const { name } = set.get({ kind: 'ConfigMap' }).id;
  expect(at(set.get({ kind: 'Deployment' }).object, 'spec.template.spec.containers.0.envFrom')).toEqual([
    { configMapRef: { name } },
  ]);
});
