import type { LabelSelector } from '../kube/labels';
import { Field } from '../manifest/field';
import type { Manifest } from '../manifest/manifest';
import type { Cluster } from './cluster';
import { LabelIndex } from './label-index';
import { objectsOf } from './objects';
import { selectorAt } from './selectors';

const RBAC = 'rbac.authorization.k8s.io';

/**
 * Roles for people that every API server makes, with the label of those that they take in.
 *
 * Source: kubernetes `plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go`.
 */
const BUILT_IN: Readonly<Record<string, readonly string[]>> = {
  admin: ['admin', 'edit', 'view'],
  edit: ['edit', 'view'],
  view: ['view'],
};

/**
 * The ClusterRoles whose rules each ClusterRole has: itself, or where it has an `aggregationRule`, those that it selects,
 * which the controller copies over its own. `admin`, `edit` and `view` take in others whether or not the set has them.
 *
 * Source: ClusterRoleAggregationController, and AggregationRule of rbac.authorization.k8s.io/v1.
 */
export function aggregatedRoles(cluster: Cluster): ReadonlyMap<string, readonly Manifest[]> {
  return cluster.derived(readAggregated);
}

function readAggregated(cluster: Cluster): ReadonlyMap<string, readonly Manifest[]> {
  const roles = objectsOf(cluster, `${RBAC}/ClusterRole`).map(({ manifest }) => manifest);
  const index = new LabelIndex(
    roles.map((manifest) => ({ manifest, namespace: '', labels: manifest.object.metadata.labels ?? {} })),
  );
  const found = new Map<string, Set<Manifest>>();
  const add = (name: string, selectors: readonly (LabelSelector | undefined)[]): void => {
    const taken = found.get(name) ?? new Set<Manifest>();
    found.set(name, taken);
    for (const selector of selectors)
      for (const { manifest } of selector === undefined ? [] : index.select(selector, undefined))
        taken.add(manifest);
  };
  for (const role of roles) {
    const selectors = Field.root(role.object).at('aggregationRule').list('clusterRoleSelectors');
    if (selectors.length === 0) found.set(role.id.name, new Set([role]));
    else add(role.id.name, selectors.map(selectorAt));
  }
  for (const [name, labels] of Object.entries(BUILT_IN)) {
    const keys = labels.map((label) => `${RBAC}/aggregate-to-${label}`);
    add(
      name,
      keys.map((key) => ({ matchLabels: { [key]: 'true' } })),
    );
  }
  return resolved(found);
}

/** What an aggregated role takes in can be aggregated itself. */
function resolved(direct: ReadonlyMap<string, ReadonlySet<Manifest>>): Map<string, readonly Manifest[]> {
  return new Map(
    [...direct].map(([name, roles]) => {
      const all = new Set<Manifest>(roles);
      for (const role of all) for (const inner of direct.get(role.id.name) ?? []) all.add(inner);
      // The rules that an aggregated role has in the set are overwritten.
      return [name, [...all].filter((role) => direct.get(role.id.name)?.has(role) === true)];
    }),
  );
}
