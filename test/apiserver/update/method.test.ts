import { defaultGates } from '../../../lib/kube/feature-gates';
import { definitionsIn } from '../../../lib/apiserver/admission/custom/definitions';
import type { ApplyMethod } from '../../../lib/apiserver/apply/method';
import { create, update, type Update } from '../../../lib/apiserver/update/update';
import { ownValue } from '../../../lib/manifest/data';
import type { KubeObject } from '../../../lib/manifest/manifest';
import { effectOf } from '../../../lib/plan/effect';
import { object } from '../../plan/changes';

const server = {
  kubernetes: '1.36',
  gates: defaultGates('1.36'),
  definitions: definitionsIn(undefined, '1.36'),
} as const;

function applied(before: KubeObject, after: KubeObject, method: ApplyMethod): Update {
  return update(before, after, server, method);
}

const pod = (more: object = {}): object => ({
  metadata: { labels: { app: 'a' } },
  spec: { containers: [{ name: 'a', image: 'a:1', ...more }] },
});

const deployment = (spec: object = {}, container: object = {}): KubeObject =>
  object('apps/v1', 'Deployment', {
    spec: { selector: { matchLabels: { app: 'a' } }, template: pod(container), ...spec },
  });

const PATCHES = ['client-side', 'helm'] as const;

test.each(PATCHES)('%s moves to Recreate, and takes the settings of rolling updates away', (method) => {
  const after = deployment({ strategy: { type: 'Recreate' } });
  const { now, violations } = applied(deployment(), after, method);
  expect(violations).toEqual([]);
  expect(now['spec']).toMatchObject({ strategy: { type: 'Recreate' } });
  expect(ownValue(ownValue(now['spec'], 'strategy'), 'rollingUpdate')).toBeUndefined();
  expect(effectOf(applied(deployment(), after, 'server-side'))).toBe('rejected');
});

test.each(PATCHES)('%s drops one of two ports that differ in their protocol alone', (method) => {
  const udp = { containerPort: 53, protocol: 'UDP' };
  const both = deployment({}, { ports: [udp, { containerPort: 53 }] });
  const { now } = applied(deployment({}, { ports: [udp] }), both, method);
  const [container] = ownValue(ownValue(ownValue(now['spec'], 'template'), 'spec'), 'containers') as object[];
  expect(ownValue(container, 'ports')).toEqual([udp]);
});

test.each(PATCHES)(
  '%s creates an object with a key twice in a list, which server-side apply rejects',
  (method) => {
    const ports = [{ containerPort: 53 }, { containerPort: 53 }];
    const twice = deployment({}, { ports });
    expect(create(twice, server, method).violations).toEqual([]);
    expect(create(twice, server).violations.map(({ path }) => path)).toEqual([
      'spec.template.spec.containers[0].ports[1]',
    ]);
  },
);

test.each(PATCHES)('%s needs the merge key of an item of a list that is there', (method) => {
  const mounts = (volumeMounts: object[]): KubeObject => deployment({}, { volumeMounts });
  const { violations } = applied(mounts([{ name: 'x', mountPath: '/x' }]), mounts([{ name: 'x' }]), method);
  expect(violations.map(({ path }) => path)).toEqual([
    'spec.template.spec.containers[0].volumeMounts[0].mountPath',
  ]);
});

test('helm sends unknown fields, which the server drops', () => {
  const before = deployment({}, { imagePullPolicy: 'Always' });
  const after = deployment({}, { imagePullPolicy: 'Never', imagePulPolicy: 'Never' });
  const path = 'spec.template.spec.containers[0].imagePulPolicy';
  const paths = ({ violations }: Update): string[] => violations.map((violation) => violation.path);
  expect(
    [create(after, server), create(after, server, 'client-side'), applied(before, after, 'client-side')].map(
      paths,
    ),
  ).toEqual([[path], [path], [path]]);
  expect(effectOf(applied(before, after, 'helm'))).toBe('pods-replaced');
  expect(create(after, server, 'helm')).toMatchObject({ violations: [], now: { spec: { replicas: 1 } } });
  const invalid = deployment({ replicas: -1 }, { imagePulPolicy: 'Never' });
  expect(paths(create(invalid, server, 'helm'))).toEqual(['spec.replicas']);
});

test('kubectl takes away what its annotation has, and keeps what another client has added', () => {
  const annotation = JSON.stringify(object('v1', 'ConfigMap', { data: { a: '1', b: '1' } }));
  const live = object('v1', 'ConfigMap', {
    metadata: {
      name: 'a',
      namespace: 'shop',
      annotations: { 'kubectl.kubernetes.io/last-applied-configuration': annotation, 'a.io/other': 'x' },
    },
    data: { a: '1', b: '1', c: '1' },
  });
  const after = object('v1', 'ConfigMap', { data: { a: '1' } });
  const { now } = applied(live, after, 'client-side');
  expect(now['data']).toEqual({ a: '1', c: '1' });
  expect(now['metadata']).toMatchObject({ annotations: { 'a.io/other': 'x' } });
  expect(applied(live, after, 'helm').now['data']).toEqual({ a: '1' });
});

test('kubectl cannot apply an object that is too large for an annotation', () => {
  const large = (letter: string): KubeObject =>
    object('v1', 'ConfigMap', { data: { a: letter.repeat(270_000) } });
  const paths = ({ violations }: Update): string[] => violations.map(({ path }) => path);
  expect(paths(create(large('x'), server, 'client-side'))).toEqual(['metadata.annotations']);
  expect(paths(applied(large('x'), large('y'), 'client-side'))).toEqual(['metadata.annotations']);
  for (const method of ['server-side', 'helm'] as const)
    expect(create(large('x'), server, method).violations).toEqual([]);
});

test.each(PATCHES)('%s replaces lists of a custom resource, and merges its maps', (method) => {
  const widget = (spec: object): KubeObject => object('example.com/v1', 'Widget', { spec });
  const { was, now } = applied(
    widget({ size: 1, parts: [{ name: 'a', n: 1 }], tags: { a: 'x', b: 'y' } }),
    widget({ parts: [{ name: 'a' }], tags: { a: 'z' } }),
    method,
  );
  expect(was?.['spec']).toMatchObject({ size: 1 });
  expect(now['spec']).toEqual({ parts: [{ name: 'a' }], tags: { a: 'z' } });
});

test('a divisor of zero is the same as none, since the server writes it', () => {
  const divided = (more: object): KubeObject =>
    deployment(
      {},
      { env: [{ name: 'CPU', valueFrom: { resourceFieldRef: { resource: 'limits.cpu', ...more } } }] },
    );
  for (const method of ['server-side', 'client-side', 'helm'] as const)
    expect(effectOf(applied(divided({}), divided({ divisor: '0' }), method))).toBe('none');
});
