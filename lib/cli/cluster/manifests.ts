import type { Cluster } from '../../cluster/client/cluster';
import { Resources } from '../../cluster/client/resources';
import type { Problem } from '../../errors';
import { identify, type Manifest } from '../../manifest/manifest';
import { ManifestSet } from '../../manifest/set';
import type { Cluster as ClusterFacts } from '../../graph/cluster';
import { allManifests, readManifests } from '../files/manifests';
import { noObjects, reportSkipped } from '../files/skipped';
import { STDIN } from '../files/sources';
import { namedFromHere, territoriesOf } from '../files/territories';
import { openProject, orNameFiles, type AppOptions } from '../project/project';
import { runProject } from '../run/app';
import { checkEnvironment, refuseSeveral } from '../run/environment';
import type { Context } from '../terminal/context';

/** The options that say which manifests are meant for the cluster. */
export interface SourceFlags extends AppOptions {
  readonly environment?: string;
  readonly verbose?: boolean;
  readonly kustomize?: boolean;
}

/** Manifests for one cluster. */
export interface Source {
  /** As reports name it: `the app`, `deploy/`. */
  readonly name: string;
  /** `shop/production`; empty where there is nothing to tell apart. */
  readonly place: string;
  readonly manifests: readonly Manifest[];
  readonly profile?: ClusterFacts['profile'];
  readonly problems: readonly Problem[];
  /** Objects of files that SOPS has encrypted: they exist, and nobody knows their values. @default none */
  readonly encrypted?: readonly Manifest[];
}

const FILES = 'To read files instead, name them or their folder.';

/**
 * The manifests of the app, of one environment, or of files.
 *
 * @throws SeaworthyError USAGE where the app has several environments, each for a cluster of its own, and none is named
 */
export async function sourceFor(
  paths: readonly string[],
  flags: SourceFlags,
  context: Context,
): Promise<Source> {
  return paths.length === 0 ? ofApp(flags, context) : ofFiles(paths, flags, context);
}

async function ofApp(flags: SourceFlags, context: Context): Promise<Source> {
  const project = orNameFiles(FILES, () => openProject(flags, context));
  const results = await runProject(project, context);
  checkEnvironment(results, flags.environment);
  const all = namedFromHere(territoriesOf(results, project), project.root, context.io.cwd);
  const chosen = all.filter(
    ({ environment }) => flags.environment === undefined || environment === flags.environment,
  );
  const manifests = chosen.flatMap((territory) => territory.manifests);
  refuseSeveral(manifests);
  const [first] = chosen;
  const profile = chosen.map(({ facts }) => facts.profile).find((each) => each !== undefined);
  return {
    name: 'the app',
    place: chosen.length === 1 ? (first?.place ?? '') : (flags.environment ?? ''),
    manifests,
    ...(profile !== undefined && { profile }),
    problems: [],
  };
}

async function ofFiles(
  paths: readonly string[],
  { verbose, kustomize }: SourceFlags,
  { io, terminal }: Context,
): Promise<Source> {
  const { cwd, stdin, env } = io;
  const read = await readManifests(paths, { cwd, stdin, ...(kustomize !== false && { env }) });
  reportSkipped(read.skipped, terminal, verbose);
  const manifests = allManifests(read);
  const problems = read.faulty.map(({ problem }) => problem);
  if (manifests.length + problems.length === 0) throw noObjects(paths, read.skipped);
  return {
    name: paths.map((path) => (path === '-' ? STDIN : path)).join(', '),
    place: '',
    manifests,
    problems,
    encrypted: read.encrypted,
  };
}

/**
 * The manifests with the namespace that a client gives those without one.
 *
 * @param namespace of those without one. @default that of the kubeconfig's context
 */
export async function placedIn(
  cluster: Cluster,
  manifests: readonly Manifest[],
  namespace = cluster.namespace,
): Promise<ManifestSet> {
  const resources = new Resources(cluster);
  const placed = manifests.map(async (manifest): Promise<Manifest> => {
    const { object, id } = manifest;
    if (id.namespace !== undefined || (await resources.of(id))?.namespaced !== true) return manifest;
    const filled = { ...object, metadata: { ...object.metadata, namespace } };
    return { ...manifest, object: filled, id: identify(filled) };
  });
  return ManifestSet.from(await Promise.all(placed));
}
