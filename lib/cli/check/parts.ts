import { checkBroken } from '../../check/broken';
import { check, checkClusters } from '../../check/check';
import type { CheckedCluster } from '../../check/checking';
import { withFileDoubts } from '../../check/file-doubts';
import type { KnownAdmission } from '../../check/known-admission';
import { withPlaceholders } from '../../check/placeholders';
import { SeaworthyError } from '../../errors';
import { Cluster } from '../../graph/cluster';
import { ManifestSet } from '../../manifest/set';
import type { Part } from '../../report/check/report';
import { groupsOf } from '../files/groups';
import { allManifests, type FileManifests } from '../files/manifests';
import { inEnvironment, unknownEnvironment } from '../run/environment';
import type { Result } from '../run/results';
import { placedAs, withSeen, type Settings } from './settings';

/**
 * Checks what the apps of a project synthesize: each app separately, and of an app each environment.
 *
 * @param environment the one to check. @default all
 * @param known what earlier checks found out. @default nothing
 * @throws SeaworthyError CONFIG_INVALID for settings of an environment that no app has
 */
export function checkResults(
  results: readonly Result[],
  environment: string | undefined,
  settings: Settings,
  known?: KnownAdmission,
): Part[] {
  refuseUnknownEnvironments(results, settings.config);
  known?.begin();
  return results.flatMap(({ name, manifests, clusters }) => {
    const chosen = placedAs(settings, inEnvironment(manifests, environment));
    const set = ManifestSet.from(chosen, new Map(Object.entries(clusters)));
    return checkClusters(set, withSeen(settings, set), known).map((checked) => ({
      ...(name !== undefined && { app: name }),
      ...partOf(checked),
    }));
  });
}

function partOf({ cluster: { environment, set }, findings }: CheckedCluster): Part {
  return { ...(environment !== undefined && { environment }), manifests: set.manifests, findings };
}

/**
 * Checks the manifests in files, and what is meant to be one: all for one cluster, unless folders, files of a folder or
 * kustomizations have the same objects.
 */
export function checkManifests(read: FileManifests, settings: Settings): Part[] {
  // Those of Flux are mostly in another folder than what they apply.
  const kustomizations = allManifests(read).filter(({ id }) => id.kind === 'Kustomization');
  return groupsOf(read).map((group, index) => {
    const own = placedAs(settings, group.manifests);
    const set = ManifestSet.from(own);
    const given = withSeen(settings, set);
    const { assume = ManifestSet.from([]) } = given;
    const known = [...assume, ...read.encrypted, ...group.definitions];
    const { alternatives, around } = group;
    const options = {
      ...given,
      assume: ManifestSet.from(known),
      ...(alternatives !== undefined && { alternatives }),
      ...(around !== undefined && { around }),
      ...(read.elsewhere !== undefined && { elsewhere: read.elsewhere }),
    };
    const faulty = index === 0 ? read.faulty : [];
    const broken = checkBroken(faulty, new Cluster(set, undefined, options), options.severities);
    const manifests = [...kustomizations, ...own];
    const found = withFileDoubts(withPlaceholders(check(set, options), manifests), read.elsewhere);
    const findings = [...broken.flatMap((document) => document.findings), ...found];
    const environment = group.name === undefined ? {} : { environment: group.name, isFolder: true };
    return { ...environment, manifests: own, findings, broken };
  });
}

function refuseUnknownEnvironments(results: readonly Result[], config: Settings['config']): void {
  for (const name of Object.keys(config?.environments ?? {})) {
    const problem = unknownEnvironment(name, results);
    if (problem === undefined) continue;
    const path = `seaworthy.check.environments.${name}`;
    const source = config?.source(['environments', name]) ?? '';
    throw new SeaworthyError({ code: 'CONFIG_INVALID', path, source, ...problem });
  }
}
