import type { Reported } from '../../check/admit-set';
import { Checking } from '../../check/checking';
import type { KnownAdmission } from '../../check/known-admission';
import { ManifestSet } from '../../manifest/set';
import type { Part } from '../../report/check/report';
import { inEnvironment } from '../run/environment';
import type { Result } from '../run/results';
import type { Judging } from './group-check';
import { placedAs, withSeen } from './settings';

/** The check of what one app synthesizes. */
export interface AppCheck {
  /** The name of the app, if it has one. */
  readonly name: string | undefined;
  readonly checking: Checking;
}

/**
 * The checks of what apps synthesize, one an app. Each is made when it is called for, and holds what its rules share.
 *
 * @param environment the one to check. @default all
 * @param known what earlier checks found out. @default nothing
 */
export function appChecks(
  results: readonly Result[],
  environment: string | undefined,
  settings: Judging,
  known?: KnownAdmission,
): (() => AppCheck)[] {
  return results.map(({ name, manifests, clusters }) => () => {
    const chosen = placedAs(settings, inEnvironment(manifests, environment));
    const set = ManifestSet.from(chosen, new Map(Object.entries(clusters)));
    return { name, checking: new Checking(set, withSeen(settings, set), known) };
  });
}

/** What the check of an app came to, by what each of its pieces found: a part a cluster. */
export function partsOf({ name, checking }: AppCheck, found: readonly (readonly Reported[])[]): Part[] {
  return checking.clusters(found).map(({ cluster: { environment, set }, findings }) => ({
    ...(name !== undefined && { app: name }),
    ...(environment !== undefined && { environment }),
    manifests: set.manifests,
    findings,
  }));
}
