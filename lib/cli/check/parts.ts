import type { Reported } from '../../check/admit-set';
import type { KnownAdmission } from '../../check/known-admission';
import { SeaworthyError } from '../../errors';
import type { Part } from '../../report/check/report';
import { allManifests, type FileManifests } from '../files/manifests';
import { unknownEnvironment } from '../run/environment';
import type { Result } from '../run/results';
import type { Crew } from './threads/crew';
import { appChecks, partsOf, type AppCheck } from './app-checks';
import { groupChecks, partOf, type GroupCheck, type Judging } from './group-check';
import type { Settings } from './settings';

/** What may take a part in the check of an app. */
export interface Helping {
  /** What earlier checks found out. @default nothing */
  readonly known?: KnownAdmission | undefined;
  /** Threads that have read the same. @default there is this one alone */
  readonly crew?: Crew | undefined;
}

/**
 * Checks what the apps of a project synthesize: each app separately, and of an app each environment.
 *
 * @param environment the one to check. @default all
 * @throws SeaworthyError CONFIG_INVALID for settings of an environment that no app has
 */
export async function checkResults(
  results: readonly Result[],
  environment: string | undefined,
  settings: Settings,
  { known, crew }: Helping = {},
): Promise<Part[]> {
  refuseUnknownEnvironments(results, settings.config);
  known?.begin();
  const checks = appChecks(results, environment, settings, known);
  const prepared = crew && preparedAll(checks);
  if (crew === undefined || prepared === undefined)
    return checks.flatMap((prepare) => {
      const check = prepare();
      return partsOf(
        check,
        check.checking.pieces.map(({ run }) => run()),
      );
    });
  const found = await crew.run(prepared.flatMap(({ checking }) => checking.pieces));
  let next = 0;
  return prepared.flatMap((check) =>
    partsOf(check, found.slice(next, (next += check.checking.pieces.length))),
  );
}

/** All checks at once; nothing if one cannot be made, which is reported after what is found in those before. */
function preparedAll(checks: readonly (() => AppCheck)[]): readonly AppCheck[] | undefined {
  try {
    return checks.map((prepare) => prepare());
  } catch {
    return undefined;
  }
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
