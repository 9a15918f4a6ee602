import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { ManifestSet } from '../../manifest/set';
import { checkFiles } from '../check/files';
import { allManifests, readManifests } from '../files/manifests';
import { twoPaths } from '../plan/of-files';
import type { Context } from '../terminal/context';
import { upgradedFiles } from '../upgrade/upgrade';
import type { ReportFlags } from './flags';
import type { Input } from './input';
import { planOf } from './of-app';

/** All there is an input for of the manifests in files. What is broken in them is told by the check alone. */
export async function ofFiles(files: readonly string[], flags: ReportFlags, given: Context): Promise<Input> {
  const context = readAgain(given);
  const { cwd, env } = context.io;
  const { before, from, to, kustomize } = flags;
  // Nodes are for the fit, which is a part of its own.
  const { nodes: _nodes, pods: _pods, ...checking } = flags;
  const checked = await checkFiles(files, checking, context);
  const mayBuild = kustomize !== false && { env };
  const read = await readManifests(files, { cwd, stdin: context.io.stdin, skipsPatches: true, ...mayBuild });
  const [after = ''] = files;
  const comparison =
    before === undefined
      ? undefined
      : await twoPaths([before, after], kustomize === undefined ? {} : { kustomize }, context);
  const upgrading = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
  return {
    checked,
    profiles: new Map(),
    ...(comparison !== undefined && { plan: planOf(comparison, flags) }),
    sets: [{ environment: null, set: ManifestSet.from(allManifests(read)), profile: {} }],
    ...(to !== undefined && { upgrade: upgradedFiles(read, upgrading) }),
  };
}

/** The context with an stdin that each part of the page reads from its beginning. */
function readAgain({ io, terminal }: Context): Context {
  const { stdin } = io;
  if (stdin === undefined) return { io, terminal };
  let whole: Promise<Buffer> | undefined;
  async function* fromBeginning(): AsyncGenerator<Buffer> {
    yield await (whole ??= buffer(stdin as Readable));
  }
  return {
    io: {
      ...io,
      get stdin() {
        return Readable.from(fromBeginning());
      },
    },
    terminal,
  };
}
