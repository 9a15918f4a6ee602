import { dirname, resolve } from 'node:path';
import { readManifests } from '../files/manifests';
import { noObjects, reportSkipped } from '../files/skipped';
import { fileReader } from '../files/sources';
import { findConfig, readConfig } from '../project/config';
import type { Context } from '../terminal/context';
import type { SettingFlags } from './flags';
import { checkManifests } from './parts';
import type { Checked } from './print';
import { readSettings } from './settings';

/**
 * Checks the manifests in files, folders and, for `-`, stdin: one set, for one cluster.
 *
 * @throws SeaworthyError INPUT_UNREADABLE where there is nothing to check, and as `readConfig`, `readSettings` and
 * `readManifests` do
 */
export async function checkFiles(
  files: readonly string[],
  flags: SettingFlags,
  context: Context,
): Promise<Checked> {
  const { cwd, stdin } = context.io;
  const file = findConfig(cwd);
  const config = file === undefined ? undefined : readConfig(file).check;
  const settings = await readSettings(config, flags, { root: dirname(file ?? cwd), cwd });
  for (const note of settings.notes) context.terminal.say(note, context.terminal.err.dim);
  const read = await readManifests(files, cwd, stdin);
  reportSkipped(read.skipped, context.terminal);
  if (read.manifests.length === 0) throw noObjects(files);
  const lines = fileReader(cwd, read.stdin);
  const fallback = resolve(cwd, files[0] ?? '');
  return { parts: checkManifests(read, settings), settings, folder: cwd, fallback, lines };
}
