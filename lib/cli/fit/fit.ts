import { SeaworthyError } from '../../errors';
import { fit as fitSet } from '../../fit/fit';
import type { NodeSpec } from '../../fit/node-spec';
import { losses } from '../../fit/losses';
import type { FitOptions } from '../../fit/options';
import { stillPending, type Fit } from '../../fit/result';
import { fullNodes } from '../../fit/pools/full-nodes';
import { ofEnvironment } from '../../fit/pools/of-environment';
import { poolNodes } from '../../fit/pools/pool-nodes';
import type { Manifest } from '../../manifest/manifest';
import { ManifestSet } from '../../manifest/set';
import { FIT_FORMATS } from '../../report/fit/formats';
import { isCalm, type FitPart } from '../../report/fit/report';
import { allManifests, readManifests, refuseFaulty } from '../files/manifests';
import { readNodesAndPods } from '../files/nodes';
import { printReports } from '../files/reports';
import { noObjects, reportSkipped } from '../files/skipped';
import { refuseTwoReports } from '../options/reports';
import { ownPackage } from '../project/own-package';
import { openProject, orNameFiles } from '../project/project';
import { runProject } from '../run/app';
import { checkEnvironment, environmentsOf, inEnvironment } from '../run/environment';
import type { Result } from '../run/results';
import type { Context } from '../terminal/context';
import type { FitFlags } from './flags';
import { setsAgainstOutput, type FitSet } from './against-output';

/**
 * `seaworthy fit`: places the pods of the app, or of the manifests in `files`, on nodes.
 *
 * @returns 1 if a pod finds none, or a node cannot be drained, else 0
 */
export async function fit(files: readonly string[], flags: FitFlags, context: Context): Promise<number> {
  refuseTwoReports(flags.output);
  const { output = [{ format: FIT_FORMATS[0] }], at, order, without, kubernetes } = flags;
  refuseIdle(flags, files);
  const { nodes: given, pods } = await readNodesAndPods(flags, context.io);
  const options: FitOptions = {
    ...(at !== undefined && { at }),
    ...(order !== undefined && { order }),
    ...(without !== undefined && { without }),
    ...(kubernetes !== undefined && { kubernetes }),
    ...(flags.expander !== undefined && { expander: flags.expander }),
    ...(flags.drain !== undefined && { drain: flags.drain.includes('all') ? 'all' : flags.drain }),
    ...(flags.during !== undefined && { during: flags.during }),
    headroom: flags.headroom === true,
    changes: true,
    pods,
  };
  const sets =
    files.length === 0 ? await setsOfApp(flags, context) : [await setOfFiles(files, flags, context)];
  const parts = sets.map((each): FitPart => {
    const { environment, profile, before } = each;
    const inProfile = (): NodeSpec[] =>
      flags.during === undefined ? poolNodes(profile) : fullNodes(profile);
    const nodes = given ?? ofEnvironment(environment ?? undefined, inProfile);
    return placed(each, nodes, { ...options, ...(before && { before }) });
  });
  const { version } = ownPackage();
  await printReports(output, ({ print }, paint) => print({ version, parts }, paint), context);
  return parts.some((part) => isTight(part.fit)) ? 1 : 0;
}

/** What finds a node of these, and on demand what does without each of them. */
export function placed(
  { environment, set }: Pick<FitSet, 'environment' | 'set'>,
  nodes: readonly NodeSpec[],
  options: FitOptions,
): FitPart {
  const found = fitSet(set, nodes, options);
  return {
    environment,
    fit: found,
    manifests: set.manifests,
    losses: () => losses(set, nodes, options, found.placements.length),
  };
}

/** An autoscaler that makes room for all that waits is there for that, and so is a rollout that ends. */
export function isTight(found: Fit): boolean {
  const { drains = [], rollouts } = found;
  if (rollouts !== undefined) return !isCalm(found);
  return (
    stillPending(found).length > 0 ||
    drains.some(({ blocked, homeless }) => blocked.length + homeless.length > 0)
  );
}

