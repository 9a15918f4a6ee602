import { gatesOf, type FeatureGates } from '../kube/feature-gates';
import type { Cluster } from './cluster';

/** The feature gates of the API server of a cluster, by its release and its profile. */
export function featureGatesOf(cluster: Cluster): FeatureGates {
  return cluster.derived(readGates);
}

function readGates({ version, profile }: Cluster): FeatureGates {
  return gatesOf(version, profile.featureGates);
}
