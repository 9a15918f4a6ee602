import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { SeaworthyError } from '../../errors';
import { reasonOf } from '../../output/failure';
import { makeFolders } from '../../output/make-folders';
import { visible } from '../../text';
import type { Context } from '../terminal/context';
import { dependencies, templates } from './templates';

/** The options of `seaworthy init`. */
export interface InitFlags {
  readonly name?: string;
}

/** `seaworthy init`: creates a project in an empty or new folder. Nothing is downloaded or run. */
export async function init(dir: string, options: InitFlags, { io, terminal }: Context): Promise<number> {
  const folder = resolve(io.cwd, dir);
  const name = options.name === undefined ? nameOf(folder) : checkedName(options.name);
  const files = templates(name);
  try {
    checkEmpty(folder);
    makeFolders(folder);
    for (const [file, text] of files) writeFileSync(join(folder, file), text, { flag: 'wx' });
  } catch (error) {
    throw unwritable(folder, error);
  }
  const { bold, dim } = terminal.out;
  const path = visible(relative(io.cwd, folder));
  const steps = [...(path === '' ? [] : [`cd ${path}`]), 'npm install', 'npm test', 'npx seaworthy synth'];
  await terminal.print(
    `${bold(name)} is ready in ${path === '' ? 'this folder' : path}: ${[...files.keys()].join(', ')}\n`,
    `\nNext:\n${steps.map((step) => `  ${dim('$')} ${step}\n`).join('')}`,
  );
  return 0;
}

/** npm's rules for the name of a package, with or without a scope. */
const NAME = /^(?:@[a-z0-9][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]*$/;
const LONGEST_NAME = 214;

function checkedName(name: string): string {
  if (NAME.test(name) && name.length <= LONGEST_NAME && !isDependency(name)) return name;
  const reason = isDependency(name)
    ? 'is the name of a package that the project depends on'
    : 'is not a package name: expected lower-case letters, digits, "-", "." and "_"';
  throw new SeaworthyError({
    code: 'USAGE',
    message: `"${name}" ${reason}`,
    path: '--name',
    hint: `For example: --name ${slug(name)}`,
  });
}

function nameOf(folder: string): string {
  return slug(basename(folder));
}

/** The nearest name that npm accepts. */
function slug(text: string): string {
  const letters = text
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[-._]+|[-._]+$/g, '')
    .slice(0, LONGEST_NAME - 4);
  return letters === '' || isDependency(letters) ? `${letters === '' ? 'my' : letters}-app` : letters;
}

function isDependency(name: string): boolean {
  return Object.values(dependencies()).some((packages) => Object.hasOwn(packages, name));
}

/** The folder of a repository without files counts as empty. */
function checkEmpty(folder: string): void {
  const stats = statSync(folder, { throwIfNoEntry: false });
  if (stats === undefined) return;
  const found = stats.isDirectory() ? readdirSync(folder).filter((name) => name !== '.git') : [];
  if (stats.isDirectory() && found.length === 0) return;
  const more = found.length > 5 ? ` and ${found.length - 5} more` : '';
  throw new SeaworthyError({
    code: 'OUTPUT_NOT_OURS',
    place: folder,
    message: stats.isDirectory()
      ? `the folder is not empty: it holds ${found.slice(0, 5).join(', ')}${more}`
      : 'this is a file, not a folder',
    hint: 'Use a new folder: seaworthy init my-app.',
  });
}

function unwritable(folder: string, error: unknown): SeaworthyError {
  if (error instanceof SeaworthyError) return error;
  return new SeaworthyError({
    code: 'OUTPUT_UNWRITABLE',
    place: folder,
    message: reasonOf(error),
    hint: 'Choose another folder, or fix its permissions.',
  });
}
