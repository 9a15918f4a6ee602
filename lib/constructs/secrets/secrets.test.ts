import { parse } from 'yaml';
import { at, faults, only, problems, rendered } from '../../../test/constructs/rendering';
import type { Chart, ClusterProfile, PlainObject, SecretsStoreProps } from '../../index';
import { check, ExternalSecret, SecretsStore, Worker } from '../../index';

const image = 'ghcr.io/acme/app:1.0.0';

describe('an ExternalSecret', () => {
  const versionIn = (profile?: ClusterProfile): string =>
    only(
      'ExternalSecret',
      (chart) => new ExternalSecret(chart, 'login', { store: 'vault', keys: { password: 'db' } }),
      profile && { profile },
    ).apiVersion;

  it.each<[string, ClusterProfile['installed']]>([
    ['v1', ['external-secrets']],
    ['v1', { 'external-secrets': true }],
    ['v1', { 'external-secrets': '2.1' }],
    ['v1', { 'external-secrets': '0.17.0' }],
    ['v1beta1', { 'external-secrets': '0.15' }],
    ['v1beta1', { 'external-secrets': '0.9.20' }],
  ])('is %s where the profile has %j', (version, installed = []) => {
    expect(versionIn({ installed })).toBe(`external-secrets.io/${version}`);
  });

  it('is v1 where no profile says what is installed', () => {
    expect(versionIn()).toBe('external-secrets.io/v1');
  });

  it.each([{}, { installed: ['keda'] } as const])('needs External Secrets in the profile: %j', (profile) => {
    const [problem, ...more] = problems(
      (chart) => new ExternalSecret(chart, 'login', { store: 'vault', keys: { password: 'db' } }),
      { profile },
    );
    expect(more).toEqual([]);
    expect(problem).toMatchObject({
      code: 'MISSING_PROP',
      path: 'installed',
      message:
        'Required value: the profile of environment "production" does not have External Secrets Operator',
      hint: "Add it to the profile: `installed: ['external-secrets']`.",
    });
  });

  it('is read by pods as variables and files, and has no finding', () => {
    const set = rendered(
      (chart) => {
        const login = new ExternalSecret(chart, 'login', {
          store: 'vault',
          keys: { password: 'db', user: 'db' },
        });
        new Worker(chart, 'app', {
          image,
          env: { PASSWORD: login.key('password') },
          envFrom: [login],
          files: { '/login': login.mount({ items: { user: 'name' }, mode: 0o400 }) },
        });
      },
      { profile: { installed: ['external-secrets'] }, chart: { namespace: 'shop' } },
    );
    const pod = at(set.get({ kind: 'Deployment' }).object, 'spec.template.spec');
    expect(at(pod, 'containers.0.env.0.valueFrom.secretKeyRef')).toEqual({
      name: 'shop-login',
      key: 'password',
    });
    expect(at(pod, 'volumes.0.secret')).toEqual({
      secretName: 'shop-login',
      defaultMode: 0o400,
      items: [{ key: 'user', path: 'name' }],
    });
    expect(check(set).filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

describe('a SecretsStore', () => {
  const PROFILE: ClusterProfile = { installed: ['secrets-store-csi-driver'], provider: 'eks' };
  const render = (props: Partial<SecretsStoreProps>, profile = PROFILE): PlainObject =>
    only(
      'SecretProviderClass',
      (chart) => new SecretsStore(chart, 'login', { keys: { password: 'db#password' }, ...props }),
      { profile },
    );
  const objectsIn = (object: PlainObject, field = 'objects'): unknown =>
    parse(String(at(object, `spec.parameters.${field}`)));

  it('names each file of AWS Secrets Manager by its key, and each entry once', () => {
    const arn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:ca';
    const own = { objectName: '/shop/level', objectType: 'ssmparameter' };
    const keys = { password: 'shop/db#pass-word', user: 'shop/db#user', ca: arn, level: own, all: 'shop/db' };
    expect(objectsIn(render({ keys }))).toEqual([
      { objectName: arn, objectAlias: 'ca' },
      { ...own, objectAlias: 'level' },
      {
        objectName: 'shop/db',
        objectType: 'secretsmanager',
        objectAlias: 'all',
        jmesPath: [
          { path: '"pass-word"', objectAlias: 'password' },
          { path: '"user"', objectAlias: 'user' },
        ],
      },
    ]);
  });

  it('reads Key Vault as a list of texts', () => {
    const parameters = { keyvaultName: 'shop', tenantId: 't' };
    const object = render({ provider: 'azure', parameters, keys: { password: 'db-password' } });
    expect(at(object, 'spec.parameters')).toMatchObject(parameters);
    const { array } = objectsIn(object) as { readonly array: readonly string[] };
    expect(array.map((text) => parse(text) as unknown)).toEqual([
      { objectName: 'db-password', objectType: 'secret', objectAlias: 'password' },
    ]);
  });

  it('reads the latest version in Google Secret Manager, or a given one', () => {
    const keys = { a: 'projects/acme/secrets/db#password', b: 'projects/acme/secrets/db/versions/3' };
    expect(objectsIn(render({ keys }, { ...PROFILE, provider: 'gke' }), 'secrets')).toEqual([
      { resourceName: 'projects/acme/secrets/db/versions/latest', extractJSONKey: 'password', path: 'a' },
      { resourceName: 'projects/acme/secrets/db/versions/3', path: 'b' },
    ]);
  });

  it('reads Vault with a role', () => {
    const object = render({
      provider: 'vault',
      parameters: { roleName: 'shop' },
      keys: { p: 'secret/data/db#password' },
    });
    expect(at(object, 'spec.parameters.roleName')).toBe('shop');
    expect(objectsIn(object)).toEqual([
      { secretPath: 'secret/data/db', secretKey: 'password', objectName: 'p' },
    ]);
  });

  it.each<[string, Partial<SecretsStoreProps>, ClusterProfile, string]>([
    ['no driver', {}, { provider: 'eks' }, 'MISSING_PROP installed'],
    ['no provider', {}, { installed: ['secrets-store-csi-driver'] }, 'MISSING_PROP provider'],
    ['Vault without a role', { provider: 'vault' }, PROFILE, 'MISSING_PROP parameters.roleName'],
    [
      'a property of Key Vault',
      { provider: 'azure', parameters: { keyvaultName: 'a', tenantId: 'b' } },
      PROFILE,
      'INVALID_PROP keys.password',
    ],
    ['a short name in Google Secret Manager', { provider: 'gcp' }, PROFILE, 'INVALID_PROP keys.password'],
    ['no keys', { keys: {} }, PROFILE, 'MISSING_PROP keys'],
  ])('%s is an error', (_, props, profile, fault) => {
    expect(
      faults((chart) => new SecretsStore(chart, 'x', { keys: { password: 'db#password' }, ...props }), {
        profile,
      }),
    ).toEqual([fault]);
  });

  const program =
    (props: Partial<SecretsStoreProps>, isMounted: boolean) =>
    (chart: Chart): void => {
      const store = new SecretsStore(chart, 'login', { keys: { password: 'db#password' }, ...props });
      new Worker(chart, 'app', {
        image,
        env: { PASSWORD: store.key('password') },
        envFrom: [store.secret],
        resources: { cpu: '10m', memory: { request: '32Mi', limit: '32Mi' } },
        files: isMounted ? { '/run/login': store.mount() } : {},
      });
    };

  it('is a read-only volume, and a Secret while a pod mounts it, without a finding', () => {
    const set = rendered(program({ sync: true }, true), { profile: PROFILE, chart: { namespace: 'shop' } });
    expect(at(set.get({ kind: 'SecretProviderClass' }).object, 'spec.secretObjects')).toEqual([
      { secretName: 'shop-login', type: 'Opaque', data: [{ objectName: 'password', key: 'password' }] },
    ]);
    const pod = at(set.get({ kind: 'Deployment' }).object, 'spec.template.spec');
    expect(at(pod, 'volumes.0.csi')).toEqual({
      driver: 'secrets-store.csi.k8s.io',
      readOnly: true,
      volumeAttributes: { secretProviderClass: 'shop-login' },
    });
    expect(at(pod, 'containers.0.volumeMounts.0')).toMatchObject({ mountPath: '/run/login', readOnly: true });
    expect(at(pod, 'containers.0.env.0.valueFrom.secretKeyRef.name')).toBe('shop-login');
    expect(check(set).filter(({ severity }) => severity !== 'info')).toEqual([]);
  });

  it('has no Secret unless it is asked for, nor for pods that do not mount it', () => {
    expect(faults(program({}, true), { profile: PROFILE })).toEqual(['MISSING_PROP sync']);
    expect(faults(program({ sync: true }, false), { profile: PROFILE })).toEqual(['MISSING_PROP files']);
  });
});
