import { descend, latestRelease, type Schema } from '../schema';
import { knownSchema } from './struct';

/** The schema at a path of fields, with `0` for the items of a list. */
function at(apiVersion: string, kind: string, ...path: string[]): Schema | undefined {
  const top = knownSchema(apiVersion, kind, latestRelease);
  if (top === undefined) return undefined;
  return path.reduce<Schema | undefined>((schema, part) => schema && descend(schema, part), {
    type: 'struct',
    struct: () => top,
    atomic: false,
  });
}

test('a custom kind has the fields of its definition', () => {
  const fields = [...(knownSchema('keda.sh/v1alpha1', 'ScaledObject', latestRelease)?.fields.keys() ?? [])];
  expect(fields.toSorted()).toEqual(['apiVersion', 'kind', 'metadata', 'spec', 'status']);
  expect(at('keda.sh/v1alpha1', 'ScaledObject', 'spec', 'maxReplicaCount')).toMatchObject({
    type: 'integer',
  });
  expect(at('keda.sh/v1alpha1', 'ScaledObject', 'spec', 'maxReplicas')).toBeUndefined();
  expect(at('keda.sh/v1alpha1', 'ScaledObject', 'spec', 'triggers', '0', 'metadata', 'any')).toMatchObject({
    type: 'string',
  });
});

test('lists have their keys', () => {
  expect(at('gateway.networking.k8s.io/v1', 'Gateway', 'spec', 'listeners')).toMatchObject({
    type: 'list',
    listType: 'map',
    listKeys: ['name'],
  });
});

test('a struct is called by its place', () => {
  const rule = at('gateway.networking.k8s.io/v1', 'HTTPRoute', 'spec', 'rules', '0');
  expect(rule?.type === 'struct' && rule.struct().name).toBe('HTTPRoute.spec.rules');
});

test('a field that a later release removed is one that a cluster may have', () => {
  // Cilium 1.15 has it, 1.20 has not.
  const path = ['spec', 'ingress', '0', 'toPorts', '0', 'rules', 'kafka'];
  expect(at('cilium.io/v2', 'CiliumNetworkPolicy', ...path)).toMatchObject({ type: 'list' });
});

test('a version that no release serves, and another kind, has no schema', () => {
  expect(knownSchema('keda.sh/v9', 'ScaledObject', latestRelease)).toBeUndefined();
  expect(knownSchema('keda.sh/v1alpha1', 'Scaled', latestRelease)).toBeUndefined();
  expect(knownSchema('v1', 'Pod', latestRelease)).toBeUndefined();
});
