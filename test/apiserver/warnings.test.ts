import { generateKeyPairSync } from 'node:crypto';
import { admit, check, ManifestSet } from '../../lib/index';

type Fields = Readonly<Record<string, unknown>>;

const object = (apiVersion: string, kind: string, fields: Fields, metadata: Fields = {}) => ({
  apiVersion,
  kind,
  metadata: { name: 'a', ...metadata },
  ...fields,
});
const container = (more: Fields = {}) => ({ name: 'c', image: 'a:1', ...more });
const pod = (spec: Fields, annotations: Fields = {}) =>
  object('v1', 'Pod', { spec: { containers: [container()], ...spec } }, { annotations });
const deployment = (spec: Fields, annotations: Fields = {}, name = 'a') =>
  object(
    'apps/v1',
    'Deployment',
    {
      spec: {
        selector: { matchLabels: { app: 'a' } },
        template: {
          metadata: { labels: { app: 'a' }, annotations },
          spec: { containers: [container()], ...spec },
        },
      },
    },
    { name },
  );
const statefulSet = (spec: Fields) =>
  object('apps/v1', 'StatefulSet', {
    spec: {
      serviceName: 'a',
      selector: { matchLabels: { app: 'a' } },
      template: { metadata: { labels: { app: 'a' } }, spec: { containers: [container()] } },
      ...spec,
    },
  });
const service = (spec: Fields, annotations: Fields = {}) =>
  object('v1', 'Service', { spec: { ports: [{ port: 80 }], ...spec } }, { annotations });
const policy = (...blocks: Fields[]) =>
  object('networking.k8s.io/v1', 'NetworkPolicy', {
    spec: { podSelector: {}, egress: [{ to: blocks.map((ipBlock) => ({ ipBlock })) }] },
  });
