import { formatId, type Manifest } from '../manifest/manifest';
import type { Cluster } from './cluster';
import { CLIENTS_OWN } from './namespace';
import type { Doubt, NamingReference, Target } from './reference';
import { worldOf } from './references';

/**
 * Whether whoever applies an object chooses its namespace: `kubectl apply -n`, or the context. What an app synthesizes is
 * applied as it is.
 */
export function isLoose({ scopes }: Cluster, { id, origin }: Manifest): boolean {
  return id.namespace === undefined && origin?.construct === undefined && !scopes.isClusterScoped(id);
}

/**
 * Why a missing object may be there once namespaces are chosen, as what follows "but": the object that names it may be
 * applied to a namespace that has it, or the one of its name to the namespace where it is looked for.
 */
export function looseDoubt(cluster: Cluster, { from, target, beside }: NamingReference): Doubt | undefined {
  if (target.namespace === undefined) return undefined;
  const world = worldOf(cluster);
  if (target.namespace !== CLIENTS_OWN) {
    const { manifest, derived } = world.find({ ...target, namespace: CLIENTS_OWN }) ?? {};
    if (manifest === undefined || !isLoose(cluster, manifest)) return undefined;
    const what = formatId(manifest.id);
    const it = derived === undefined ? what : `${what}, which creates it,`;
    return { why: `${it} may be applied to that namespace`, remedy: `Set metadata.namespace of ${what}.` };
  }
  if (beside.namespace !== undefined || !isLoose(cluster, from)) return undefined;
  const named = [...world.named(target.name), ...(cluster.around?.named(target.name) ?? [])];
  const other = named.find((each) => isElsewhere(each, target));
  if (other === undefined) return undefined;
  const place = other.namespace ?? '';
  return {
    why: `${formatId(from.id)} may be applied to namespace "${place}", which has it`,
    remedy: `Set metadata.namespace: ${place}.`,
  };
}

function isElsewhere({ group, kind, namespace }: Target, target: Target): boolean {
  return (
    group === target.group && kind === target.kind && namespace !== undefined && namespace !== CLIENTS_OWN
  );
}
