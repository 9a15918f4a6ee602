import { synth } from '../../lib';
import { gitopsFiles, type GitopsInput } from '../../lib/gitops/gitops';
import type { Deployment } from '../../lib/gitops/target';
import type { ManifestSet } from '../../lib/manifest/set';
import { shop } from '../../apps/shop/app';

/** The shop in its environments, synthesized once. */
export const set: ManifestSet = synth(shop());

/** What the shop deploys to each of its clusters. */
export function deployments(names: readonly string[] = set.environments): readonly Deployment[] {
  return names.map((environment) => ({
    app: 'shop',
    environment,
    profile: set.clusters.get(environment) ?? {},
    manifests: set.in(environment).manifests,
  }));
}

/** The texts that targets write for the shop, by path. */
export async function filesFor(about: Partial<GitopsInput>): Promise<ReadonlyMap<string, string>> {
  const { files } = await gitopsFiles({
    deployments: deployments(),
    targets: [],
    placement: {},
    repository: { url: 'https://github.com/acme/deploy.git', path: 'dist' },
    ...about,
  });
  return new Map([...files].map(([path, { text }]) => [path, text]));
}
