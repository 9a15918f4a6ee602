import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Manifests, matchers } from '../../lib/testing';
import { ManifestSet, type Rule } from '../../lib';
import { describeChanges } from '../../lib/testing/changes';
import '../../lib/testing/jest';
import { unfold } from '../../lib/testing/snapshot/fold';
import { snapshotOf } from '../../lib/testing/snapshot/render';
import { messageOf, shopApp } from './apps';

const { app, production } = shopApp();

describe('toHaveResource', () => {
  test('passes where an object is as expected, and its opposite where none is', () => {
    expect(app).toHaveResource('Deployment', { spec: { replicas: 3 } });
    expect(app).not.toHaveResource('Deployment', { spec: { replicas: 4 } });
  });

  test('its opposite names what is there', () => {
    expect(messageOf(() => expect(production).not.toHaveResource('CronJob'))).toContain(
      'expected no such CronJob, and there is CronJob shop/shop-report',
    );
  });
});

describe('toBeAdmitted', () => {
  test('judges for the release of each cluster, or the one that is asked for', () => {
    expect(app).toBeAdmitted();
    expect(production).toBeAdmitted('1.29');
  });

  test('tells what the server would refuse, where and why', () => {
    const broken = [
      { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a' }, spec: { ports: [{ port: 0 }] } },
    ];
    expect(messageOf(() => expect(broken).toBeAdmitted('1.31'))).toMatch(
      /an API server of Kubernetes 1\.31 would refuse this:\n +Service a spec\.ports\[0\]\.port: .*\[admission\//,
    );
  });
});

test('toHaveNoFindings takes rules whose findings are expected', () => {
  const image = 'nginx:latest';
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'a' },
    spec: { containers: [{ name: 'a', image }] },
  };
  expect(messageOf(() => expect([pod]).toHaveNoFindings())).toContain('policy/');
  expect([pod]).toHaveNoFindings({ preset: 'none' });
  const except = [
    ...new Set(
      Manifests.from([pod])
        .findings()
        .map(({ rule }) => rule),
    ),
  ];
  expect([pod]).toHaveNoFindings({ except });
  expect([pod]).not.toHaveNoFindings({ except: except.slice(1) });
});

test('toHaveNoFindings runs the rules that it is given with the preset none as well, and no others', () => {
  const rule: Rule = {
    name: 'acme/no-maps',
    severity: 'warning',
    about: 'Finds ConfigMaps.',
    why: 'There are none at Acme.',
    run: ({ set }, report) => {
      for (const manifest of set)
        if (manifest.id.kind === 'ConfigMap') report(manifest, '', 'is a ConfigMap');
    },
  };
  const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } };
  expect([map]).not.toHaveNoFindings({ rules: [rule], preset: 'none' });
  expect([map]).toHaveNoFindings({ rules: [rule], preset: 'none', severities: { 'acme/no-maps': 'off' } });
  expect([map]).toHaveNoFindings({ rules: [{ ...rule, strict: true }], preset: 'none' });
});

test('toHaveNoFindings counts remarks where it is asked to', () => {
  const login = { apiVersion: 'example.com/v1', kind: 'Login', metadata: { name: 'login' } };
  expect([login]).toHaveNoFindings();
  const message = messageOf(() => expect([login]).toHaveNoFindings({ info: true }));
  expect(message).toContain('[admission/no-definition]');
});

describe('toAllowConnection and toOnlyAllow', () => {
  test('take constructs, names and addresses', () => {
    expect(production).toAllowConnection(production.web, production.api, 8080);
    expect(production).toAllowConnection('shop-web', 'shop/shop-api', 8080);
    expect(production).not.toAllowConnection('shop-worker', 'shop-api', 8080);
    expect(production).not.toAllowConnection('203.0.113.7', 'shop-api', 8080);
  });

  test('say which connections are too many and which are lacking', () => {
    const message = messageOf(() => expect(production.api).toOnlyAllow([['shop-api', 'shop-api', 1]]));
    expect(message).toContain('- Deployment shop/shop-api → Deployment shop/shop-api on 1/TCP');
  });

  test('refuse who is not there', () => {
    expect(messageOf(() => expect(app).toAllowConnection('shop-wep', 'shop-api', 8080))).toContain(
      'shop-web',
    );
    expect(messageOf(() => expect(production).toAllowConnection('shop-web', 'shop-api', 0))).toContain(
      'invalid port "0"',
    );
  });
});

