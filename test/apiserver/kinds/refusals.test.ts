import type { KubeObject } from '../../../lib/manifest/manifest';
import { effect, having, object, updated } from '../../plan/changes';

// The rules that let an update change some fields of a kind: what they refuse, in which words, and what they let pass.

/** Why the server refuses that the field at `path` becomes `value`: paths and messages. */
function refused(base: KubeObject, path: string, value?: unknown, kubernetes?: string): string[] {
  const after = having(base, path, value);
  return updated(base, after, kubernetes).violations.map((each) => `${each.path}: ${each.message}`);
}

function hints(before: KubeObject, path: string, value?: unknown): (string | undefined)[] {
  return updated(before, having(before, path, value)).violations.map(({ hint }) => hint);
}

describe('configuration', () => {
  const base = object('v1', 'ConfigMap', { immutable: true, data: { a: 'b' }, binaryData: { c: 'ZA==' } });
  const immutable = 'Forbidden: field is immutable when `immutable` is set';

  it.each([
    ['immutable', false],
    ['data', { a: 'c' }],
    ['binaryData', { c: 'ZQ==' }],
  ])('%s cannot change once it is immutable', (path, value) => {
    expect(refused(base, path, value)).toEqual([`${path}: ${immutable}`]);
    expect(hints(base, path, value)).toEqual([
      'Write it under a new name, and point the workloads that read it there.',
    ]);
  });

  it('can change while it is not', () => {
    const open = having(base, 'immutable', false);
    expect(effect(open, having(open, 'data.a', 'c'))).toBe('updated');
    expect(effect(open, having(open, 'immutable', true))).toBe('updated');
  });

  it('of a Secret is its data, however that is written', () => {
    const secret = object('v1', 'Secret', { immutable: true, stringData: { a: 'b' }, data: { c: 'ZA==' } });
    expect(refused(secret, 'stringData.a', 'c')).toEqual([`data: ${immutable}`]);
    expect(refused(secret, 'type', 'a/b')).toEqual([
      expect.stringMatching(/^type: Invalid value: .*field is immutable$/),
    ]);
    const { now } = updated(secret, having(secret, 'metadata.labels', { a: 'b' }));
    expect(now).toMatchObject({ data: { a: 'Yg==', c: 'ZA==' } });
    expect(now).not.toHaveProperty('stringData');
  });
});

