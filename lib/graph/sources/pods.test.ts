import { linesOf } from '../../../test/graph/reference-lines';

const pod = (spec: string, others = ''): string[] =>
  linesOf(`
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: ${spec}
---
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: shop }
data: { LEVEL: info }
${others}`);
const container = (fields: string): string => `containers: [{ name: web, image: web:1, ${fields} }]`;
const withVolume = (volume: string): string[] =>
  pod(`{ ${container('')}, volumes: [{ name: a, ${volume} }] }`);

describe('a pod names', () => {
  it.each([
    ['serviceAccountName: api', 'service-account spec.serviceAccountName → ServiceAccount shop/api missing'],
    ['serviceAccount: api', 'service-account spec.serviceAccount → ServiceAccount shop/api missing'],
    [
      'serviceAccountName: default',
      'service-account spec.serviceAccountName → ServiceAccount shop/default builtin',
    ],
    [
      'priorityClassName: high',
      'priority-class spec.priorityClassName → scheduling.k8s.io/PriorityClass high missing',
    ],
    [
      'priorityClassName: system-node-critical',
      'priority-class spec.priorityClassName → scheduling.k8s.io/PriorityClass system-node-critical builtin',
    ],
    [
      'runtimeClassName: gvisor',
      'runtime-class spec.runtimeClassName → node.k8s.io/RuntimeClass gvisor missing',
    ],
    ['imagePullSecrets: [{ name: a }]', 'pull-secret spec.imagePullSecrets[0].name → Secret shop/a missing'],
    [
      'resourceClaims: [{ name: gpu, resourceClaimName: a }]',
      'other spec.resourceClaims[0].resourceClaimName → resource.k8s.io/ResourceClaim shop/a missing',
    ],
    [
      'resourceClaims: [{ name: gpu, resourceClaimTemplateName: a }]',
      'other spec.resourceClaims[0].resourceClaimTemplateName → resource.k8s.io/ResourceClaimTemplate shop/a missing',
    ],
  ])('what %s says', (field, line) => expect(pod(`{ ${container('')}, ${field} }`)).toEqual([line]));

  it('nothing where it says nothing', () => expect(pod(`{ ${container('')} }`)).toEqual([]));
});

describe('a container names', () => {
  it('the keys of its variables', () => {
    const lines = pod(`
  initContainers:
    - { name: init, image: init:1, env: [{ name: A, valueFrom: { configMapKeyRef: { name: settings, key: LEVEL } } }] }
  containers:
    - name: web
      image: web:1
      env:
        - { name: PLAIN, value: x }
        - { name: B, valueFrom: { configMapKeyRef: { name: settings, key: LEVLE } } }
        - { name: C, valueFrom: { secretKeyRef: { name: login, key: password, optional: true } } }
`);
    const at = (list: string, index: number): string => `spec.${list}[0].env[${index}].valueFrom`;
    expect(lines).toEqual([
      `config-map ${at('initContainers', 0)}.configMapKeyRef.name → ConfigMap shop/settings set with key LEVEL (${at('initContainers', 0)}.configMapKeyRef.key): found`,
      `config-map ${at('containers', 1)}.configMapKeyRef.name → ConfigMap shop/settings set with key LEVLE (${at('containers', 1)}.configMapKeyRef.key): none of LEVEL`,
      `secret ${at('containers', 2)}.secretKeyRef.name → Secret shop/login optional missing with key password (${at('containers', 2)}.secretKeyRef.key): unknown`,
    ]);
  });

  it('whole objects in envFrom', () => {
    const sources = '[{ configMapRef: { name: settings } }, { secretRef: { name: login, optional: true } }]';
    expect(pod(`{ ${container(`envFrom: ${sources}`)} }`)).toEqual([
      'config-map spec.containers[0].envFrom[0].configMapRef.name → ConfigMap shop/settings set',
      'secret spec.containers[0].envFrom[1].secretRef.name → Secret shop/login optional missing',
    ]);
  });
});

