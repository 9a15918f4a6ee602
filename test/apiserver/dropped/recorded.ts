/** What real servers 1.27.16, 1.28.15, 1.31.14 and 1.34.4 did with a field: refused it, dropped it, or kept it. */
export type Fate = 'unknown' | 'refused' | 'dropped' | 'kept';

export const SERVERS = ['1.27', '1.28', '1.31', '1.34'] as const;

export interface Recorded {
  readonly name: string;
  readonly object: Readonly<Record<string, unknown>>;
  /** Where the field is, if it is dropped. */
  readonly path: string;
  /** By `SERVERS`. */
  readonly fates: readonly [Fate, Fate, Fate, Fate];
}

const container = { name: 'a', image: 'a:1' };

function pod(spec: object, containers: object[] = [container]) {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { containers, ...spec } };
}

function withContainer(more: object) {
  return pod({}, [{ ...container, ...more }]);
}

function job(spec: object, template: object = {}) {
  const podSpec = { restartPolicy: 'Never', containers: [container], ...template };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'j' },
    spec: { ...spec, template: { spec: podSpec } },
  };
}

const indexed = { completionMode: 'Indexed', completions: 2 };
const resources = { requests: { storage: '1Gi' } };
const claim = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'c' },
  spec: { accessModes: ['ReadWriteOnce'], resources },
};
const selector = { matchLabels: { app: 'a' } };

export const RECORDED: readonly Recorded[] = [
  {
    name: 'a sidecar',
    object: pod({ initContainers: [{ name: 'i', image: 'i:1', restartPolicy: 'Always' }] }),
    path: 'spec.initContainers[0].restartPolicy',
    fates: ['unknown', 'dropped', 'kept', 'kept'],
  },
  {
    name: 'a source in another namespace',
    object: {
      ...claim,
      spec: {
        ...claim.spec,
        dataSourceRef: {
          apiGroup: 'snapshot.storage.k8s.io',
          kind: 'VolumeSnapshot',
          name: 's',
          namespace: 'other',
        },
      },
    },
    path: 'spec.dataSourceRef',
    fates: ['dropped', 'dropped', 'dropped', 'dropped'],
  },
  {
    name: 'hostUsers',
    object: pod({ hostUsers: false }),
    path: 'spec.hostUsers',
    fates: ['dropped', 'dropped', 'dropped', 'kept'],
  },
  {
    name: 'procMount',
    object: pod({ hostUsers: false }, [{ ...container, securityContext: { procMount: 'Unmasked' } }]),
    path: 'spec.containers[0].securityContext.procMount',
    fates: ['dropped', 'dropped', 'dropped', 'kept'],
  },
  {
    name: 'supplementalGroupsPolicy',
    object: pod({ securityContext: { supplementalGroupsPolicy: 'Strict' } }),
    path: 'spec.securityContext.supplementalGroupsPolicy',
    fates: ['unknown', 'unknown', 'dropped', 'kept'],
  },
  {
    name: 'an image volume',
    object: pod({ volumes: [{ name: 'i', image: { reference: 'a:1' } }] }, [
      { ...container, volumeMounts: [{ name: 'i', mountPath: '/i' }] },
    ]),
    path: 'spec.volumes[0]',
    fates: ['unknown', 'unknown', 'dropped', 'dropped'],
  },
  {
    name: 'resizePolicy',
    object: withContainer({ resizePolicy: [{ resourceName: 'cpu', restartPolicy: 'NotRequired' }] }),
    path: 'spec.containers[0].resizePolicy',
    fates: ['dropped', 'dropped', 'dropped', 'kept'],
  },
  {
    name: 'rules of restarts',
    object: withContainer({
      restartPolicy: 'Never',
      restartPolicyRules: [{ action: 'Restart', exitCodes: { operator: 'In', values: [1] } }],
    }),
    path: 'spec.containers[0].restartPolicyRules',
    fates: ['unknown', 'unknown', 'unknown', 'dropped'],
  },
  {
    name: 'hostnameOverride',
    object: pod({ hostnameOverride: 'h' }),
    path: 'spec.hostnameOverride',
    fates: ['unknown', 'unknown', 'unknown', 'dropped'],
  },
  {
    name: 'stopSignal',
    object: pod({ os: { name: 'linux' } }, [{ ...container, lifecycle: { stopSignal: 'SIGTERM' } }]),
    path: 'spec.containers[0].lifecycle.stopSignal',
    fates: ['unknown', 'unknown', 'unknown', 'dropped'],
  },
  {
    name: 'backoffLimitPerIndex',
    object: job({ ...indexed, backoffLimitPerIndex: 1 }),
    path: 'spec.backoffLimitPerIndex',
    fates: ['unknown', 'dropped', 'kept', 'kept'],
  },
  {
    name: 'managedBy',
    object: job({ managedBy: 'acme.com/jobs' }),
    path: 'spec.managedBy',
    fates: ['unknown', 'unknown', 'dropped', 'kept'],
  },
  {
    name: 'maxUnavailable of a StatefulSet',
    object: {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 's' },
      spec: {
        serviceName: 's',
        selector,
        template: { metadata: { labels: { app: 'a' } }, spec: { containers: [container] } },
        updateStrategy: { rollingUpdate: { maxUnavailable: 2 } },
      },
    },
    path: 'spec.updateStrategy.rollingUpdate.maxUnavailable',
    fates: ['dropped', 'dropped', 'dropped', 'dropped'],
  },
  {
    name: 'volumeAttributesClassName',
    object: { ...claim, spec: { ...claim.spec, volumeAttributesClassName: 'fast' } },
    path: 'spec.volumeAttributesClassName',
    fates: ['unknown', 'unknown', 'dropped', 'kept'],
  },
  {
    name: 'seLinuxMount',
    object: {
      apiVersion: 'storage.k8s.io/v1',
      kind: 'CSIDriver',
      metadata: { name: 'd' },
      spec: { attachRequired: true, seLinuxMount: true },
    },
    path: 'spec.seLinuxMount',
    fates: ['dropped', 'kept', 'kept', 'kept'],
  },
  {
    name: 'matchConditions',
    object: {
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name: 'w' },
      webhooks: [
        {
          name: 'w.acme.com',
          admissionReviewVersions: ['v1'],
          sideEffects: 'None',
          clientConfig: { url: 'https://acme.com' },
          matchConditions: [{ name: 'c', expression: 'true' }],
        },
      ],
    },
    path: 'webhooks[0].matchConditions',
    fates: ['dropped', 'kept', 'kept', 'kept'],
  },
];
