import { having, object } from '../../../../test/plan/changes';
import { sentences, workload } from '../../../../test/plan/consequences/consequences';

const secret = object('v1', 'Secret', { data: { key: 'YQ==' } });
const settings = object('v1', 'ConfigMap', { data: { level: 'info' } });
const said = (before: readonly object[], after: readonly object[]) =>
  sentences('configuration', before, after);

const mounting = (mount: object, volumes: readonly object[], image = 'a') =>
  workload('Deployment', {}, '', {
    containers: [{ name: 'app', image, volumeMounts: [{ name: 'files', mountPath: '/etc/app', ...mount }] }],
    volumes,
  });

it('says how a Secret is read', () => {
  const reader = mounting({}, [{ name: 'files', secret: { secretName: 'a' } }]);
  expect(said([secret, reader], [having(secret, 'data.key', 'Yg=='), reader])).toEqual([
    'info: Secret shop/a changes under the same name: Deployment shop/a mounts it, and sees the new files within about a minute.',
  ]);
});

it('knows a mount by subPathExpr, and by the volume that it is of', () => {
  const volumes = [
    { name: 'tmp', emptyDir: {} },
    { name: 'files', configMap: { name: 'a' } },
  ];
  const louder = having(settings, 'data.level', 'debug');
  const through = (mount: object) => mounting(mount, volumes);
  expect(
    said([settings, through({ subPathExpr: '$(A)' })], [louder, through({ subPathExpr: '$(A)' })]),
  ).toEqual([
    'warning: ConfigMap shop/a changes under the same name: Deployment shop/a mounts it with subPath, and keeps the old files until its pods restart.',
  ]);
  const other = workload('Deployment', {}, '', {
    containers: [
      {
        name: 'app',
        image: 'a',
        volumeMounts: [
          { name: 'tmp', mountPath: '/tmp', subPath: 'x' },
          { name: 'files', mountPath: '/etc/app' },
        ],
      },
    ],
    volumes,
  });
  const mixed = workload('Deployment', {}, '', {
    containers: [
      {
        name: 'app',
        image: 'a',
        volumeMounts: [
          { name: 'tmp', mountPath: '/tmp' },
          { name: 'files', mountPath: '/etc/app', subPath: 'x' },
        ],
      },
    ],
    volumes,
  });
  expect(said([settings, mixed], [louder, mixed])).toEqual([
    expect.stringContaining('mounts it with subPath, and keeps the old files until its pods restart.'),
  ]);
  expect(said([settings, other], [louder, other])).toEqual([
    'info: ConfigMap shop/a changes under the same name: Deployment shop/a mounts it, and sees the new files within about a minute.',
  ]);
});

it('says of a CronJob that its next pods read the new values', () => {
  const containers = [{ name: 'app', image: 'a', envFrom: [{ configMapRef: { name: 'a' } }] }];
  const template = { spec: { restartPolicy: 'Never', containers } };
  const cronJob = object('batch/v1', 'CronJob', {
    spec: { schedule: '@daily', jobTemplate: { spec: { template } } },
  });
  expect(said([settings, cronJob], [having(settings, 'data.level', 'debug'), cronJob])).toEqual([
    'info: ConfigMap shop/a changes under the same name: CronJob shop/a reads the new values in its next pods.',
  ]);
});

it('says nothing of configuration that comes, goes, or keeps its data', () => {
  const reader = mounting({}, [{ name: 'files', configMap: { name: 'a', optional: true } }]);
  expect(said([reader], [settings, reader])).toEqual([]);
  expect(said([settings, reader], [reader])).toEqual([]);
  expect(said([settings, reader], [having(settings, 'immutable', true), reader])).toEqual([]);
});

it.each([
  [{ secret: { secretName: 'a-1' } }, { secret: { secretName: 'a-2' } }, 'Secret a-2 instead of a-1'],
  [{ configMap: { name: 'a-1' } }, { configMap: { name: 'a-2' } }, 'ConfigMap a-2 instead of a-1'],
])('says which object a workload reads instead of %j', (before, after, words) => {
  const [old, now] = [before, after].map((volume) => mounting({}, [{ name: 'files', ...volume }]));
  expect(said([old ?? {}], [now ?? {}])).toEqual([`info: Deployment shop/a reads ${words}.`]);
});

it('says so once of several fields, and nothing of other names', () => {
  const reading = (name: string, image = 'a') => {
    const env = ['A', 'B'].map((key) => ({ name: key, valueFrom: { secretKeyRef: { name, key } } }));
    return workload('Deployment', {}, '', { containers: [{ name: 'app', image, env }] });
  };
  expect(said([reading('a')], [reading('b')])).toEqual([
    'info: Deployment shop/a reads Secret b instead of a.',
  ]);
  expect(said([reading('a')], [reading('a', 'b')])).toEqual([]);
});
