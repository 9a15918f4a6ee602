import { having, object } from '../changes';
import { consequences, sentences, workload } from './consequences';

const settings = object('v1', 'ConfigMap', { data: { level: 'info' } });
const louder = having(settings, 'data.level', 'debug');
const NAME = 'ConfigMap shop/a changes under the same name: Deployment shop/a';

function reading(
  container: object,
  pod: Record<string, unknown> = {},
  image = 'a',
): ReturnType<typeof workload> {
  return workload('Deployment', {}, '', { containers: [{ name: 'app', image, ...container }], ...pod });
}

const volumes = [{ name: 'config', configMap: { name: 'a' } }];

it.each([
  [
    'as environment variables',
    reading({ envFrom: [{ configMapRef: { name: 'a' } }] }),
    'warning',
    'reads it into environment variables, and keeps the old values until its pods restart.',
  ],
  [
    'as files',
    reading({ volumeMounts: [{ name: 'config', mountPath: '/etc/app' }] }, { volumes }),
    'info',
    'mounts it, and sees the new files within about a minute.',
  ],
  [
    'as one file',
    reading({ volumeMounts: [{ name: 'config', mountPath: '/etc/app', subPath: 'level' }] }, { volumes }),
    'warning',
    'mounts it with subPath, and keeps the old files until its pods restart.',
  ],
])('says what a workload makes of it that reads it %s', (_, reader, severity, rest) => {
  expect(consequences('configuration', [settings, reader], [louder, reader])).toEqual([
    { kind: 'configuration', severity, message: `${NAME} ${rest}` },
  ]);
});

it('is no trouble where the pods are replaced as well', () => {
  const env = [{ name: 'LEVEL', valueFrom: { configMapKeyRef: { name: 'a', key: 'level' } } }];
  expect(
    sentences('configuration', [settings, reading({ env })], [louder, reading({ env }, {}, 'b')]),
  ).toEqual([`info: ${NAME} reads the new values, because its pods are replaced too.`]);
});

it('names no workload that reads something else', () => {
  const other = reading({ envFrom: [{ configMapRef: { name: 'other', optional: true } }] });
  expect(sentences('configuration', [settings, other], [louder, other])).toEqual([]);
  const labelled = having(settings, 'metadata.labels', { a: 'b' });
  const reader = reading({ envFrom: [{ configMapRef: { name: 'a' } }] });
  expect(sentences('configuration', [settings, reader], [labelled, reader])).toEqual([]);
});

it('says which configuration a workload rolls for, where names follow content', () => {
  const named = (name: string): object[] => [
    having(settings, 'metadata.name', name),
    reading({ envFrom: [{ configMapRef: { name } }] }),
  ];
  expect(sentences('configuration', named('a-1'), named('a-2'))).toEqual([
    expect.stringMatching(
      /^info: ConfigMap shop\/a-2 takes the place of ConfigMap shop\/a-1, which is deleted\. /,
    ),
    'info: Deployment shop/a reads ConfigMap a-2 instead of a-1.',
  ]);
});

it('waits for the rollout of workloads that stay, and not of one that goes with the old configuration', () => {
  const reader = (workloadName: string, name: string): object =>
    having(reading({ envFrom: [{ configMapRef: { name } }] }), 'metadata.name', workloadName);
  const old = having(settings, 'metadata.name', 'a-1');
  const now = having(settings, 'metadata.name', 'a-2');
  expect(
    sentences('configuration', [old, reader('a', 'a-1'), reader('b', 'a-1')], [now, reader('a', 'a-2')]),
  ).toEqual(
    expect.arrayContaining([expect.stringMatching(/Until the rollout of Deployment shop\/a is complete/)]),
  );
});
