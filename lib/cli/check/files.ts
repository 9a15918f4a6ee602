import { dirname, relative, resolve } from 'node:path';
import { allManifests, readManifests } from '../files/manifests';
import { isNothingToCheck } from '../files/reasons';
import { noObjects, reportSkipped } from '../files/skipped';
import { fileReader } from '../files/sources';
import type { CheckConfig } from '../project/check-section';
import { readConfig } from '../project/config';
import { reportRefused } from '../project/project';
import { searchConfig } from '../project/search';
import type { Context } from '../terminal/context';
import type { CheckFlags, LiveFlags, SettingFlags } from './flags';
import { checkManifests } from './parts';
import type { Checked } from './print';
import { lookAt } from './look';
import { readSettings, seeing } from './settings';
import { withoutPlugins } from './without-plugins';

/**
 * Checks the manifests in files, folders and, for `-`, stdin: one set, for one cluster.
 *
 * @throws SeaworthyError INPUT_UNREADABLE where there is nothing to check, and as `readConfig`, `readSettings` and
 * `readManifests` do
 */
export async function checkFiles(
  files: readonly string[],
  flags: SettingFlags & LiveFlags & Pick<CheckFlags, 'verbose' | 'kustomize'>,
  context: Context,
): Promise<Checked> {
  const { cwd, stdin, env } = context.io;
  const { file, refused } = searchConfig(cwd);
  reportRefused(refused, context.terminal);
  const config = file === undefined ? undefined : configFor(file, context);
  const given = await readSettings(config, flags, { root: dirname(file ?? cwd), cwd, env, stdin });
  for (const note of given.notes) context.terminal.say(note, context.terminal.err.dim);
  const mayBuild = flags.kustomize !== false;
  const read = await readManifests(files, { cwd, stdin, skipsPatches: true, ...(mayBuild && { env }) });
  const { skipped } = read;
  reportSkipped(skipped, context.terminal, flags.verbose);
  const isEmpty = [read.manifests, read.built, read.faulty, read.encrypted].every(
    ({ length }) => length === 0,
  );
  if (isEmpty && !isNothingToCheck(skipped)) throw noObjects(files, skipped);
  const seen = flags.live === true ? await lookAt(allManifests(read), flags, context) : undefined;
  const settings = seeing(given, seen, flags);
  const lines = fileReader(cwd, read.stdin);
  const fallback = resolve(cwd, files[0] ?? '');
  return { parts: checkManifests(read, settings), settings, folder: cwd, fallback, lines, skipped };
}

/**
 * The settings of a cdk8s.yaml. Its plugins are code: to check a file is not to run what stands in a folder above, so
 * they run in the folder of cdk8s.yaml only.
 */
function configFor(file: string, { io, terminal }: Context): CheckConfig | undefined {
  const { check } = readConfig(file);
  if (check === undefined || check.plugins.length === 0 || dirname(file) === io.cwd) return check;
  const options = check.plugins.map((path) => `--plugin ${relative(io.cwd, resolve(dirname(file), path))}`);
  const remedy = `Run seaworthy in ${dirname(file)}, or use ${options.join(' ')}.`;
  terminal.say(terminal.err.dim(`The plugins of ${file} do not run: it is not in this folder. ${remedy}`));
  return withoutPlugins(check);
}
