import { ManifestSet } from '../../manifest/set';
import { withDeclaredOrder } from './declared-order';
import { waves } from './waves';

const WAVE = 'argocd.argoproj.io/sync-wave';

const object = (apiVersion: string, kind: string, name: string, annotations: object = {}) => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'shop', annotations },
});
const job = (name: string, annotations: object = {}) => object('batch/v1', 'Job', name, annotations);
const web = (name: string, annotations: object = {}) => object('apps/v1', 'Deployment', name, annotations);

/** The waves of objects, each as names, with a star behind one that the next waits for. */
const told = (...objects: readonly object[]): string[] =>
  waves(withDeclaredOrder(ManifestSet.of(objects))).map(({ manifests, awaited }) =>
    manifests
      .map(({ id }) => `${id.name}${awaited.some(({ name }) => name === id.name) ? '*' : ''}`)
      .join(' '),
  );

it.each<[string, readonly object[], readonly string[]]>([
  ['no annotation', [web('api'), job('migrate')], ['api migrate']],
  [
    'sync waves of Argo CD',
    [
      web('api', { [WAVE]: '1' }),
      web('cache'),
      job('migrate', { [WAVE]: '0' }),
      job('seed', { [WAVE]: '-1' }),
    ],
    ['seed*', 'cache migrate*', 'api'],
  ],
  [
    'hooks of Argo CD',
    [web('api'), job('check', { 'argocd.argoproj.io/hook': 'PreSync' })],
    ['check*', 'api'],
  ],
  [
    'hooks of Helm with weights',
    [
      web('api'),
      job('second', { 'helm.sh/hook': 'pre-install,pre-upgrade', 'helm.sh/hook-weight': '2' }),
      job('first', { 'helm.sh/hook': 'pre-install,pre-upgrade', 'helm.sh/hook-weight': '-1' }),
      job('last', { 'helm.sh/hook': 'post-upgrade' }),
    ],
    ['first*', 'second*', 'api last'],
  ],
  ['a wave that is no number', [web('api', { [WAVE]: 'late' }), job('migrate')], ['api migrate']],
])('%s decide which Jobs are waited for', (_, objects, expected) => {
  expect(told(...objects)).toEqual(expected);
});

it('keeps the order of an app', () => {
  const [api, migrate, seed] = ManifestSet.of([
    web('api', { [WAVE]: '1' }),
    job('migrate', { [WAVE]: '0' }),
    job('seed'),
  ]).manifests;
  const after = seed === undefined ? [] : [seed.id];
  const set = ManifestSet.from([{ ...api, after }, migrate, seed] as never);
  expect(withDeclaredOrder(set).manifests[0]?.after).toEqual(after);
});
