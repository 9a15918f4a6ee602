import { Migration } from '../constructs/workloads/migration';
import { push } from '../kube/grouped';
import type { Manifest, ObjectId } from '../manifest/manifest';
import type { Tree } from './collect';

/** The objects, with the Jobs of migrations that come before each. */
export function withMigrations(manifests: readonly Manifest[], { constructs }: Tree): readonly Manifest[] {
  const migrations = constructs.filter((construct) => construct instanceof Migration);
  if (migrations.length === 0) return manifests;
  const paths = new Set(migrations.map(({ node }) => node.path));
  const jobs = new Map<string, ObjectId[]>();
  for (const { id, origin } of manifests) {
    const own = id.kind === 'Job' ? pathsAbove(origin?.construct).find((path) => paths.has(path)) : undefined;
    if (own !== undefined) push(jobs, own, id);
  }
  const earlier = new Map<string, ObjectId[]>();
  for (const { node, before } of migrations)
    for (const later of before)
      for (const job of jobs.get(node.path) ?? []) push(earlier, later.node.path, job);
  return manifests.map((manifest) => {
    const after = pathsAbove(manifest.origin?.construct).flatMap((path) => earlier.get(path) ?? []);
    return after.length === 0 ? manifest : { ...manifest, after: [...new Set(after)] };
  });
}

/** A path of a construct, and those of the constructs that it is in. */
function pathsAbove(path = ''): string[] {
  const names = path.split('/');
  return names.map((_, index) => names.slice(0, index + 1).join('/'));
}