describe('a Pod', () => {
  const containers = [{ name: 'app', image: 'a:1' }];
  const base = object('v1', 'Pod', { spec: { containers } });
  const gated = having(base, 'spec', {
    containers,
    schedulingGates: [{ name: 'x.io/a' }],
    nodeSelector: { a: 'b' },
  });
  const HINT = 'Delete the pod and apply it again, or let a Deployment or a Job look after pods that change.';

  it('names the fields that may not change', () => {
    const after = having(having(base, 'spec.hostname', 'a'), 'spec.dnsPolicy', 'Default');
    const { violations } = updated(base, after);
    expect(violations).toMatchObject([
      {
        path: 'spec',
        message: 'Forbidden: pod updates may not change dnsPolicy and hostname',
        hint: HINT,
      },
    ]);
  });

  it.each([
    ['containers', [...containers, { name: 'b', image: 'b' }]],
    ['initContainers', [{ name: 'b', image: 'b' }]],
  ])('keeps the number of its %s', (list, more) => {
    expect(refused(base, `spec.${list}`, more)).toEqual([
      `spec.${list}: Forbidden: pod updates may not add or remove containers`,
    ]);
    expect(hints(base, `spec.${list}`, more)).toEqual([HINT]);
  });

  it('may change the image of an init container', () => {
    const started = having(base, 'spec.initContainers', [{ name: 'init', image: 'a:1' }]);
    expect(effect(started, having(started, 'spec.initContainers.0.image', 'a:2'))).toBe('updated');
    expect(refused(started, 'spec.initContainers.0.command', ['a'])).toEqual([
      'spec: Forbidden: pod updates may not change initContainers',
    ]);
  });

  it.each([
    [60, 60, []],
    [60, 61, [' Invalid value: 61: must be less than or equal to previous value 60']],
    [60, 59, []],
    [undefined, 60, []],
  ])('may wait %j seconds, and then %j', (before, after, expected) => {
    const waiting = having(base, 'spec.activeDeadlineSeconds', before);
    expect(refused(waiting, 'spec.activeDeadlineSeconds', after)).toEqual(
      expected.map((message) => `spec.activeDeadlineSeconds:${message}`),
    );
  });

  it('cannot wait forever where it once did not', () => {
    expect(refused(having(base, 'spec.activeDeadlineSeconds', 60), 'spec.activeDeadlineSeconds')).toEqual([
      expect.stringContaining('must not update from a positive integer to nil value: it is 60'),
    ]);
  });

  it('keeps the annotations that other parts of a node read', () => {
    const mirror = having(having(base, 'spec.nodeName', 'n1'), 'metadata.annotations', {
      'kubernetes.io/config.mirror': 'a',
      'x.io/b': 'c',
    });
    const message = 'Forbidden: pod updates may not change this annotation';
    expect(refused(mirror, 'metadata.annotations', { 'kubernetes.io/config.mirror': 'b' })).toEqual([
      `metadata.annotations[kubernetes.io/config.mirror]: ${message}`,
    ]);
    expect(refused(mirror, 'metadata.annotations')).toEqual([
      `metadata.annotations[kubernetes.io/config.mirror]: ${message}`,
    ]);
    expect(
      effect(mirror, having(mirror, 'metadata.annotations', { 'kubernetes.io/config.mirror': 'a' })),
    ).toBe('updated');
    const armored = 'container.apparmor.security.beta.kubernetes.io/app';
    expect(refused(base, 'metadata.annotations', { [armored]: 'runtime/default' })).toEqual([
      `metadata.annotations[${armored}]: ${message}`,
    ]);
  });

  it('keeps its tolerations, but for how long', () => {
    const toleration = { key: 'a', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 1 };
    const tolerant = having(base, 'spec.tolerations', [toleration]);
    expect(effect(tolerant, having(tolerant, 'spec.tolerations.0.tolerationSeconds', 2))).toBe('updated');
    expect(refused(tolerant, 'spec.tolerations', [{ key: 'b', operator: 'Exists' }])).toEqual([
      'spec.tolerations: Forbidden: existing toleration can not be modified except its tolerationSeconds',
    ]);
  });

  const [NOT_READY, UNREACHABLE] = [
    'node.kubernetes.io/not-ready',
    'node.kubernetes.io/unreachable',
  ] as const;

  it.each([
    [{ key: NOT_READY, operator: 'Exists' }, [UNREACHABLE]],
    [{ key: UNREACHABLE, operator: 'Exists', effect: 'NoExecute' }, [NOT_READY]],
    [{ key: UNREACHABLE, operator: 'Exists', effect: 'NoSchedule' }, [NOT_READY, UNREACHABLE]],
    [{ operator: 'Exists' }, []],
  ])('tolerates nodes that are gone for five minutes, unless it says otherwise: %j', (own, missing) => {
    const added = missing.map((key) => ({
      key,
      operator: 'Exists',
      effect: 'NoExecute',
      tolerationSeconds: 300,
    }));
    const { now } = updated(base, having(base, 'spec.tolerations', [own]));
    expect(now).toMatchObject({ spec: { tolerations: [own, ...added] } });
  });

  it('takes no new gate', () => {
    expect(refused(gated, 'spec.schedulingGates', [{ name: 'x.io/a' }, { name: 'x.io/b' }])).toEqual([
      'spec.schedulingGates[1].name: Forbidden: only deletion is allowed, but found new scheduling gate',
    ]);
  });

  it('may be kept to fewer nodes while it has a gate', () => {
    const selector = 'spec.nodeSelector';
    expect(effect(gated, having(gated, selector, { a: 'b', c: 'd' }))).toBe('updated');
    for (const less of [{}, { a: 'c' }])
      expect(refused(gated, selector, less)).toEqual([
        expect.stringMatching(
          /^spec.nodeSelector: .*only additions are allowed for a pod with scheduling gates/,
        ),
      ]);
    const nodeAffinity = { preferredDuringSchedulingIgnoredDuringExecution: [] };
    expect(effect(gated, having(gated, 'spec.affinity', { nodeAffinity }))).not.toBe('rejected');
    const podAffinity = {
      requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'a', labelSelector: {} }],
    };
    expect(refused(gated, 'spec.affinity', { nodeAffinity, podAffinity })).toEqual([
      'spec: Forbidden: pod updates may not change affinity',
    ]);
  });

  it('keeps the node, the priority and the account that the cluster gave it', () => {
    const placed = having(base, 'spec', {
      containers,
      nodeName: 'n1',
      priority: 0,
      preemptionPolicy: 'PreemptLowerPriority',
      serviceAccount: 'default',
    });
    expect(effect(placed, having(base, 'metadata.labels', { a: 'b' }))).toBe('updated');
    expect(updated(placed, base).now).toMatchObject({
      spec: { nodeName: 'n1', serviceAccountName: 'default' },
    });
    const named = having(base, 'spec.priorityClassName', 'high');
    expect(updated(named, named).now).not.toHaveProperty('spec.priority');
  });

  it('does not see the token that is mounted into it', () => {
    const token = 'kube-api-access-x2v9k';
    const mounted = having(base, 'spec', {
      containers: [{ ...containers[0], volumeMounts: [{ name: token, mountPath: '/var/run' }] }],
      volumes: [{ name: token, projected: { sources: [] } }],
    });
    expect(effect(mounted, base)).toBe('none');
    const other = having(mounted, 'spec.volumes.0.name', 'kube-api-access-x2v9k0');
    expect(effect(having(other, 'spec.containers', containers), base)).toBe('rejected');
  });
});

