import type { Software } from '../kube/custom/software';
import { releaseIn } from '../profiles/installed';
import type { Cluster } from './cluster';

/** The release of a software in a cluster, `undefined` where its profile does not say. */
export function releaseOfSoftware({ profile }: Pick<Cluster, 'profile'>, name: Software): string | undefined {
  return releaseIn(profile, name);
}
