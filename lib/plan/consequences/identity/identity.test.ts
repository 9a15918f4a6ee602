import { ManifestSet } from '../../../manifest/set';
import { having, object } from '../../../../test/plan/changes';
import { sentences, workload } from '../../../../test/plan/consequences/consequences';
import { plan } from '../../plan';

const renamed = (before: object, name: string) =>
  sentences('identity', [before], [having(before as never, 'metadata.name', name)]);

it.each([
  [
    object('v1', 'PersistentVolumeClaim', {
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    }),
    ', with a new, empty volume',
  ],
  [object('v1', 'Service', { spec: { ports: [{ port: 80 }] } }), ', with another address and host name'],
  [workload('StatefulSet', { serviceName: 'a' }), ''],
  [workload('DaemonSet'), ''],
  [
    object('networking.k8s.io/v1', 'Ingress', {
      spec: { defaultBackend: { service: { name: 'x', port: { number: 80 } } } },
    }),
    '',
  ],
  [object('v1', 'ServiceAccount', { automountServiceAccountToken: false }), ''],
])('says what a new name of an object costs', (before, costs) => {
  expect(renamed(before, 'b')).toEqual([
    `warning: ${before.kind} shop/b replaces ${before.kind} shop/a (renamed): the old one is deleted and a new one is created${costs}. Keep the name to change it in place.`,
  ]);
});

it.each([
  ['shop/b', 'shop-b', ': set movedFrom to the former path of the construct.'],
  ['shop/b', 'orders', '.'],
])('names movedFrom where %s is called %s by its path', (construct, name, way) => {
  const [before, after] = ['a', name].map((each) =>
    ManifestSet.from(
      [...ManifestSet.of([having(workload('Deployment'), 'metadata.name', each)])].map((manifest) => ({
        ...manifest,
        origin: { construct: `staging/${construct}`, environment: 'staging' },
      })),
    ),
  );
  const { changes } = plan(before ?? ManifestSet.of([]), after ?? ManifestSet.of([]));
  expect(changes[0]?.consequences.map(({ message }) => message)).toContain(
    `Deployment shop/${name} replaces Deployment shop/a (renamed): the old one is deleted and a new one is created. Keep the name to change it in place${way}`,
  );
});

it('compares fields by their place, and names in them by what they are the names of', () => {
  const account = (name: string, ...secrets: readonly string[]) =>
    having(
      object('v1', 'ServiceAccount', { imagePullSecrets: secrets.map((each) => ({ name: each })) }),
      'metadata.name',
      name,
    );
  const said = (before: object, after: object) => sentences('identity', [before], [after]);
  expect(said(account('old', 'old-pull'), account('new', 'new-pull'))).toHaveLength(1);
  expect(said(account('old', 'x'), account('new', 'y'))).toEqual([]);
  expect(said(account('old', 'a', 'b', 'c', 'd'), account('new', 'a', 'b', 'c', 'x'))).toHaveLength(1);
  expect(said(account('old', 'a', 'b', 'c'), account('new', 'a', 'b', 'x'))).toEqual([]);
  expect(said(account('old', 'a', 'b'), account('new', 'b', 'a'))).toEqual([]);
  expect(said(account('old', 'a'), account('new', 'a', 'b', 'c', 'd'))).toEqual([]);
});

it('takes the candidate that is most alike', () => {
  const [one, other, next] = [
    workload('Deployment', { replicas: 7 }, 'other:1'),
    having(workload('Deployment', { replicas: 2 }), 'metadata.name', 'c'),
    having(workload('Deployment', { replicas: 2 }), 'metadata.name', 'b'),
  ];
  expect(sentences('identity', [one, other], [next])).toEqual([
    'warning: Deployment shop/b replaces Deployment shop/c (renamed): the old one is deleted and a new one is created. Keep the name to change it in place.',
  ]);
});

it('looks at the first 50 candidates', () => {
  const said = (candidates: number) => {
    const others = Array.from({ length: candidates - 1 }, (_, index) =>
      having(
        object('v1', 'ServiceAccount', { imagePullSecrets: [{ name: `x${index}` }] }),
        'metadata.name',
        `o${index}`,
      ),
    );
    const account = (name: string) =>
      having(object('v1', 'ServiceAccount', { imagePullSecrets: [{ name: 'pull' }] }), 'metadata.name', name);
    return sentences('identity', [...others, account('old')], [account('new')]).length;
  };
  expect([said(50), said(51)]).toEqual([1, 0]);
});
