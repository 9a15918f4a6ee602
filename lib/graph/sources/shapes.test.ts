import { check } from '../../check/check';
import { ManifestSet } from '../../manifest/set';
import { references } from '../references';

const core = (kind: string, name: string, fields: object = {}, namespace = 'shop') => ({
  apiVersion: 'v1',
  kind,
  metadata: { name, namespace },
  ...fields,
});
const pipeline = (spec: object, apiVersion = 'tekton.dev/v1') => ({
  apiVersion,
  kind: 'Pipeline',
  metadata: { name: 'build', namespace: 'shop' },
  spec,
});
const config = core('ConfigMap', 'settings', { data: { LEVEL: 'info' } });
const login = core('Secret', 'login');

const referred = (object: object, ...others: object[]) =>
  references(ManifestSet.of([object, ...others])).references.flatMap((reference) =>
    reference.type === 'names' && reference.from.id.kind === 'Pipeline'
      ? [
          `${reference.path} ${reference.target.kind} ${reference.target.namespace ?? '-'}/${reference.target.name} ${reference.resolution}`,
        ]
      : [],
  );
const missing = (object: object, ...others: object[]) =>
  check(ManifestSet.of([object, ...others]))
    .filter(({ rule, severity }) => rule.startsWith('wiring/') && severity !== 'info')
    .map(({ rule, severity, path, message }) => `${severity} ${rule} ${path}: ${message}`);

describe('a kind that nothing is known of refers to', () => {
  it.each<[string, object, string]>([
    [
      'the ConfigMap of a variable',
      {
        steps: [{ env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'settings', key: 'LEVEL' } } }] }],
      },
      'spec.steps[0].env[0].valueFrom.configMapKeyRef.name ConfigMap shop/settings set',
    ],
    [
      'a source of variables',
      { steps: [{ envFrom: [{ configMapRef: { name: 'settings' } }] }] },
      'spec.steps[0].envFrom[0].configMapRef.name ConfigMap shop/settings set',
    ],
    [
      'the ConfigMap of a volume',
      { volumes: [{ name: 'v', configMap: { name: 'settings' } }] },
      'spec.volumes[0].configMap.name ConfigMap shop/settings set',
    ],
    [
      'the Secret of a key',
      { auth: { secretKeyRef: { name: 'login', key: 'a' } } },
      'spec.auth.secretKeyRef.name Secret shop/login set',
    ],
    [
      'a Secret',
      { credentials: { secretRef: { name: 'login' } } },
      'spec.credentials.secretRef.name Secret shop/login set',
    ],
    [
      'a Secret by its name alone',
      { tls: { secretName: 'login' } },
      'spec.tls.secretName Secret shop/login set',
    ],
    [
      'pull secrets',
      { imagePullSecrets: [{ name: 'login' }] },
      'spec.imagePullSecrets[0].name Secret shop/login set',
    ],
    [
      'a claim',
      { workspace: { persistentVolumeClaim: { claimName: 'data' } } },
      'spec.workspace.persistentVolumeClaim.claimName PersistentVolumeClaim shop/data set',
    ],
    [
      'an account',
      { taskRun: { serviceAccountName: 'builder' } },
      'spec.taskRun.serviceAccountName ServiceAccount shop/builder set',
    ],
    [
      'a Secret of another namespace that stands next to it',
      { secretRef: { name: 'other', namespace: 'tools' } },
      'spec.secretRef.name Secret tools/other set',
    ],
  ])('%s', (_, spec, expected) => {
    const others = [
      config,
      login,
      core('PersistentVolumeClaim', 'data'),
      core('ServiceAccount', 'builder'),
      core('Secret', 'other', {}, 'tools'),
    ];
    expect(referred(pipeline(spec), ...others)).toEqual([expected]);
  });

  it('nothing by fields that may mean anything, or name what will be created', () => {
    const spec = {
      secretName: 'new',
      serviceAccountName: 'new',
      secretRef: { name: 'new' },
      configMap: { name: 'settings' },
      tls: { secretName: '' },
    };
    expect(referred(pipeline(spec), config)).toEqual([]);
  });

  it.each<[string, object, string]>([
    [
      'the ConfigMap of a projected volume',
      { projected: { sources: [{ configMap: { name: 'new' } }] } },
      'projected.sources[0].configMap.name ConfigMap',
    ],
    [
      'the Secret of a projected volume',
      { projected: { sources: [{ secret: { name: 'new' } }] } },
      'projected.sources[0].secret.name Secret',
    ],
    ['the Secret of a volume', { secret: { secretName: 'new' } }, 'secret.secretName Secret'],
    [
      'the claim of a volume',
      { persistentVolumeClaim: { claimName: 'new' } },
      'persistentVolumeClaim.claimName PersistentVolumeClaim',
    ],
  ])('%s, even if there is none', (_, volume, expected) => {
    expect(referred(pipeline({ extraVolumes: [volume] }))).toEqual([
      `spec.extraVolumes[0].${expected} shop/new missing`,
    ]);
  });

  it('what its name is nearly that of, and an account where there are others', () => {
    const account = core('ServiceAccount', 'builder');
    expect(referred(pipeline({ secretName: 'lgoin' }), core('Secret', 'logn'))).toEqual([]);
    expect(referred(pipeline({ secretName: 'logn' }), login)).toEqual([
      'spec.secretName Secret shop/logn missing',
    ]);
    expect(referred(pipeline({ serviceAccountName: 'runner' }), account)).toEqual([
      'spec.serviceAccountName ServiceAccount shop/runner missing',
    ]);
    expect(missing(pipeline({ serviceAccountName: 'bulder' }), account)).toEqual([
      'error wiring/service-account-missing spec.serviceAccountName: ServiceAccount "bulder" in namespace "shop" not found',
    ]);
  });

  it('nothing in its status or metadata', () => {
    expect(referred({ ...pipeline({}), status: { secretName: 'login' } }, login)).toEqual([]);
  });
});

describe('what is missing', () => {
  const reading = (name: string, key = 'LEVEL', more: object = {}) =>
    pipeline({ steps: [{ env: [{ name: 'A', valueFrom: { configMapKeyRef: { name, key, ...more } } }] }] });
  const at = 'spec.steps[0].env[0].valueFrom.configMapKeyRef';

  it('is a warning, since nothing is known of the kind', () => {
    expect(missing(reading('settings-4f2a'), config)).toEqual([
      `warning wiring/config-map-missing ${at}.name: ConfigMap "settings-4f2a" in namespace "shop" not found, but nothing is known of the kind Pipeline`,
    ]);
  });

  it('is an error where a name is a letter off', () => {
    expect(missing(reading('setings'), config)).toEqual([
      `error wiring/config-map-missing ${at}.name: ConfigMap "setings" in namespace "shop" not found`,
    ]);
  });

  it('may be a key of an object that is there', () => {
    expect(missing(reading('settings', 'LEVLE'), config)).toEqual([
      `error wiring/key-missing ${at}.key: ConfigMap "settings" in namespace "shop" has no key "LEVLE"`,
    ]);
  });

  it('does not matter where it is optional', () => {
    expect(missing(reading('none', 'LEVEL', { optional: true }), config)).toEqual([]);
  });
});
