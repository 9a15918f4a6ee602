import type { Reported } from '../../check/admit-set';
import { checkClusters } from '../../check/check';
import type { CheckedCluster } from '../../check/checking';
import type { KnownAdmission } from '../../check/known-admission';
import { SeaworthyError } from '../../errors';
import { ManifestSet } from '../../manifest/set';
import type { Part } from '../../report/check/report';
import { allManifests, type FileManifests } from '../files/manifests';
import { inEnvironment, unknownEnvironment } from '../run/environment';
import type { Result } from '../run/results';
import type { Crew } from './threads/crew';
import { groupChecks, partOf, type GroupCheck, type Judging } from './group-check';
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
      ...clusterPart(checked),
    }));
  });
}

function clusterPart({ cluster: { environment, set }, findings }: CheckedCluster): Part {
  return { ...(environment !== undefined && { environment }), manifests: set.manifests, findings };
}

/** Kinds of objects that say something about those of other folders. */
const NEEDED_ELSEWHERE = ['Kustomization', 'MutatingWebhookConfiguration'];

/**
 * Checks the manifests in files, and what is meant to be one: all for one cluster, unless folders, files of a folder or
 * kustomizations have the same objects.
 *
 * @param crew threads that have read the same files. @default there is this one alone
 */
export async function checkManifests(read: FileManifests, settings: Judging, crew?: Crew): Promise<Part[]> {
  const others = allManifests(read).filter(({ id }) => NEEDED_ELSEWHERE.includes(id.kind));
  const part = (check: GroupCheck, found: readonly (readonly Reported[])[], index: number): Part =>
    partOf(check, found, index === 0 ? read : { ...read, faulty: [] }, others);
  const checks = groupChecks(read, settings);
  if (crew === undefined)
    return checks.map((prepare, index) => {
      const check = prepare();
      return part(
        check,
        check.checking.pieces.map(({ run }) => run()),
        index,
      );
    });
  const prepared = checks.map((prepare) => prepare());
  const found = await crew.run(prepared.flatMap(({ checking }) => checking.pieces));
  let next = 0;
  return prepared.map((check, index) =>
    part(check, found.slice(next, (next += check.checking.pieces.length)), index),
  );
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