describe('a Job', () => {
  const pod = { containers: [{ name: 'app', image: 'a:1' }], restartPolicy: 'Never' };
  const base = object('batch/v1', 'Job', {
    spec: { template: { metadata: { labels: { a: 'b' } }, spec: pod } },
  });
  const suspended = having(base, 'spec.suspend', true);
  const REPLACE = 'Give the Job a new name, or delete it and apply it again: its pods then run anew.';

  it('says that its template is immutable, and what to do', () => {
    expect(refused(base, 'spec.template.spec.containers.0.image', 'a:2')).toEqual([
      expect.stringMatching(/^spec\.template: Invalid value: .*field is immutable$/),
    ]);
    expect(hints(base, 'spec.template.spec.containers.0.image', 'a:2')).toEqual([REPLACE]);
    expect(refused(base, 'spec.template.metadata.labels', { a: 'c' })).toEqual([
      expect.stringMatching(/^spec\.template: .*field is immutable$/),
    ]);
  });

  it.each([
    ['nodeSelector', { a: 'b' }],
    ['tolerations', [{ key: 'a', operator: 'Exists' }]],
    ['schedulingGates', [{ name: 'x.io/a' }]],
    [
      'affinity',
      {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [{ matchExpressions: [{ key: 'a', operator: 'Exists' }] }],
          },
        },
      },
    ],
    ['containers', [{ ...pod.containers[0], resources: { requests: { cpu: '1' } } }]],
  ])('may change %s of its pods while it is suspended', (field, value) => {
    const path = `spec.template.spec.${field}`;
    expect(effect(suspended, having(suspended, path, value), '1.36')).toBe('updated');
    expect(effect(base, having(base, path, value), '1.36')).toBe('rejected');
    const back = having(suspended, path, value);
    const before = field === 'containers' ? pod.containers : undefined;
    expect(effect(back, having(back, path, before), '1.36')).toBe('updated');
  });

  it('may change the labels of its pods while it is suspended', () => {
    for (const field of ['labels', 'annotations'])
      for (const release of ['1.35', '1.36'])
        expect(
          effect(suspended, having(suspended, `spec.template.metadata.${field}`, { a: 'c' }), release),
        ).toBe('updated');
    const finalizers = 'spec.template.metadata.finalizers';
    expect(effect(suspended, having(suspended, finalizers, ['x.io/a']), '1.36')).not.toBe('rejected');
    expect(refused(suspended, finalizers, ['x.io/a'], '1.35')).toEqual([
      expect.stringMatching(/^spec\.template: .*field is immutable$/),
    ]);
  });

  it('may not change more of its pods while it is suspended', () => {
    const image = 'spec.template.spec.containers.0.image';
    expect(refused(suspended, image, 'a:2', '1.36')).toEqual([
      expect.stringMatching(/^spec\.template\.spec: .*field is immutable$/),
    ]);
    expect(refused(suspended, image, 'a:2', '1.35')).toEqual([
      expect.stringMatching(/^spec\.template: .*field is immutable$/),
    ]);
    expect(hints(suspended, image, 'a:2')).toEqual([REPLACE]);
    const podAffinity = {
      requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'a', labelSelector: {} }],
    };
    expect(effect(suspended, having(suspended, 'spec.template.spec.affinity', { podAffinity }))).toBe(
      'rejected',
    );
    const tied = having(suspended, 'spec.template.spec.affinity', { podAffinity });
    expect(effect(tied, having(tied, 'spec.template.spec.affinity'))).toBe('rejected');
    const two = [...pod.containers, { name: 'b', image: 'b' }];
    expect(effect(suspended, having(suspended, 'spec.template.spec.containers', two))).toBe('rejected');
    expect(effect(suspended, having(suspended, 'spec.template.spec.containers.0.name', 'b'))).toBe(
      'rejected',
    );
  });

  it('may change the resources of an init container while it is suspended', () => {
    const started = having(suspended, 'spec.template.spec.initContainers', [{ name: 'init', image: 'a' }]);
    const path = 'spec.template.spec.initContainers.0.resources';
    expect(effect(started, having(started, path, { requests: { cpu: '1' } }), '1.36')).toBe('updated');
    expect(effect(started, having(started, path, { requests: { cpu: '1' } }), '1.34')).toBe('rejected');
  });

  it('says with what completions may change', () => {
    const indexed = having(base, 'spec', {
      ...(base['spec'] as object),
      completionMode: 'Indexed',
      completions: 2,
      parallelism: 2,
    });
    expect(refused(indexed, 'spec.completions', 3)).toEqual([
      'spec.completions: Invalid value: 3: can only be changed together with parallelism, which is 2',
    ]);
    expect(refused(base, 'spec.completions', 3)).toEqual([
      'spec.completions: Invalid value: 3: field is immutable',
    ]);
    expect(hints(base, 'spec.completions', 3)).toEqual([REPLACE]);
  });

  it('has the labels of its template, and its name among those', () => {
    const own = { 'job-name': 'a', 'batch.kubernetes.io/job-name': 'a', a: 'b' };
    const { now } = updated(base, having(base, 'metadata.annotations', { c: 'd' }));
    expect(now).toMatchObject({
      metadata: { labels: own },
      spec: { template: { metadata: { labels: own } } },
    });
    const labelled = having(base, 'metadata.labels', { e: 'f' });
    expect(updated(labelled, labelled).now).toMatchObject({ metadata: { labels: { e: 'f' } } });
    expect(updated(labelled, labelled).now).not.toHaveProperty('metadata.labels.job-name');
  });

  it('that selects its pods itself keeps its selector and labels', () => {
    const manual = having(base, 'spec', {
      manualSelector: true,
      selector: { matchLabels: { a: 'b' } },
      template: { metadata: { labels: { a: 'b' } }, spec: pod },
    });
    const { now } = updated(manual, having(manual, 'spec.parallelism', 2));
    expect(now).toMatchObject({ spec: { selector: { matchLabels: { a: 'b' } } } });
    expect(now).not.toHaveProperty('spec.template.metadata.labels.job-name');
  });
});

