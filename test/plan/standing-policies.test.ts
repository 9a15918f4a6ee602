import { ManifestSet } from '../../lib/manifest/set';
import { plan } from '../../lib/plan/plan';

const admission = 'admissionregistration.k8s.io/v1';

const policy = (expression: string, operations: readonly string[], actions: readonly string[] = ['Deny']) => [
  {
    apiVersion: admission,
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name: 'maps' },
    spec: {
      matchConstraints: {
        resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations, resources: ['configmaps'] }],
      },
      validations: [{ expression, message: 'not so' }],
    },
  },
  {
    apiVersion: admission,
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name: 'maps' },
    spec: { policyName: 'maps', validationActions: actions },
  },
];

const map = (size: number, labels?: object) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'a', namespace: 'shop', ...(labels && { labels }) },
  data: { size: String(size) },
});

/** The effect on the ConfigMap, and why it is refused. */
function effect(before: readonly object[], after: readonly object[]): readonly unknown[] {
  const { changes } = plan(ManifestSet.of([...before]), ManifestSet.of([...after]), { kubernetes: '1.36' });
  const change = changes.find(({ id }) => id.kind === 'ConfigMap');
  return [change?.effect, ...(change?.reasons ?? []).map(({ message }) => message)];
}

const grows = policy('int(object.data.size) >= int(oldObject.data.size)', ['UPDATE']);

it('a policy about changes refuses those that it denies, and lets others be', () => {
  expect(effect([...grows, map(2)], [...grows, map(1)])).toEqual([
    'rejected',
    "ValidatingAdmissionPolicy 'maps' with binding 'maps' denied request: not so",
  ]);
  expect(effect([...grows, map(2)], [...grows, map(3)])).toEqual(['updated']);
  expect(effect([...grows], [...grows, map(1)])).toEqual(['created']);
});

it('a policy about new objects refuses these alone', () => {
  const small = policy('int(object.data.size) < 10 && oldObject == null', ['CREATE']);
  expect(effect([...small], [...small, map(12)])[0]).toBe('rejected');
  expect(effect([...small, map(1)], [...small, map(12)])).toEqual(['updated']);
});

it('a policy knows which operation it is asked for', () => {
  const named = policy('request.operation == "UPDATE" || oldObject == null', ['*']);
  expect(effect([...named], [...named, map(1)])).toEqual(['created']);
  const never = policy('request.operation == "CREATE"', ['*']);
  expect(effect([...never, map(1)], [...never, map(2)])[0]).toBe('rejected');
});

it('a policy counts as the cluster has it before, since policies are applied last', () => {
  expect(effect([map(2)], [...grows, map(1)])).toEqual(['updated']);
  expect(effect([...grows, map(2)], [map(1)])[0]).toBe('rejected');
});

it('a policy that warns, or that depends on who asks, refuses nothing', () => {
  const warns = policy('false', ['*'], ['Warn']);
  expect(effect([...warns, map(1)], [...warns, map(2)])).toEqual(['updated']);
  const personal = policy('request.userInfo.username == "jane"', ['*']);
  expect(effect([...personal, map(1)], [...personal, map(2)])).toEqual(['updated']);
});

it('a policy for labels sees a change that takes them away', () => {
  const [rule, binding] = policy('false', ['UPDATE']);
  const labelled = {
    ...rule,
    spec: {
      ...(rule?.spec as object),
      matchConstraints: {
        ...(rule?.spec as { matchConstraints: object }).matchConstraints,
        objectSelector: { matchLabels: { kept: 'yes' } },
      },
    },
  };
  const there = [labelled, binding as object];
  expect(effect([...there, map(1, { kept: 'yes' })], [...there, map(1)])[0]).toBe('rejected');
  expect(effect([...there, map(1)], [...there, map(2)])).toEqual(['updated']);
});
