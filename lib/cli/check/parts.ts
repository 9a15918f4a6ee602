import { check, checkClusters, type CheckedCluster } from '../../check/check';
import { nearest, SeaworthyError } from '../../errors';
import { ManifestSet } from '../../manifest/set';
import type { Part } from '../../report/check/report';
import { environmentsOf, inEnvironment } from '../run/environment';
import type { Result } from '../run/results';
import type { Given } from '../files/given';
import type { Settings } from './settings';

/**
 * Checks what the apps of a project synthesize: each app separately, and of an app each environment.
 *
 * @param environment the one to check, if not all
 * @throws SeaworthyError CONFIG_INVALID for settings of an environment that no app has
 */
export function checkResults(
  results: readonly Result[],
  environment: string | undefined,
  { options, config }: Settings,
): Part[] {
  refuseUnknownEnvironments(results, config);
  return results.flatMap(({ name, manifests, clusters }) => {
    const chosen = inEnvironment(manifests, environment);
    const set = ManifestSet.from(chosen, new Map(Object.entries(clusters)));
    return checkClusters(set, options).map((checked) => ({
      ...(name !== undefined && { app: name }),
      ...partOf(checked),
    }));
  });
}

function partOf({ cluster: { environment, set }, findings }: CheckedCluster): Part {
  return { ...(environment !== undefined && { environment }), manifests: set.manifests, findings };
}

/** Checks the manifests in files, all for one cluster. */
export function checkGiven({ manifests }: Given, { options }: Settings): Part[] {
  return [{ manifests, findings: check(ManifestSet.from(manifests), options) }];
}

function refuseUnknownEnvironments(results: readonly Result[], config: Settings['config']): void {
  const known = environmentsOf(results.flatMap(({ manifests }) => manifests));
  const name = Object.keys(config?.environments ?? {}).find((name) => !known.includes(name));
  if (name === undefined) return;
  const near = nearest(name, known);
  const list = known.length === 0 ? 'It has none.' : `It has ${known.join(', ')}.`;
  throw new SeaworthyError({
    code: 'CONFIG_INVALID',
    path: `seaworthy.check.environments.${name}`,
    message: `the app has no environment "${name}"`,
    hint: near === undefined ? list : `Did you mean ${near}? ${list}`,
    source: config?.source(['environments', name]) ?? '',
  });
}
