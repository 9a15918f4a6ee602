import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { SeaworthyError } from '../../errors';
import { findProject } from '../project/project';
import type { Source } from '../cluster/manifests';
import type { Context } from '../terminal/context';
import type { ApplyFlags } from './flags';

/** Characters that the name of an application may have. */
const LONGEST = 53;

/**
 * The name of the application: `--name`, else that of the project with the App and environment, so that two of a project
 * never take each other's objects for their own. None for files from which nothing is pruned.
 *
 * @throws SeaworthyError USAGE for files, which no project names
 */
export function applicationName(
  paths: readonly string[],
  flags: ApplyFlags,
  { place }: Source,
  context: Context,
): string | undefined {
  if (flags.name !== undefined) return flags.name;
  if (paths.length === 0) {
    const { root } = findProject(projectOptions(flags), context.io.cwd);
    const parts = [packageName(root) ?? basename(root), ...place.split('/')].map(asName).filter(Boolean);
    return parts
      .filter((part, index) => part !== parts[index - 1])
      .join('-')
      .slice(0, LONGEST);
  }
  if (flags.prune === false) return undefined;
  throw new SeaworthyError({
    code: 'USAGE',
    path: '--name',
    message: 'files have no name, by which their objects are found again when they are no longer in them',
    hint: 'Name the application: --name shop. With --no-prune, nothing is deleted, and no name is needed.',
  });
}

/** What opens a project, of the options: `--timeout` is about objects here. */
export function projectOptions({ app }: ApplyFlags): { readonly app?: string } {
  return app === undefined ? {} : { app };
}

function packageName(root: string): string | undefined {
  const file = join(root, 'package.json');
  if (!existsSync(file)) return undefined;
  try {
    const { name } = JSON.parse(readFileSync(file, 'utf8')) as { readonly name?: unknown };
    return typeof name === 'string' && name !== '' ? name : undefined;
  } catch {
    return undefined;
  }
}

/** As an object may be called. */
function asName(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