const volume = (more: Fields) => pod({ volumes: [{ name: 'v', ...more }] });
const claim = (storage: string) => ({ accessModes: ['ReadWriteOnce'], resources: { requests: { storage } } });
const persistentVolume = (spec: Fields, annotations: Fields = {}) =>
  object(
    'v1',
    'PersistentVolume',
    { spec: { capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'], ...spec } },
    { annotations },
  );
const nfs = { nfs: { server: 'a', path: '/b' } };
const definition = (schema: Fields, versions: Fields[] = [{}]) =>
  object(
    'apiextensions.k8s.io/v1',
    'CustomResourceDefinition',
    {
      spec: {
        group: 'acme.example',
        names: { kind: 'Shop', plural: 'shops', singular: 'shop', listKind: 'ShopList' },
        scope: 'Namespaced',
        versions: versions.map((version, index) => ({
          name: `v${index + 1}`,
          served: true,
          storage: index === 0,
          schema: { openAPIV3Schema: { type: 'object', ...schema } },
          ...version,
        })),
      },
    },
    { name: 'shops.acme.example' },
  );

const spokenAbout = (value: unknown, options: Parameters<typeof admit>[1]) =>
  admit(value, { ...options, warnings: true }).map(({ rule, severity, path, message }) => {
    expect(`${severity} ${rule}`).toBe('warning admission/warning');
    return `${path}: ${message}`;
  });

/** `[what, object, the warnings, the first release that has them, what an older one says]`. */
const CASES: readonly (readonly [string, object, readonly string[], string?, (readonly string[])?])[] = [
  [
    'a deprecated API version',
    object('v1', 'Endpoints', {}),
    ['apiVersion: v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice'],
    '1.33',
  ],
  [
    'labels of nodes in a nodeSelector',
    pod({ nodeSelector: { 'beta.kubernetes.io/arch': 'amd64', 'node-role.kubernetes.io/master': '' } }),
    [
      'spec.nodeSelector[beta.kubernetes.io/arch]: deprecated since v1.14; use "kubernetes.io/arch" instead',
      'spec.nodeSelector[node-role.kubernetes.io/master]: use "node-role.kubernetes.io/control-plane" instead',
    ],
    '1.31',
    ['spec.nodeSelector[beta.kubernetes.io/arch]: deprecated since v1.14; use "kubernetes.io/arch" instead'],
  ],
  [
    'labels of nodes in an affinity and a spread constraint, and values that no label has',
    deployment({
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [
              { matchExpressions: [{ key: 'failure-domain.beta.kubernetes.io/zone', operator: 'Exists' }] },
            ],
          },
          preferredDuringSchedulingIgnoredDuringExecution: [
            { weight: 1, preference: { matchExpressions: [{ key: 'a', operator: 'In', values: ['-b'] }] } },
          ],
        },
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'kubernetes.io/hostname' }],
          preferredDuringSchedulingIgnoredDuringExecution: [
            { weight: 1, podAffinityTerm: { topologyKey: 'kubernetes.io/hostname' } },
          ],
        },
      },
      topologySpreadConstraints: [
        {
          maxSkew: 1,
          whenUnsatisfiable: 'DoNotSchedule',
          topologyKey: 'failure-domain.beta.kubernetes.io/region',
        },
      ],
    }),
    [
      'spec.template.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].key: failure-domain.beta.kubernetes.io/zone is deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
      "spec.template.spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].preference.matchExpressions[0].values[0]: -b is invalid, a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
      'spec.template.spec.topologySpreadConstraints[0].topologyKey: failure-domain.beta.kubernetes.io/region is deprecated since v1.17; use "topology.kubernetes.io/region" instead',
      'spec.template.spec.topologySpreadConstraints[0].labelSelector: a null labelSelector results in matching no pod',
      'spec.template.spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[0].labelSelector: a null labelSelector results in matching no pod',
      'spec.template.spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm.labelSelector: a null labelSelector results in matching no pod',
    ],
    '1.33',
  ],
  [
    'annotations that do nothing any more',
    pod(
      {},
      {
        'scheduler.alpha.kubernetes.io/critical-pod': '',
        'security.alpha.kubernetes.io/sysctls': 'a=b',
        'seccomp.security.alpha.kubernetes.io/pod': 'runtime/default',
        'container.seccomp.security.alpha.kubernetes.io/c': 'runtime/default',
      },
    ),
    [
      'metadata.annotations[scheduler.alpha.kubernetes.io/critical-pod]: non-functional in v1.16+; use the "priorityClassName" field instead',
      'metadata.annotations[security.alpha.kubernetes.io/sysctls]: non-functional in v1.11+; use the "sysctls" field instead',
      'metadata.annotations[seccomp.security.alpha.kubernetes.io/pod]: non-functional in v1.27+; use the "seccompProfile" field instead',
      'metadata.annotations[container.seccomp.security.alpha.kubernetes.io/c]: non-functional in v1.27+; use the "seccompProfile" field instead',
    ],
  ],
  [
    'an AppArmor annotation of a template',
    deployment({}, { 'container.apparmor.security.beta.kubernetes.io/c': 'runtime/default' }),
    [
      'spec.template.metadata.annotations[container.apparmor.security.beta.kubernetes.io/c]: deprecated since v1.30; use the "appArmorProfile" field instead',
    ],
    '1.30',
    [],
  ],
  [
    'an AppArmor annotation that the profile of the pod says as well',
    deployment(
      { securityContext: { appArmorProfile: { type: 'RuntimeDefault' } } },
      { 'container.apparmor.security.beta.kubernetes.io/c': 'runtime/default' },
    ),
    [],
    '1.31',
  ],
  [
    'a volume plugin that is gone',
    volume({ glusterfs: { endpoints: 'e', path: 'p' } }),
    ['spec.volumes[0].glusterfs: deprecated in v1.25, non-functional in v1.26+'],
  ],
  [
    'another',
    volume({ cephfs: { monitors: ['m'] } }),
    ['spec.volumes[0].cephfs: deprecated in v1.28, non-functional in v1.31+'],
    '1.28',
    [],
  ],
  [
    'gitRepo',
    volume({ gitRepo: { repository: 'https://git.example/a' } }),
    ['spec.volumes[0].gitRepo: deprecated in v1.11, and disabled by default in v1.33+'],
    '1.33',
    ['spec.volumes[0].gitRepo: deprecated in v1.11'],
  ],
  [
    'a fraction of a byte in a generic ephemeral volume',
    volume({ ephemeral: { volumeClaimTemplate: { spec: claim('1500m') } } }),
    [
      'spec.volumes[0].ephemeral.volumeClaimTemplate.spec.resources.requests[storage]: fractional byte value "1500m" is invalid, must be an integer',
    ],
  ],
  [
    'paths of a volume that overlap',
    volume({
      configMap: {
        name: 'm',
        items: [
          { key: 'a', path: 'x' },
          { key: 'b', path: 'x/y' },
        ],
      },
    }),
    ['spec.volumes[0].configMap.items: volume "v" (ConfigMap "m"): overlapping paths: "x/y" with "x"'],
    '1.32',
    [],
  ],
  [
    'sources of a projected volume that overlap',
    volume({
      projected: {
        sources: [
          { secret: { name: 's', items: [{ key: 'a', path: 'token' }] } },
          { serviceAccountToken: { path: 'token' } },
        ],
      },
    }),
    [
      'spec.volumes[0].projected.sources[1]: volume "v" (Projected): overlapping paths: "token" (ServiceAccountToken) with "token" (Secret "s")',
    ],
    '1.32',
  ],
  [
    'an address of hostAliases twice',
    pod({ hostAliases: [{ ip: '10.0.0.1' }, { ip: '10.0.0.1' }] }),
    ['spec.hostAliases[1].ip: duplicate ip "10.0.0.1"'],
  ],
  [
    'pull secrets twice, and without a name',
    pod({ imagePullSecrets: [{ name: 'r' }, { name: 'r' }, { name: '' }] }),
    [
      'spec.imagePullSecrets[1].name: duplicate name "r"',
      'spec.imagePullSecrets[2].name: invalid empty name ""',
    ],
  ],
  [
    'a fraction of a byte in requests and limits',
    pod({ containers: [container({ resources: { limits: { memory: '128500m', cpu: '1500m' } } })] }),
    [
      'spec.containers[0].resources.limits[memory]: fractional byte value "128500m" is invalid, must be an integer',
      'spec.containers[0].resources.requests[memory]: fractional byte value "128500m" is invalid, must be an integer',
    ],
  ],
  [
    'a variable twice, unless the second extends the first',
    pod({
      containers: [
        container({
          env: [
            { name: 'A', value: '1' },
            { name: 'B', value: '1' },
            { name: 'B', value: '$(B):2' },
            { name: 'A', value: '2' },
          ],
        }),
      ],
    }),
    ['spec.containers[0].env[3]: hides previous definition of "A", which may be dropped when using apply'],
    '1.30',
  ],
  [
    'ports twice, in one container and in two',
    pod({
      containers: [
        container({
          ports: [
            { name: 'a', containerPort: 80 },
            { name: 'b', containerPort: 80 },
          ],
        }),
        container({
          name: 'd',
          ports: [
            { name: 'a', containerPort: 81 },
            { containerPort: 80, hostPort: 80 },
          ],
        }),
      ],
    }),
    [
      'spec.containers[0].ports[1]: duplicate port definition with spec.containers[0].ports[0]',
      'spec.containers[1].ports[1]: overlapping port definition with spec.containers[0].ports[0]',
      'spec.containers[1].ports[1]: overlapping port definition with spec.containers[0].ports[1]',
      'spec.containers[1].ports[0]: duplicate port name "a" with spec.containers[0].ports[0], services and probes that select ports by name will use spec.containers[0].ports[0]',
    ],
    '1.33',
  ],
  [
    'ports of the host, open and not',
    pod({
      containers: [
        container({
          ports: [
            { containerPort: 80, hostPort: 80 },
            { containerPort: 80, hostPort: 80, hostIP: '10.0.0.1' },
            { containerPort: 81, hostIP: '10.0.0.1' },
          ],
        }),
      ],
    }),
    [
      'spec.containers[0].ports[1]: dangerously ambiguous port definition with spec.containers[0].ports[0]',
      'spec.containers[0].ports[2]: hostIP set without hostPort: {Name: HostPort:0 ContainerPort:81 Protocol:TCP HostIP:10.0.0.1}',
    ],
    '1.28',
    [],
  ],
  [
    'a StatefulSet that keeps all of its revisions',
    statefulSet({ revisionHistoryLimit: -1 }),
    [
      'spec.revisionHistoryLimit: a negative value retains all historical revisions; a value >= 0 is recommended',
    ],
    '1.33',
    [],
  ],
  ['a StatefulSet that keeps none of its revisions', statefulSet({ revisionHistoryLimit: 0 }), []],
  [
    'a negative grace period in a template, which a pod does not keep',
    deployment({ terminationGracePeriodSeconds: -1 }),
    [
      'spec.template.spec.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1',
    ],
  ],
  [
    'an address that is not canonical',
    pod({ hostAliases: [{ ip: '2001:DB8::1' }] }),
    [
      'spec.hostAliases[0].ip: IPv6 address "2001:DB8::1" should be in RFC 5952 canonical format ("2001:db8::1")',
    ],
    '1.33',
    [],
  ],
  [
    'a name that is no label',
    deployment({}, {}, 'a.b'),
    [
      'metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended: [must not contain dots]',
    ],
  ],
  [
    'a name that is too long for a host name',
    object('v1', 'Pod', { spec: { containers: [container()] } }, { name: `${'a'.repeat(63)}.b` }),
    [
      "metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended: [must be no more than 63 characters must not contain dots]",
    ],
  ],
  [
    'a Job with too many indexes',
    object('batch/v1', 'Job', {
      spec: {
        completionMode: 'Indexed',
        completions: 200_000,
        parallelism: 10_001,
        template: { spec: { restartPolicy: 'Never', containers: [container()] } },
      },
    }),
    [
      'spec: In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher than 10^4, Kubernetes might not be able to track completedIndexes when a big number of indexes fail',
    ],
    '1.28',
  ],
  [
    'what a headless Service ignores',
    service({
      clusterIP: 'None',
      selector: { a: 'b' },
      sessionAffinity: 'ClientIP',
      externalIPs: ['10.0.0.1'],
    }),
    [
      'spec.externalIPs: spec.externalIPs is ignored for headless services',
      'spec.sessionAffinity: spec.SessionAffinity is ignored for headless services',
    ],
    '1.34',
    [],
  ],
  [
    'external IPs',
    service({ externalIPs: ['10.0.0.1'] }),
    ['spec.externalIPs: spec.externalIPs is deprecated and may no longer be implemented in some clusters'],
    '1.36',
    [],
  ],
  [
    'PreferClose',
    service({ trafficDistribution: 'PreferClose' }),
    ['spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"'],
    '1.35',
    [],
  ],
  [
    'topology hints',
    service({}, { 'service.kubernetes.io/topology-aware-hints': 'auto' }),
    [
      'metadata.annotations[service.kubernetes.io/topology-aware-hints]: annotation service.kubernetes.io/topology-aware-hints is deprecated, please use service.kubernetes.io/topology-mode instead',
    ],
  ],
  [
    'an external name that is ignored',
    service({ externalName: 'a.example' }),
    ['spec.externalName: spec.externalName is ignored when spec.type is not "ExternalName"'],
    '1.28',
    [],
  ],
  [
    'the annotation for the class of an Ingress',
    object(
      'networking.k8s.io/v1',
      'Ingress',
      { spec: { defaultBackend: { service: { name: 'a', port: { number: 80 } } } } },
      { annotations: { 'kubernetes.io/ingress.class': 'nginx' } },
    ),
    [
      'metadata.annotations[kubernetes.io/ingress.class]: annotation "kubernetes.io/ingress.class" is deprecated, please use \'spec.ingressClassName\' instead',
    ],
  ],
  [
    'a block in another notation',
    policy({ cidr: '2001:DB8::/64' }),
    [
      'spec.egress[0].to[0].ipBlock.cidr: IPv6 CIDR value "2001:DB8::/64" should be in RFC 5952 canonical format ("2001:db8::/64")',
    ],
    '1.33',
    [],
  ],
  [
    'an address type',
    object('discovery.k8s.io/v1', 'EndpointSlice', { addressType: 'FQDN', endpoints: [] }),
    ['spec.addressType: FQDN endpoints are deprecated'],
  ],
  [
    'a volume that is recycled, with annotations instead of fields',
    persistentVolume(
      { ...nfs, persistentVolumeReclaimPolicy: 'Recycle' },
      { 'volume.beta.kubernetes.io/storage-class': 'x', 'volume.beta.kubernetes.io/mount-options': 'ro' },
    ),
    [
      'metadata.annotations[volume.beta.kubernetes.io/storage-class]: deprecated since v1.8; use "storageClassName" attribute instead',
      'metadata.annotations[volume.beta.kubernetes.io/mount-options]: deprecated since v1.31; use "mountOptions" attribute instead',
      'spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead, the recommended approach is to use dynamic provisioning.',
    ],
    '1.31',
  ],
  [
    'a claim of a fraction',
    object('v1', 'PersistentVolumeClaim', { spec: claim('2500m') }),
    ['spec.resources.requests[storage]: fractional byte value "2500m" is invalid, must be an integer'],
  ],
  [
    'topologies of a class',
    object('storage.k8s.io/v1', 'StorageClass', {
      provisioner: 'a.example',
      allowedTopologies: [
        { matchLabelExpressions: [{ key: 'failure-domain.beta.kubernetes.io/zone', values: ['a'] }] },
      ],
    }),
    [
      'allowedTopologies[0].matchLabelExpressions[0].key: deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
    ],
  ],
  [
    'tokens of a driver',
    object(
      'storage.k8s.io/v1',
      'CSIDriver',
      { spec: { tokenRequests: [{ audience: 'a' }] } },
      { name: 'a.example' },
    ),
    [
      'spec.serviceAccountTokenInSecrets: spec.serviceAccountTokenInSecrets is unset; if supported by this CSI driver, set to true to prevent possible logging of tokens in volume attributes',
    ],
    '1.35',
    [],
  ],
  [
    'secrets that an account may mount',
    object(
      'v1',
      'ServiceAccount',
      {},
      { annotations: { 'kubernetes.io/enforce-mountable-secrets': 'true' } },
    ),
    [
      'metadata.annotations[kubernetes.io/enforce-mountable-secrets]: deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets',
    ],
    '1.32',
    [],
  ],
  [
    'a quota whose requests exceed its limits',
    object('v1', 'ResourceQuota', {
      spec: { hard: { cpu: '4', 'limits.cpu': '2', 'requests.memory': '1Gi', 'limits.memory': '1Gi' } },
    }),
    ['spec.hard[cpu]: ResourceQuota cpu (4) should be less than limits.cpu (2)'],
    '1.35',
    [],
  ],
  [
    'a label of nodes in a RuntimeClass',
    object('node.k8s.io/v1', 'RuntimeClass', {
      handler: 'a',
      scheduling: { nodeSelector: { 'beta.kubernetes.io/os': 'linux' } },
    }),
    ['scheduling.nodeSelector: deprecated since v1.14; use "kubernetes.io/os" instead'],
  ],
  [
    'a reserved name',
    object(
      'admissionregistration.k8s.io/v1',
      'ValidatingWebhookConfiguration',
      { webhooks: [] },
      { name: 'a.static.k8s.io' },
    ),
    [
      'metadata.name: names ending with ".static.k8s.io" are reserved for static manifest-based configurations and cannot be managed via the API',
    ],
    '1.36',
    [],
  ],
  [
    'owners twice',
    object(
      'v1',
      'ConfigMap',
      {},
      { ownerReferences: [1, 2].map(() => ({ apiVersion: 'v1', kind: 'Pod', name: 'p', uid: 'u' })) },
    ),
    [
      'metadata.ownerReferences: .metadata.ownerReferences contains duplicate entries; API server dedups owner references in 1.20+, and may reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: u',
    ],
  ],
  [
    'formats of a definition that mean nothing',
    definition({
      properties: {
        a: { type: 'string', format: 'colour' },
        b: { type: 'integer', format: 'int32' },
        c: { type: 'number', format: 'int32' },
      },
    }),
    [
      'spec.versions[0].schema.openAPIV3Schema.properties[c].format: unrecognized format "int32"',
      'spec.versions[0].schema.openAPIV3Schema.properties[a].format: unrecognized format "colour"',
    ],
    '1.34',
    [],
  ],
  [
    'what is fine',
    deployment({
      containers: [container({ ports: [{ containerPort: 80 }], env: [{ name: 'A', value: '1' }] })],
    }),
    [],
  ],
];