describe('toRollOut and toReplacePods', () => {
  const old = shopApp(2).app;

  test('tell a change in place from one that replaces pods', () => {
    expect(app).toRollOut(old);
    expect(app).not.toReplacePods(old);
    const newer = Manifests.from(production).get('Deployment', 'shop-api').object;
    const image = JSON.parse(JSON.stringify(newer).replace('1.4.2', '1.5.0')) as object;
    expect([image]).toReplacePods([newer]);
    expect(messageOf(() => expect([image]).not.toReplacePods([newer]))).toContain(
      'Deployment shop/shop-api: rolled out (spec.template.spec.containers[0].image)',
    );
  });

  test('compare rendered files with one environment', () => {
    const rendered = ManifestSet.parse(Manifests.from(production).set.toYaml());
    expect(production).not.toReplacePods(rendered);
    expect(messageOf(() => expect(app).toRollOut(rendered))).toContain("resourcesOf('staging')");
  });

  test('say what the server would reject', () => {
    const newer = Manifests.from(production).get('Deployment', 'shop-api').object;
    const selector = JSON.parse(
      JSON.stringify(newer).replaceAll('/instance":"shop-api', '/instance":"other'),
    ) as object;
    expect(messageOf(() => expect([selector]).toRollOut([newer]))).toMatch(
      /would reject this change:\n {2}Deployment shop\/shop-api: rejected.*\n {6}spec\.selector: /,
    );
  });
});

describe('toMatchManifestSnapshot', () => {
  const folder = mkdtempSync(join(tmpdir(), 'snapshots-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const run = (update: 'all' | 'new' | 'none', replicas = 3, name = 'shop') =>
    matchers.toMatchManifestSnapshot.call(
      {
        testPath: join(folder, 'shop.test.ts'),
        currentTestName: name,
        snapshotState: { _updateSnapshot: update },
      },
      shopApp(replicas).app,
    );
  const snapshots = join(folder, '__snapshots__', 'shop.test.ts');

  test('writes one YAML file an environment, with nothing that the server fills in and no hash', () => {
    expect(run('new').pass).toBe(true);
    expect(readdirSync(snapshots)).toEqual(['shop.production.yaml', 'shop.staging.yaml']);
    const text = readFileSync(join(snapshots, 'shop.production.yaml'), 'utf8');
    expect(text).toContain('name: shop-settings-xxxxxxxxxx');
    expect(text).not.toMatch(/protocol: TCP|shop-settings-[0-9a-f]{10}/);
  });

  test('passes as long as nothing changes, and says the file and the lines when something does', () => {
    expect(run('none').pass).toBe(true);
    const { pass, message } = run('new', 4);
    expect([pass, message()]).toEqual([false, expect.stringContaining('shop.production.yaml')]);
    expect(message()).toContain('Deployment shop/shop-api: updated (spec.replicas)');
    expect(run('all', 4).pass).toBe(true);
    expect(run('none', 4).pass).toBe(true);
  });

  test('sees a change of configuration as the pods that it rolls', () => {
    const rendered = (level: string) => {
      const before = snapshotOf(shopApp().production);
      return ManifestSet.parse(before.replace('LOG_LEVEL: info', `LOG_LEVEL: ${level}`));
    };
    const said = describeChanges(unfold(rendered('info')), unfold(rendered('debug')));
    expect(said).toMatch(/Deployment shop\/shop-api: rolled out \(.*envFrom\[0\]\.configMapRef\.name/);
    expect(said).not.toContain('rejected');
  });

  test('writes nothing new in CI, and takes the line ends of Windows', () => {
    const { pass, message } = run('none', 3, 'another one');
    expect([pass, message()]).toEqual([false, expect.stringContaining('in CI none is written')]);
    expect(existsSync(join(snapshots, 'another-one.production.yaml'))).toBe(false);
    const file = join(snapshots, 'shop.production.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('\n', '\r\n'));
    expect(run('none', 4).pass).toBe(true);
  });
});
