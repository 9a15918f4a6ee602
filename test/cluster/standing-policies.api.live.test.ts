/** @jest-environment ./test/cluster/environment.js */
import { apply } from '../../lib/cluster/apply/apply';
import { connect } from '../../lib/cluster/client/connect';
import { applyObject, type Written } from '../../lib/cluster/client/objects';
import type { ApiResource } from '../../lib/cluster/client/resources';
import { nearestRelease } from '../../lib/kube/schema';
import type { KubeObject } from '../../lib/manifest/manifest';
import { ManifestSet } from '../../lib/manifest/set';
import { plan } from '../../lib/plan/plan';
import { cluster as direct, testNamespace, until } from './cluster';

// Changes under a ValidatingAdmissionPolicy that compares with what was there: what the server denies, the plan refuses.

const namespace = testNamespace('standing-policies');
const apiVersion = 'admissionregistration.k8s.io/v1';

const policy: KubeObject = {
  apiVersion,
  kind: 'ValidatingAdmissionPolicy',
  metadata: { name: 'standing-policies' },
  spec: {
    matchConstraints: {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
      resourceRules: [
        { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['configmaps'] },
      ],
      objectSelector: { matchLabels: { judged: 'yes' } },
    },
    validations: [
      {
        expression: 'request.operation == "CREATE" || int(object.data.size) >= int(oldObject.data.size)',
        message: 'cannot shrink',
      },
      { expression: 'oldObject != null || int(object.data.size) < 10', message: 'too large at first' },
      { expression: '!has(object.data.note) || object.data.note != "never"', message: 'never' },
    ],
  },
};
const binding: KubeObject = {
  apiVersion,
  kind: 'ValidatingAdmissionPolicyBinding',
  metadata: { name: 'standing-policies' },
  spec: { policyName: 'standing-policies', validationActions: ['Deny'] },
};

const map = (name: string, data: object, isJudged = true): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace, ...(isJudged && { labels: { judged: 'yes' } }) },
  data,
});

const CHANGES: readonly (readonly [before: object | undefined, after: object, isJudged?: boolean])[] = [
  [undefined, { size: '1' }],
  [undefined, { size: '12' }],
  [undefined, { size: '12' }, false],
  [{ size: '2' }, { size: '3' }],
  [{ size: '2' }, { size: '1' }],
  [{ size: '2' }, { size: '1' }, false],
  [{ size: '2' }, { size: '20' }],
  [{ size: '2' }, { size: '2', note: 'never' }],
  [{ size: '2' }, { size: '1', note: 'never' }],
];

const kindOf = (kind: string, plural: string): ApiResource => ({
  apiVersion,
  kind,
  plural,
  namespaced: false,
});

afterAll(async () => {
  await direct.objects.delete(policy);
  await direct.objects.delete(binding);
});

test('what a policy denies of changes is what the plan refuses', async () => {
  const cluster = await connect({ kubeconfig: direct.kubeconfig });
  const maps: ApiResource = { apiVersion: 'v1', kind: 'ConfigMap', plural: 'configmaps', namespaced: true };
  const sent = (object: KubeObject, dryRun: boolean, resource = maps): Promise<Written> =>
    applyObject(cluster, resource, object, { manager: 'seaworthy', dryRun });
  for (const [index, [before]] of CHANGES.entries())
    if (before !== undefined) await sent(map(`map-${index}`, before), false);
  await sent(policy, false, kindOf('ValidatingAdmissionPolicy', 'validatingadmissionpolicies'));
  await sent(binding, false, kindOf('ValidatingAdmissionPolicyBinding', 'validatingadmissionpolicybindings'));
  // A server knows a policy a moment later.
  await until(async () => (await sent(map('probe', { size: '12' }), true)).refusal !== undefined);
  const kubernetes = nearestRelease(cluster.version);
  for (const [index, [before, after, isJudged]] of CHANGES.entries()) {
    const name = `map-${index}`;
    const now = map(name, after, isJudged);
    const { refusal } = await sent(now, true);
    const was = before === undefined ? [] : [map(name, before)];
    const { changes } = plan(
      ManifestSet.of([policy, binding, ...was]),
      ManifestSet.of([policy, binding, now]),
      { kubernetes },
    );
    const change = changes.find(({ id }) => id.kind === 'ConfigMap');
    // The server tells the first denial.
    const [first] = change?.effect === 'rejected' ? (change.reasons ?? []) : [];
    const isSame = first === undefined ? refusal === undefined : refusal?.message.includes(first.message);
    expect({ after, ours: first?.message, theirs: refusal?.message, isSame }).toMatchObject({ isSame: true });
  }
  cluster.close();
});

test('the plan of an apply judges by the policies of the cluster, as the server does', async () => {
  const cluster = await connect({ kubeconfig: direct.kubeconfig });
  const set = ManifestSet.of([map('applied', { size: '12' }), map('fine', { size: '2' })]);
  const { outcome, plan: planned } = await apply(set, cluster, { wait: false });
  cluster.close();
  const [change] = planned.changes.filter(({ effect }) => effect === 'rejected');
  expect(change).toMatchObject({ id: { name: 'applied' } });
  const [{ message } = { message: '' }] = planned.refusals;
  expect({ outcome, isSame: message.includes(change?.reasons?.[0]?.message ?? '-') }).toEqual({
    outcome: 'refused',
    isSame: true,
  });
  expect(planned.differences).toEqual([]);
});
