import { resolve } from 'node:path';
import { snapshotFiles } from '../../cluster/live/snapshot';
import { writeOutput } from '../../output/write';
import { counted } from '../../report/counts';
import { sourceFor, type SourceFlags } from '../cluster/manifests';
import { surroundingsOf } from '../cluster/seen';
import { inCluster } from '../cluster/session';
import { namedFrom } from '../files/sources';
import type { ClusterFlags } from '../options/cluster';
import type { Context } from '../terminal/context';

/** The options of `seaworthy snapshot`. */
export interface SnapshotFlags extends SourceFlags, ClusterFlags {
  readonly out: string;
  readonly namespace?: readonly string[];
}

/**
 * `seaworthy snapshot`: writes what a cluster has that decides about manifests.
 *
 * @throws SeaworthyError as `sourceFor`, `connect`, `readSurroundings` and `writeOutput` do
 */
export async function snapshot(
  files: readonly string[],
  flags: SnapshotFlags,
  context: Context,
): Promise<number> {
  const { out, namespace: namespaces = [] } = flags;
  const ofNamespaces = files.length === 0 && namespaces.length > 0;
  const { manifests } = ofNamespaces ? { manifests: [] } : await sourceFor(files, flags, context);
  const surroundings = await inCluster(flags, context, (cluster) =>
    surroundingsOf(cluster, manifests, context, namespaces),
  );
  const { cwd } = context.io;
  const folder = resolve(cwd, out);
  const { written, removed } = writeOutput(folder, snapshotFiles(surroundings));
  const changed = written.length + removed.length;
  const what = counted(surroundings.objects.length, 'object');
  const how = changed === 0 ? 'unchanged' : `${counted(changed, 'file')} changed`;
  context.terminal.say(`${namedFrom(cwd, folder)}/: ${what}, ${how}`);
  return 0;
}