describe('the warnings of the API server', () => {
  it.each(CASES.map(([what, ...rest]) => [what, rest] as const))(
    '%s',
    (_, [value, expected, since = '1.27', before]) => {
      for (const kubernetes of [since, '1.36']) {
        expect(admit(value, { kubernetes })).toEqual([]);
        expect(spokenAbout(value, { kubernetes }).sort()).toEqual([...expected].sort());
      }
      const older = `1.${Number(since.slice(2)) - 1}`;
      expect(before && spokenAbout(value, { kubernetes: older })).toEqual(before);
    },
  );

  it.each([
    [
      '1.32',
      'IP address was accepted, but will be invalid in a future Kubernetes release: ParseAddr("10.0.0.01"): IPv4 field has octet with leading zero',
    ],
    [
      '1.34',
      'non-standard IP address "10.0.0.01" will be considered invalid in a future Kubernetes release: use "10.0.0.1"',
    ],
  ])('an address with leading zeros in %s', (kubernetes, message) => {
    expect(spokenAbout(service({ externalIPs: ['10.0.0.01'] }), { kubernetes })).toEqual([
      `spec.externalIPs[0]: ${message}`,
    ]);
  });

  it.each([
    [
      '10.0.0.5/8',
      'CIDR value "10.0.0.5/8" is ambiguous in this context (should be "10.0.0.0/8" or "10.0.0.5/32"?)',
    ],
    [
      '010.0.0.0/8',
      'non-standard CIDR value "010.0.0.0/8" will be considered invalid in a future Kubernetes release: use "10.0.0.0/8"',
    ],
  ])('the block %s before 1.36', (cidr, message) => {
    expect(spokenAbout(policy({ cidr }), { kubernetes: '1.34' })).toEqual([
      `spec.egress[0].to[0].ipBlock.cidr: ${message}`,
    ]);
  });

  it('are those of a custom resource by its definition', () => {
    const crds = [
      definition({}, [{ deprecated: true }, {}, { deprecated: true, deprecationWarning: 'no more' }]),
    ];
    const shop = (version: string, finalizers: string[] = []) =>
      object(`acme.example/${version}`, 'Shop', {}, { finalizers });
    expect(spokenAbout(shop('v1'), { crds })).toEqual([
      'apiVersion: acme.example/v1 Shop is deprecated; use acme.example/v2 Shop',
    ]);
    expect(spokenAbout(shop('v2'), { crds })).toEqual([]);
    expect(spokenAbout(shop('v3'), { crds })).toEqual(['apiVersion: no more']);
    expect(spokenAbout(shop('v2', ['orphan', 'acme.example/a', 'stop', 'a.b']), { crds })).toEqual([
      'metadata.finalizers[2]: "stop": prefer a domain-qualified finalizer name to avoid accidental conflicts with other finalizer writers',
      'metadata.finalizers[3]: "a.b": prefer a domain-qualified finalizer name including a path (/) to avoid accidental conflicts with other finalizer writers',
    ]);
  });

  it('are about keys and certificates that do not fit, and show nothing of them', () => {
    const encoded = (text: string) => Buffer.from(text).toString('base64');
    const key = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const tls = (certificate: string, privateKey: string) =>
      spokenAbout(
        object('v1', 'Secret', {
          type: 'kubernetes.io/tls',
          data: { 'tls.crt': encoded(certificate), 'tls.key': encoded(privateKey) },
        }),
        {},
      );
    expect(tls('x', 'y')).toEqual(['data: tls: failed to find any PEM data in certificate input']);
    expect(tls(key, key)).toEqual([
      'data: tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched',
    ]);
    const certificate = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n';
    expect(tls(certificate, 'y')).toEqual(['data: tls: failed to find any PEM data in key input']);
    expect(tls(certificate, certificate)).toEqual([
      'data: tls: found a certificate rather than a key in the PEM for the private key',
    ]);
    expect(tls(certificate, key)).toEqual(['data: x509: malformed certificate']);
  });

  it('are given for what is accepted only', () => {
    const spec = { imagePullSecrets: [{ name: '' }], restartPolicy: 'Often' };
    expect(admit(pod(spec), { warnings: true }).map(({ rule }) => rule)).toEqual(['admission/not-supported']);
  });

  it('are findings of check, in the order of its fields', () => {
    const found = check(ManifestSet.of([pod({ imagePullSecrets: [{ name: '' }] })]), { preset: 'none' });
    expect(found.filter(({ rule }) => rule === 'admission/warning')).toEqual([
      {
        rule: 'admission/warning',
        severity: 'warning',
        id: { apiVersion: 'v1', kind: 'Pod', name: 'a' },
        path: 'spec.imagePullSecrets[0].name',
        message: 'invalid empty name ""',
      },
    ]);
  });
});