describe('a volume names', () => {
  it.each([
    ['configMap: { name: settings }', 'config-map', 'configMap.name', 'ConfigMap shop/settings set'],
    [
      'configMap: { name: a, optional: true }',
      'config-map',
      'configMap.name',
      'ConfigMap shop/a optional missing',
    ],
    ['secret: { secretName: a }', 'secret', 'secret.secretName', 'Secret shop/a missing'],
    [
      'projected: { sources: [{ configMap: { name: settings } }] }',
      'config-map',
      'projected.sources[0].configMap.name',
      'ConfigMap shop/settings set',
    ],
    [
      'projected: { sources: [{ secret: { name: a } }] }',
      'secret',
      'projected.sources[0].secret.name',
      'Secret shop/a missing',
    ],
    [
      'persistentVolumeClaim: { claimName: disk }',
      'claim',
      'persistentVolumeClaim.claimName',
      'PersistentVolumeClaim shop/disk missing',
    ],
    [
      'ephemeral: { volumeClaimTemplate: { spec: { storageClassName: fast } } }',
      'storage-class',
      'ephemeral.volumeClaimTemplate.spec.storageClassName',
      'storage.k8s.io/StorageClass fast unknown',
    ],
    [
      'csi: { driver: x, volumeAttributes: { secretProviderClass: vault } }',
      'other',
      'csi.volumeAttributes.secretProviderClass',
      'secrets-store.csi.x-k8s.io/SecretProviderClass shop/vault missing',
    ],
    [
      'csi: { nodePublishSecretRef: { name: a } }',
      'secret',
      'csi.nodePublishSecretRef.name',
      'Secret shop/a missing',
    ],
    ...['flexVolume', 'cephfs', 'rbd', 'iscsi', 'scaleIO', 'storageos'].map((source) => [
      `${source}: { secretRef: { name: a } }`,
      'secret',
      `${source}.secretRef.name`,
      'Secret shop/a missing',
    ]),
  ])('what %s says', (volume, role, at, target) =>
    expect(withVolume(volume)).toEqual([`${role} spec.volumes[0].${at} → ${target}`]),
  );

  it.each([
    [
      'configMap: { name: settings, ITEMS }',
      'config-map',
      'configMap',
      'name',
      'ConfigMap shop/settings set',
    ],
    [
      'projected: { sources: [{ configMap: { name: settings, ITEMS } }] }',
      'config-map',
      'projected.sources[0].configMap',
      'name',
      'ConfigMap shop/settings set',
    ],
  ])('each key of %s', (volume, role, at, field, target) => {
    const items = 'items: [{ key: LEVEL, path: level }, { key: MODE, path: mode }]';
    expect(withVolume(volume.replace('ITEMS', items))).toEqual([
      `${role} spec.volumes[0].${at}.${field} → ${target} with key LEVEL (spec.volumes[0].${at}.items[0].key): found`,
      `${role} spec.volumes[0].${at}.${field} → ${target} with key MODE (spec.volumes[0].${at}.items[1].key): none of LEVEL`,
    ]);
  });

  it.each([
    ['secret: { secretName: a, ITEMS }', 'secret', 'secretName'],
    ['projected: { sources: [{ secret: { name: a, ITEMS } }] }', 'projected.sources[0].secret', 'name'],
  ])('each key of %s', (volume, at, field) => {
    expect(withVolume(volume.replace('ITEMS', 'items: [{ key: token, path: t }]'))).toEqual([
      `secret spec.volumes[0].${at}.${field} → Secret shop/a missing with key token (spec.volumes[0].${at}.items[0].key): unknown`,
    ]);
  });
});

test('a claim template of a StatefulSet takes the place of a volume of its name', () => {
  const lines = linesOf(`
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db, namespace: shop }
spec:
  template:
    spec:
      containers: [{ name: db, image: db:1 }]
      volumes:
        - { name: data, persistentVolumeClaim: { claimName: a } }
        - { name: logs, persistentVolumeClaim: { claimName: b } }
  volumeClaimTemplates: [{ metadata: { name: data } }]
`);
  expect(lines).toEqual([
    'claim spec.template.spec.volumes[1].persistentVolumeClaim.claimName → PersistentVolumeClaim shop/b missing',
  ]);
});

