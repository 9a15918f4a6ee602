import { dirname, resolve } from 'node:path';
import { SeaworthyError } from '../../errors';
import { counted } from '../../report/counts';
import { findConfig, readConfig } from '../project/config';
import type { Context } from '../terminal/context';
import { readGiven, type Given } from '../files/given';
import { checkGiven } from './parts';
import type { Checked } from './print';
import type { SettingFlags } from './flags';
import { readSettings } from './settings';
import { fileReader } from '../files/sources';

/**
 * Checks the manifests in files, folders and, for `-`, stdin: one set, for one cluster.
 *
 * @throws SeaworthyError INPUT_UNREADABLE where there is nothing to check, and as `readConfig`, `readSettings` and
 * `readGiven` do
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
  for (const note of settings.notes) context.terminal.say(context.terminal.err.dim(note));
  const given = await readGiven(files, cwd, stdin);
  tellSkipped(given, context);
  if (given.manifests.length === 0) throw nothingGiven(files);
  const lines = fileReader(cwd, given.stdin);
  const fallback = resolve(cwd, files[0] ?? '');
  return { parts: checkGiven(given, settings), settings, folder: cwd, fallback, lines };
}

/** How many skipped files are named. */
const NAMED = 10;

function tellSkipped({ skipped }: Given, { terminal }: Context): void {
  for (const { shown, reason } of skipped.slice(0, NAMED))
    terminal.say(terminal.err.dim(`skipped ${shown}: ${reason}`));
  if (skipped.length > NAMED)
    terminal.say(terminal.err.dim(`skipped ${counted(skipped.length - NAMED, 'more file')}`));
}

/** An empty pipe is more likely a command before it that failed than a wish. */
function nothingGiven(files: readonly string[]): SeaworthyError {
  return new SeaworthyError({
    code: 'INPUT_UNREADABLE',
    place: files.join(' '),
    message: 'there is no Kubernetes object to check',
  });
}