/** @throws SeaworthyError USAGE for options that would do nothing */
function refuseIdle(flags: FitFlags, files: readonly string[]): void {
  const refuse = (path: string, message: string): never => {
    throw new SeaworthyError({ code: 'USAGE', path, message, hint: 'Leave out one of them.' });
  };
  const { during, before, base, drain, headroom } = flags;
  if (during === undefined) {
    const idle = before !== undefined ? '--before' : base !== undefined ? '--base' : undefined;
    if (idle !== undefined) refuse(idle, 'is for --during rollout alone');
    return;
  }
  if (drain !== undefined) refuse('--drain', 'cannot be used with --during');
  if (headroom === true) refuse('--headroom', 'cannot be used with --during');
  if (base !== undefined && files.length > 0) refuse('--base', 'cannot be used with files');
  if (base !== undefined && before !== undefined) refuse('--base', 'cannot be used with --before');
}

async function setOfFiles(files: readonly string[], flags: FitFlags, context: Context): Promise<FitSet> {
  if (flags.environment !== undefined)
    throw new SeaworthyError({
      code: 'USAGE',
      path: '--environment',
      message: 'cannot be used with files',
      hint: 'Leave out the files to fit the app, or leave out the option.',
    });
  const set = await manifestsIn(files, flags, context);
  const before = flags.before === undefined ? undefined : await manifestsIn([flags.before], flags, context);
  return { environment: null, set, profile: {}, ...(before && { before }) };
}

const FILES = 'To fit files, name them or their folder: seaworthy fit deploy/ --nodes nodes.yaml.';

async function setsOfApp(flags: FitFlags, context: Context): Promise<FitSet[]> {
  if (flags.during !== undefined && flags.before === undefined) {
    const sets = await setsAgainstOutput(flags, context);
    if (sets !== undefined) return sets;
  }
  const results = await runProject(
    orNameFiles(FILES, () => openProject(flags, context, 'synth')),
    context,
  );
  checkEnvironment(results, flags.environment);
  const before = flags.before === undefined ? undefined : await manifestsIn([flags.before], flags, context);
  return setsOfResults(results, flags.environment).map((each) => ({ ...each, ...(before && { before }) }));
}

/** What is placed for each environment of some apps, or for one. */
export function setsOfResults(results: readonly Result[], chosen: string | undefined): FitSet[] {
  return results.flatMap(({ name: app, manifests, clusters }): FitSet[] => {
    // As plan calls it, where several apps have environments of one name.
    const prefix = results.length > 1 && app !== undefined && app !== '' ? `${app}/` : '';
    const profiles = new Map(Object.entries(clusters));
    const setOf = (environment: string | null, own: readonly Manifest[]): FitSet => ({
      environment: environment === null ? null : `${prefix}${environment}`,
      set: ManifestSet.from(own, profiles),
      profile: profiles.get(environment ?? '') ?? {},
    });
    const names = environmentsOf(manifests).filter((each) => (chosen ?? each) === each);
    if (names.length === 0) return [setOf(null, manifests)];
    return names.map((environment) => setOf(environment, inEnvironment(manifests, environment)));
  });
}

/** @throws SeaworthyError INPUT_UNREADABLE where there is no object: nothing to place looks as if all fits */
async function manifestsIn(
  files: readonly string[],
  { kustomize }: FitFlags,
  { io, terminal }: Context,
): Promise<ManifestSet> {
  const { cwd, stdin, env } = io;
  const read = await readManifests(files, { cwd, stdin, ...(kustomize !== false && { env }) });
  const manifests = allManifests(refuseFaulty(read));
  reportSkipped(read.skipped, terminal);
  if (manifests.length === 0) throw noObjects(files, read.skipped);
  return ManifestSet.from(manifests);
}
