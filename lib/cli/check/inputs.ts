import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CheckFormat } from '../../report/check/formats';
import { gatherPlain, type Gathered } from '../files/gather';
import { repositoryOf } from '../files/sources';
import type { Output } from '../options/reports';
import type { Context } from '../terminal/context';
import { assumedPaths } from './assumed-paths';
import type { FileConfig } from './config';
import type { CheckFlags } from './flags';

/** What the verdict on files follows from, with the options and the rest of the project. */
export interface Inputs {
  readonly files: Gathered;
  readonly assumed: Readonly<Record<'assume' | 'crds', Gathered>>;
}

/**
 * Reads what the verdict on files follows from; nothing where more than their texts has a part in it: programs such as
 * plugins and kubectl, a cluster, nodes, stdin, and files that cannot be read.
 */
export async function readInputs(
  files: readonly string[],
  flags: CheckFlags,
  given: FileConfig,
  { io: { cwd } }: Context,
): Promise<Inputs | undefined> {
  if (files.includes('-') || hasOthers(flags) || (given.config?.plugins.length ?? 0) > 0) return undefined;
  const pathsOf = (key: 'assume' | 'crds'): string[] =>
    assumedPaths(key, given.config, flags, { root: given.root, cwd });
  const named = files.map((file) => resolve(cwd, file));
  if ([...named, ...pathsOf('assume'), ...pathsOf('crds')].some(isStream)) return undefined;
  try {
    const assumed = (key: 'assume' | 'crds'): Promise<Gathered | undefined> =>
      gatherPlain(pathsOf(key), { cwd });
    const assume = await assumed('assume');
    const crds = await assumed('crds');
    const read = await gatherPlain(files, { cwd, skipsPatches: true });
    if (assume === undefined || crds === undefined || read === undefined) return undefined;
    return { files: read, assumed: { assume, crds } };
  } catch {
    // Whoever reads them again reports it, in the order of all that is wrong.
    return undefined;
  }
}

/** Whether a path is a pipe or a device, which can be read only once. */
function isStream(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats !== undefined && !stats.isFile() && !stats.isDirectory();
}

function hasOthers({ plugin = [], live, kubeconfig, context, fit, nodes, pods }: CheckFlags): boolean {
  return (
    [live, kubeconfig, context, fit, nodes, pods].some((each) => each !== undefined) || plugin.length > 0
  );
}

/** What else a verdict follows from. */
interface Circumstances {
  /** What judges, as `runningBuild` says. */
  readonly build: string;
  readonly flags: CheckFlags;
  readonly outputs: readonly Output<CheckFormat>[];
  readonly config: FileConfig;
}

/** Tells apart the checks that one project has; each has one verdict that is kept. */
export function nameOf(files: readonly string[], circumstances: Circumstances, context: Context): string {
  return JSON.stringify([files, ...optionsIn(circumstances, context)]);
}

/** A digest of everything that the verdict on `inputs` follows from, but for what the rest of the project answers. */
export function keyOf(
  files: readonly string[],
  { files: read, assumed }: Inputs,
  circumstances: Circumstances,
  context: Context,
): string {
  const { build, config } = circumstances;
  const hash = createHash('sha256');
  const add = (value: unknown): void => {
    const text = JSON.stringify(value);
    hash.update(`${Buffer.byteLength(text)}:`).update(text);
  };
  add([build, files, config, ...optionsIn(circumstances, context)]);
  for (const { texts, faulty, skipped, found } of [read, assumed.assume, assumed.crds]) {
    add([found, skipped, faulty, texts.length]);
    for (const { text, ...file } of texts) {
      add([file, Buffer.byteLength(text)]);
      hash.update(text);
    }
  }
  return hash.digest('hex');
}

/** The working directory, and what is asked for; where a report is written does not change its text. */
function optionsIn(
  { flags: { output: _, ...flags }, outputs }: Circumstances,
  { io: { cwd }, terminal }: Context,
): unknown[] {
  const formats = outputs.map(({ format, file }) => [format.name, file === undefined]);
  return [cwd, repositoryOf(cwd), flags, formats, terminal.out.isColorSupported];
}
