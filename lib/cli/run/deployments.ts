import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import type { Deployment, Repository } from '../../gitops/target';
import type { Manifest } from '../../manifest/manifest';
import { rendered } from '../../output/render';
import type { Project } from '../project/project';
import { environmentsOf } from './environment';
import { layoutOptions } from './layout';
import type { Result } from './results';

/** The deployments of an app: one an environment, and one of what is in none. */
export function deploymentsOf(result: Result, project: Project): Deployment[] {
  const { name, manifests, clusters } = result;
  const outside = manifests.some(({ origin }) => origin?.environment === undefined);
  const environments = [...(outside ? [undefined] : []), ...environmentsOf(manifests)];
  return environments.map((environment) => ({
    ...(name !== undefined && name !== '' && { app: name }),
    ...(environment !== undefined && { environment }),
    profile: (environment === undefined ? undefined : clusters[environment]) ?? {},
    manifests: manifestsIn(result, environment, project),
  }));
}

/** The manifests of an environment, or of what is in none, as they are written. */
export function manifestsIn(
  result: Result,
  environment: string | undefined,
  project: Project,
): readonly Manifest[] {
  const options = layoutOptions(result, project);
  return result.manifests
    .filter(({ origin }) => origin?.environment === environment)
    .map((manifest) => ({ ...manifest, object: rendered(manifest, options) }));
}

/** Where the output is in its repository, unless cdk8s.yaml says so: below the folder with `.git`, else below the project. */
export function repositoryAt(output: string, { root, repository = {} }: Project): Repository {
  let top = output;
  while (!existsSync(join(top, '.git')) && dirname(top) !== top) top = dirname(top);
  const path = relative(existsSync(join(top, '.git')) ? top : root, output);
  return { ...repository, path: repository.path ?? (path.startsWith('..') ? '' : path.split(sep).join('/')) };
}
