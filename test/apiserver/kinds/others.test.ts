import { effect, having, object, refusals } from '../../plan/changes';

describe('a Service', () => {
  const service = object('v1', 'Service', { spec: { selector: { app: 'a' }, ports: [{ port: 80 }] } });
  const headless = having(service, 'spec.clusterIP', 'None');

  it('keeps its address, whether or not that is named', () => {
    const named = having(service, 'spec.clusterIP', '10.96.0.7');
    expect(effect(service, named)).toBe('none');
    expect(effect(named, service)).toBe('none');
    expect(refusals(named, having(service, 'spec.clusterIP', '10.96.0.8'))).toEqual(['spec.clusterIPs[0]']);
  });

  it('cannot become headless, nor stop being so', () => {
    expect(refusals(service, headless)).toEqual(['spec.clusterIPs[0]']);
    expect(effect(headless, service)).toBe('none');
    expect(refusals(headless, having(service, 'spec.clusterIP', '10.96.0.7'))).toEqual([
      'spec.clusterIPs[0]',
    ]);
  });

  it('loses what its old type alone had', () => {
    const balanced = having(service, 'spec.type', 'LoadBalancer');
    expect(effect(balanced, service)).toBe('updated');
    const alias = having(object('v1', 'Service'), 'spec', {
      type: 'ExternalName',
      externalName: 'a.example',
    });
    expect(effect(service, alias)).toBe('updated');
    expect(effect(alias, service)).toBe('updated');
  });

  it('keeps a node port that is no longer named', () => {
    const named = having(having(service, 'spec.type', 'NodePort'), 'spec.ports.0.nodePort', 30080);
    expect(effect(named, having(named, 'spec.ports.0.nodePort'))).toBe('none');
    expect(effect(named, having(named, 'spec.ports.0.nodePort', 30081))).toBe('updated');
  });

  it('keeps the class of its load balancer', () => {
    const balanced = having(having(service, 'spec.type', 'LoadBalancer'), 'spec.loadBalancerClass', 'x.io/a');
    expect(refusals(balanced, having(balanced, 'spec.loadBalancerClass', 'x.io/b'))).toEqual([
      'spec.loadBalancerClass',
    ]);
  });
});

describe('a claim', () => {
  const claim = object('v1', 'PersistentVolumeClaim', {
    spec: {
      accessModes: ['ReadWriteOnce'],
      storageClassName: 'a',
      resources: { requests: { storage: '1Gi' } },
    },
  });

  it('can grow, and cannot shrink', () => {
    expect(effect(claim, having(claim, 'spec.resources.requests.storage', '2Gi'))).toBe('updated');
    expect(refusals(claim, having(claim, 'spec.resources.requests.storage', '500Mi'))).toEqual([
      'spec.resources.requests.storage',
    ]);
    expect(effect(claim, having(claim, 'spec.resources.requests.storage', '1024Mi'))).toBe('none');
  });

  it('keeps its class and its modes', () => {
    expect(refusals(claim, having(claim, 'spec.storageClassName', 'b'))).toEqual(['spec']);
    expect(refusals(claim, having(claim, 'spec.accessModes', ['ReadWriteMany']))).toEqual(['spec']);
  });

  it('has where its data comes from in both ways of saying so', () => {
    const source = { kind: 'PersistentVolumeClaim', name: 'b' };
    const cloned = having(claim, 'spec.dataSource', source);
    expect(effect(cloned, having(cloned, 'spec.dataSourceRef', source))).toBe('none');
    expect(effect(claim, having(claim, 'spec.dataSource', { kind: 'Other', name: 'b' }))).toBe('none');
  });
});

describe('configuration', () => {
  const settings = object('v1', 'ConfigMap', { data: { a: '1' }, immutable: true });

  it('that is immutable stays as it is', () => {
    expect(refusals(settings, having(settings, 'data.a', '2'))).toEqual(['data']);
    expect(refusals(settings, having(settings, 'immutable'))).toEqual(['immutable']);
    expect(effect(settings, having(settings, 'metadata.labels', { a: 'b' }))).toBe('updated');
    expect(effect(having(settings, 'immutable'), settings)).toBe('updated');
  });

  it('is the same in a Secret, as text or encoded', () => {
    const text = object('v1', 'Secret', { stringData: { a: 'b' } });
    expect(effect(text, object('v1', 'Secret', { data: { a: 'Yg==' }, stringData: { a: 'b' } }))).toBe(
      'none',
    );
    expect(effect(text, object('v1', 'Secret', { stringData: { a: 'c' } }))).toBe('updated');
    expect(refusals(text, having(text, 'type', 'x.io/y'))).toEqual(['type']);
  });
});

it.each([
  ['storage.k8s.io/v1', 'StorageClass', { provisioner: 'a' }, 'provisioner', 'b'],
  ['scheduling.k8s.io/v1', 'PriorityClass', { value: 1 }, 'value', 2],
  ['node.k8s.io/v1', 'RuntimeClass', { handler: 'a' }, 'handler', 'b'],
  ['networking.k8s.io/v1', 'IngressClass', { spec: { controller: 'x.io/a' } }, 'spec.controller', 'x.io/b'],
])('keeps the fixed field of a %s %s', (apiVersion, kind, rest, path, value) => {
  const before = { ...object(apiVersion, kind, rest), metadata: { name: 'a' } };
  expect(refusals(before, having(before, path, value))).toEqual([path]);
  expect(effect(before, having(before, 'metadata.labels', { a: 'b' }))).toBe('updated');
});

it('keeps the role of a binding', () => {
  const binding = object('rbac.authorization.k8s.io/v1', 'RoleBinding', {
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'a' },
    subjects: [{ kind: 'ServiceAccount', name: 'a', namespace: 'shop' }],
  });
  expect(refusals(binding, having(binding, 'roleRef.name', 'b'))).toEqual(['roleRef']);
  expect(effect(binding, having(binding, 'subjects.0.name', 'b'))).toBe('updated');
});

it('keeps the version of a definition in which objects are stored', () => {
  const version = (name: string, storage: boolean): object => ({
    name,
    storage,
    served: true,
    schema: { openAPIV3Schema: { type: 'object' } },
  });
  const definition = {
    ...object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', {
      spec: {
        group: 'acme.io',
        scope: 'Namespaced',
        names: { kind: 'Widget', plural: 'widgets' },
        versions: [version('v1', true)],
      },
    }),
    metadata: { name: 'widgets.acme.io' },
  };
  const both = having(definition, 'spec.versions', [version('v1', false), version('v2', true)]);
  expect(effect(definition, both)).toBe('updated');
  expect(refusals(definition, having(definition, 'spec.versions', [version('v2', true)]))).toEqual([
    'status.storedVersions[0]',
  ]);
});
