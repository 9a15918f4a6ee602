import { formatId, type Manifest } from '../manifest/manifest';
import type { Cluster } from './cluster';
import { resourceNaming } from './makers/custom';
import { podMutatorOf } from './mutators';
import type { Pods } from './pods';
import type { DeclaredPorts } from './ports';
import { isSlipOfAny } from '../kube/slip';

/**
 * Why pods may have a port of a name that none of their containers has, as what follows "but": what adds a sidecar, a
 * resource that has the name, or a kustomization that builds on the folder. `undefined` where the name is a letter off.
 */
export function portDoubt(
  cluster: Cluster,
  pods: readonly Pods[],
  declared: DeclaredPorts,
  { name, from }: { readonly name: string; readonly from: Manifest },
): string | undefined {
  if (isSlipOfAny(name, declared.names)) return undefined;
  for (const each of pods.slice(0, MOST_PODS)) {
    const maker = podMutatorOf(cluster, each) ?? resourceNaming(cluster, name, each.namespace, from);
    if (maker !== undefined) return `${formatId(maker.id)} may add it`;
  }
  const builder = cluster.elsewhere?.builtBy();
  return builder && `${builder} builds on this folder, and may add it`;
}

/** Pods that are looked at: those of one selection are mostly alike. */
const MOST_PODS = 20;
