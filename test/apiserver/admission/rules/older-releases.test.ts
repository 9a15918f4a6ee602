import { having, pod, podSpec, refusals } from '../objects';

const statefulSet = {
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { name: 'db', namespace: 'shop' },
  spec: {
    selector: { matchLabels: { app: 'db' } },
    template: { metadata: { labels: { app: 'db' } }, spec: { ...podSpec(), containers: [] } },
    volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: {} }],
  },
};
const claim = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'data', namespace: 'shop' },
  spec: {
    accessModes: ['ReadWriteOnce'],
    resources: { requests: { storage: '1Gi' } },
    dataSourceRef: { apiGroup: 'Example.com', kind: 'Thing', name: 'x' },
  },
};
const term = { matchExpressions: [{ key: 'zone', operator: 'In', values: ['a b'] }] };
const affinity = {
  nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [term] } },
};
const sysctl = { sysctls: [{ name: 'net.core.somaxconn', value: '1024' }] };
const token = { name: 'tmp', projected: { sources: [{ serviceAccountToken: { path: '../token' } }] } };
const init = {
  name: 'i',
  image: 'i',
  resizePolicy: [{ resourceName: 'cpu', restartPolicy: 'RestartContainer' }],
};

describe('a rule that came with a release', () => {
  it.each<[string, unknown, string]>([
    ['asks pods and claims of a StatefulSet to be well-formed', statefulSet, '1.34'],
    ['asks the group of a source of data to be one', claim, '1.29'],
    ['asks nodes to be chosen by labels that can be', having(pod, 'spec.affinity', affinity), '1.32'],
    [
      'keeps sysctls of the node from pods',
      having(having(pod, 'spec.hostNetwork', true), 'spec.securityContext', sysctl),
      '1.29',
    ],
    ['keeps tokens below their volume', having(pod, 'spec.volumes', [token]), '1.30'],
    ['restarts no init container for its resources', having(pod, 'spec.initContainers', [init]), '1.36'],
  ])('%s', (_, object, since) => {
    const before = `1.${Number(since.slice(2)) - 1}`;
    expect(refusals(object, before)).toEqual([]);
    expect(refusals(object, since)).not.toEqual([]);
  });
});
