import { MANAGER } from '../../cluster/apply/types';
import type { Cluster } from '../../cluster/client/cluster';
import { unfinishedApps, type UnfinishedApp } from '../../cluster/owned/unfinished';
import { selectorOf } from '../../cluster/status/selector';
import type { StatusOptions } from '../../cluster/status/scope';
import { status as statusOf } from '../../cluster/status/status';
import type { ClusterStatus } from '../../cluster/status/types';
import { SeaworthyError } from '../../errors';
import type { ManifestSet } from '../../manifest/set';
import { STATUS_FORMATS } from '../../report/status/formats';
import { placedIn, sourceFor, type Source, type SourceFlags } from '../cluster/manifests';
import { inCluster } from '../cluster/session';
import type { ClusterFlags } from '../options/cluster';
import { findProject } from '../project/project';
import type { Context } from '../terminal/context';
import { watchStatus } from './watch';

/** The options of `seaworthy status`. */
export interface StatusFlags extends ClusterFlags, SourceFlags {
  readonly namespace?: string;
  readonly allNamespaces?: boolean;
  readonly selector?: string;
  readonly output?: 'text' | 'json';
  readonly watch?: boolean;
}

/** `seaworthy status`: shows how the workloads of the app, of files, or of a namespace do. */
export async function status(
  files: readonly string[],
  flags: StatusFlags,
  context: Context,
): Promise<number> {
  const options = optionsOf(flags);
  const source = isOfManifests(files, flags, context) ? await sourceFor(files, flags, context) : undefined;
  return inCluster(flags, context, async (cluster) => {
    const set = source && (await placedIn(cluster, source.manifests, flags.namespace));
    const told = { ...options, ...(set !== undefined && { set }) };
    const unfinished = await unfinishedApps(cluster, placesOf(cluster, flags, set), {
      manager: MANAGER,
      signal: context.io.signal,
    });
    const render = rendererOf(cluster, flags, { source, set, unfinished }, context);
    if (flags.watch === true) return watchStatus(cluster, told, render, context);
    const found = await statusOf(cluster, told);
    await context.terminal.print(render(found));
    return found.workloads.some(({ state }) => state === 'failed' || state === 'missing') ? 1 : 0;
  });
}

/**
 * Whether only the workloads of manifests are meant: of files, or of the app, where there is one and no option says where
 * else to look.
 */
function isOfManifests(files: readonly string[], flags: StatusFlags, { io }: Context): boolean {
  const { app, environment, namespace, allNamespaces, selector } = flags;
  if (files.length > 0 || app !== undefined || environment !== undefined) return true;
  if (namespace !== undefined || allNamespaces === true || selector !== undefined) return false;
  try {
    return findProject(flags, io.cwd).file !== undefined;
  } catch (error) {
    if (error instanceof SeaworthyError && error.code === 'CONFIG_MISSING') return false;
    throw error;
  }
}

/** @throws SeaworthyError USAGE, before a cluster is asked */
function optionsOf({ namespace, allNamespaces, selector }: StatusFlags): StatusOptions {
  if (allNamespaces === true && namespace !== undefined)
    throw new SeaworthyError({
      code: 'USAGE',
      path: '--namespace',
      message: '--namespace and --all-namespaces cannot be combined',
    });
  if (selector !== undefined) selectorOf(selector);
  return {
    ...(namespace !== undefined && { namespace }),
    ...(allNamespaces === true && { allNamespaces }),
    ...(selector !== undefined && { selector }),
  };
}

/** Where the applications that are looked at may have their records; undefined stands for all namespaces. */
function placesOf(
  { namespace: own }: Cluster,
  { namespace, allNamespaces }: StatusFlags,
  set: ManifestSet | undefined,
): (string | undefined)[] {
  if (allNamespaces === true) return [undefined];
  if (namespace !== undefined) return [namespace];
  return [...new Set([own, ...(set?.manifests ?? []).flatMap(({ id }) => id.namespace ?? [])])];
}

interface Scope {
  readonly source: Source | undefined;
  readonly set: ManifestSet | undefined;
  readonly unfinished: readonly UnfinishedApp[];
}

function rendererOf(
  { name, server, version, namespace }: Cluster,
  flags: StatusFlags,
  { source, set, unfinished }: Scope,
  { terminal }: Context,
): (status: ClusterStatus) => string {
  const format = STATUS_FORMATS.find((each) => each.name === flags.output) ?? STATUS_FORMATS[0];
  const own = new Set(set?.manifests.flatMap(({ id }) => id.namespace ?? []));
  const [only = namespace] = own;
  const place = own.size > 1 || flags.allNamespaces === true ? null : (flags.namespace ?? only);
  const cluster = { context: name, server, version };
  const of = source === undefined ? {} : { source: source.name };
  return (status) => format.print({ cluster, namespace: place, ...of, status, unfinished }, terminal.out);
}
