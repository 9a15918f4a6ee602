import { dirname, relative, resolve } from 'node:path';
import type { CheckConfig } from '../project/check-section';
import { readConfig } from '../project/config';
import { reportRefused } from '../project/project';
import { searchConfig } from '../project/search';
import type { Context } from '../terminal/context';
import { withoutPlugins } from './without-plugins';

/** The settings that count for files. */
export interface FileConfig {
  /** Absolute folder that their paths start from. */
  readonly root: string;
  /** @default there is no cdk8s.yaml, or it has no such section */
  readonly config?: CheckConfig;
}

/** Reads the settings for files: those of the cdk8s.yaml in the working directory or above. */
export function configForFiles(context: Context): FileConfig {
  const { cwd } = context.io;
  const { file, refused } = searchConfig(cwd);
  reportRefused(refused, context.terminal);
  if (file === undefined) return { root: cwd };
  const config = configIn(file, context);
  return { root: dirname(file), ...(config !== undefined && { config }) };
}

/**
 * The settings of a cdk8s.yaml. Its plugins are code: to check a file is not to run what stands in a folder above, so
 * they run in the folder of cdk8s.yaml only.
 */
function configIn(file: string, { io, terminal }: Context): CheckConfig | undefined {
  const { check } = readConfig(file);
  if (check === undefined || check.plugins.length === 0 || dirname(file) === io.cwd) return check;
  const options = check.plugins.map((path) => `--plugin ${relative(io.cwd, resolve(dirname(file), path))}`);
  const remedy = `Run seaworthy in ${dirname(file)}, or use ${options.join(' ')}.`;
  terminal.say(terminal.err.dim(`The plugins of ${file} do not run: it is not in this folder. ${remedy}`));
  return withoutPlugins(check);
}