describe('a mount of one file', () => {
  const mount = (fields: string, volume: string): string[] =>
    pod(
      `{ ${container(`volumeMounts: [{ mountPath: /etc/x, ${fields} }]`)}, volumes: [{ name: a, ${volume} }] }`,
    ).filter((line) => line.includes('subPath'));
  const at = 'spec.containers[0].volumeMounts[0].subPath';

  it('names the key of the ConfigMap or Secret of its volume', () => {
    expect(mount('name: a, subPath: LEVEL', 'configMap: { name: settings }')).toEqual([
      `config-map spec.volumes[0].configMap.name → ConfigMap shop/settings set with key LEVEL (${at}): found`,
    ]);
    expect(mount('name: a, subPath: level', 'configMap: { name: settings, optional: true }')).toEqual([
      `config-map spec.volumes[0].configMap.name → ConfigMap shop/settings optional set with key level (${at}): none of LEVEL`,
    ]);
    expect(mount('name: a, subPath: key', 'secret: { secretName: login }')).toEqual([
      `secret spec.volumes[0].secret.secretName → Secret shop/login missing with key key (${at}): unknown`,
    ]);
  });

  it('names one of the items where the volume lists some, by the first part of their paths', () => {
    const items = (path: string): string =>
      `configMap: { name: settings, items: [{ key: LEVEL, path: ${path} }] }`;
    const line = (value: string, known: string): string[] => [
      `config-map spec.volumes[0].configMap.name → ConfigMap shop/settings set with key ${value} (${at}): ${known}`,
    ];
    expect(mount('name: a, subPath: level', items('level'))).toEqual(line('level', 'found'));
    expect(mount('name: a, subPath: conf', items('conf/level'))).toEqual(line('conf', 'found'));
    expect(mount('name: a, subPath: LEVEL', items('level'))).toEqual(line('LEVEL', 'none of level'));
  });

  it.each([
    ['a path below', 'name: a, subPath: x/y', 'configMap: { name: settings }'],
    ['an empty path', 'name: a, subPath: ""', 'configMap: { name: settings }'],
    ['another volume', 'name: b, subPath: x', 'configMap: { name: settings }'],
    ['a volume of another kind', 'name: a, subPath: x', 'emptyDir: {}'],
  ])('names none with %s', (_, fields, volume) => expect(mount(fields, volume)).toEqual([]));
});

describe('scheduling', () => {
  const SELECTOR = 'labelSelector: { matchLabels: { app: web } }';
  const scheduling = (field: string): string[] => pod(`{ ${container('')}, ${field} }`);

  it.each(['podAffinity', 'podAntiAffinity'])('selects pods by the terms of %s', (type) => {
    const term = `{ topologyKey: zone, ${SELECTOR} }`;
    const lines = scheduling(
      `affinity: { ${type}: { requiredDuringSchedulingIgnoredDuringExecution: [${term}], preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, podAffinityTerm: ${term} }] } }`,
    );
    const at = `spec.affinity.${type}`;
    expect(lines).toEqual([
      `affinity ${at}.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector → app=web in shop: web`,
      `preference ${at}.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm.labelSelector → app=web in shop: web`,
    ]);
  });

  it('selects pods by the constraints of their spread', () => {
    expect(
      scheduling(`topologySpreadConstraints: [{ topologyKey: zone }, { topologyKey: zone, ${SELECTOR} }]`),
    ).toEqual(['spread spec.topologySpreadConstraints[1].labelSelector → app=web in shop: web']);
  });

  it('leaves namespaces that a selector finds to the cluster', () => {
    const term = `{ topologyKey: zone, ${SELECTOR}, namespaceSelector: {} }`;
    expect(
      scheduling(`affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [${term}] } }`),
    ).toEqual([]);
  });
});
