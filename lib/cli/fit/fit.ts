import { SeaworthyError } from '../../errors';
import { fit as fitSet } from '../../fit/fit';
import type { FitOptions } from '../../fit/options';
import { stillPending, type Fit } from '../../fit/result';
import { poolNodes } from '../../fit/pools/pool-nodes';
import { ManifestSet } from '../../manifest/set';
import { FIT_FORMATS } from '../../report/fit/formats';
import type { FitPart } from '../../report/fit/report';
import { allManifests, readManifests, refuseFaulty } from '../files/manifests';
import { readNodesAndPods } from '../files/nodes';
import { printReports } from '../files/reports';
import { refuseTwoReports } from '../options/reports';
import { openProject, orNameFiles } from '../project/project';
import { runProject } from '../run/app';
import { checkEnvironment, environmentsOf, inEnvironment } from '../run/environment';
import type { Context } from '../terminal/context';
import type { FitFlags } from './flags';

/**
 * `seaworthy fit`: places the pods of the app, or of the manifests in `files`, on nodes.
 *
 * @returns 1 if a pod finds none, or a node cannot be drained, else 0
 */
export async function fit(files: readonly string[], flags: FitFlags, context: Context): Promise<number> {
  refuseTwoReports(flags.output);
  const { output = [{ format: FIT_FORMATS[0] }], at, order, without, kubernetes } = flags;
  const { nodes: given, pods } = await readNodesAndPods(flags, context.io);
  const options: FitOptions = {
    ...(at !== undefined && { at }),
    ...(order !== undefined && { order }),
    ...(without !== undefined && { without }),
    ...(kubernetes !== undefined && { kubernetes }),
    ...(flags.expander !== undefined && { expander: flags.expander }),
    ...(flags.drain !== undefined && { drain: flags.drain.includes('all') ? 'all' : flags.drain }),
    headroom: flags.headroom === true,
    changes: true,
    pods,
  };
  const sets =
    files.length === 0 ? await setsOfApp(flags, context) : [await setOfFiles(files, flags, context)];
  const parts = sets.map(({ environment, set }): FitPart => {
    const nodes = given ?? poolNodes(set.clusters.get(environment ?? '') ?? {});
    return { environment, fit: fitSet(set, nodes, options) };
  });
  await printReports(output, ({ print }, paint) => print({ parts }, paint), context);
  return parts.some((part) => isTight(part.fit)) ? 1 : 0;
}

/** An autoscaler that makes room for all that waits is there for that. */
function isTight(found: Fit): boolean {
  const { drains = [] } = found;
  return (
    stillPending(found).length > 0 ||
    drains.some(({ blocked, homeless }) => blocked.length + homeless.length > 0)
  );
}

interface NamedSet {
  readonly environment: string | null;
  readonly set: ManifestSet;
}

async function setOfFiles(files: readonly string[], flags: FitFlags, context: Context): Promise<NamedSet> {
  if (flags.environment !== undefined)
    throw new SeaworthyError({
      code: 'USAGE',
      path: '--environment',
      message: 'cannot be used with files',
      hint: 'Leave out the files to fit the app, or leave out the option.',
    });
  return { environment: null, set: await manifestsIn(files, flags, context) };
}

const FILES = 'To fit files, name them or their folder: seaworthy fit deploy/ --nodes nodes.yaml.';

async function setsOfApp(flags: FitFlags, context: Context): Promise<NamedSet[]> {
  const results = await runProject(
    orNameFiles(FILES, () => openProject(flags, context, 'synth')),
    context,
  );
  checkEnvironment(results, flags.environment);
  return results.flatMap(({ manifests, clusters }): NamedSet[] => {
    const profiles = new Map(Object.entries(clusters));
    const names = environmentsOf(manifests).filter((each) => (flags.environment ?? each) === each);
    if (names.length === 0) return [{ environment: null, set: ManifestSet.from(manifests, profiles) }];
    return names.map((environment) => ({
      environment,
      set: ManifestSet.from(inEnvironment(manifests, environment), profiles),
    }));
  });
}

async function manifestsIn(
  files: readonly string[],
  { kustomize }: FitFlags,
  { io }: Context,
): Promise<ManifestSet> {
  const { cwd, stdin, env } = io;
  const read = await readManifests(files, { cwd, stdin, ...(kustomize !== false && { env }) });
  return ManifestSet.from(allManifests(refuseFaulty(read)));
}