it('a ResourceQuota keeps its scopes, in any order', () => {
  const spec = { hard: { pods: '1' }, scopes: ['BestEffort', 'NotTerminating'] };
  const quota = object('v1', 'ResourceQuota', { spec });
  expect(effect(quota, having(quota, 'spec.scopes', ['NotTerminating', 'BestEffort']))).toBe('updated');
  expect(effect(quota, having(quota, 'spec.hard.pods', '2'))).toBe('updated');
  expect(refused(quota, 'spec.scopes', ['BestEffort'])).toEqual([
    expect.stringMatching(/^spec\.scopes: Invalid value: .*field is immutable$/),
  ]);
  expect(hints(quota, 'spec.scopes', ['BestEffort'])).toEqual(['Make a ResourceQuota under a new name.']);
});

it('a ServiceCIDR may take a second range, and keeps its first', () => {
  const base = {
    ...object('networking.k8s.io/v1', 'ServiceCIDR', { spec: { cidrs: ['10.0.0.0/16'] } }),
    metadata: { name: 'a' },
  };
  const both = having(base, 'spec.cidrs', ['10.0.0.0/16', 'fd00::/64']);
  expect(effect(base, both)).toBe('updated');
  expect(effect(base, having(base, 'metadata.labels', { a: 'b' }))).toBe('updated');
  for (const [before, cidrs] of [
    [base, ['10.1.0.0/16']],
    [both, ['10.0.0.0/16']],
    [both, ['10.0.0.0/16', 'fd01::/64']],
    [base, ['fd00::/64', '10.0.0.0/16']],
  ] as const) {
    expect(refused(before, 'spec.cidrs', cidrs)).toEqual([
      expect.stringMatching(/^spec\.cidrs: Invalid value: .*field is immutable$/),
    ]);
    expect(hints(before, 'spec.cidrs', cidrs)).toEqual(['Make a ServiceCIDR under a new name.']);
  }
});

describe('what the server does not keep', () => {
  it('is the spec of a Namespace', () => {
    const namespace = { ...object('v1', 'Namespace'), metadata: { name: 'a' } };
    expect(effect(namespace, having(namespace, 'spec', { finalizers: ['kubernetes'] }))).toBe('none');
  });

  it('is all but the name of a secret of a ServiceAccount', () => {
    const account = object('v1', 'ServiceAccount', { secrets: [{ name: 'a' }] });
    expect(effect(account, having(account, 'secrets.0.namespace', 'b'))).toBe('none');
    expect(effect(account, having(account, 'secrets.0.name', 'b'))).toBe('updated');
    expect(updated(account, having(account, 'secrets')).now).not.toHaveProperty('secrets');
  });

  it('is the old topology of an EndpointSlice', () => {
    const slice = object('discovery.k8s.io/v1', 'EndpointSlice', {
      addressType: 'IPv4',
      endpoints: [{ addresses: ['10.0.0.1'] }],
    });
    expect(effect(slice, having(slice, 'endpoints.0.deprecatedTopology', { a: 'b' }))).toBe('none');
    expect(effect(slice, having(slice, 'endpoints.0.nodeName', 'n1'))).toBe('updated');
  });
});
