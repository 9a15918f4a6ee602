import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { SeaworthyError } from '../../errors';
import { reasonOf } from '../../output/failure';
import { makeFolders } from '../../output/make-folders';
import { visible } from '../../text';
import { replaceFile } from '../files/replace';
import type { Context } from '../terminal/context';
import { additionTo, NPM } from './existing';
import { dependencies, templates } from './templates';

/** The options of `seaworthy init`. */
export interface InitFlags {
  readonly name?: string;
}

/**
 * `seaworthy init`: creates a project in an empty or new folder, or adds to the one that is there. Nothing is downloaded
 * or run.
 */
export async function init(dir: string, options: InitFlags, context: Context): Promise<number> {
  const { io } = context;
  const folder = resolve(io.cwd, dir);
  if (existsSync(join(folder, 'package.json'))) return add(folder, options, context);
  const name = options.name === undefined ? nameOf(folder) : checkedName(options.name);
  const files = new Map(templates(name));
  try {
    for (const file of checkEmpty(folder)) files.delete(file);
    makeFolders(folder);
    for (const [file, text] of files) writeFileSync(join(folder, file), text, { flag: 'wx' });
  } catch (error) {
    throw unwritable(folder, error);
  }
  const where = shownFrom(io.cwd, folder);
  const ready = `${context.terminal.out.bold(name)} is ready in ${where ?? 'this folder'}`;
  await report(
    `${ready}: ${[...files.keys()].join(', ')}`,
    where,
    [NPM.install, 'npm test', 'npx seaworthy synth'],
    context,
  );
  return 0;
}

/** Adds to a project that has a package.json. */
async function add(folder: string, { name }: InitFlags, context: Context): Promise<number> {
  if (name !== undefined)
    throw new SeaworthyError({
      code: 'USAGE',
      path: '--name',
      message: 'the project has a name, in its package.json',
      hint: 'Leave out --name to add to the project.',
    });
  const { created, packageJson, added, manager } = additionTo(folder);
  try {
    for (const [file, text] of created) {
      makeFolders(dirname(join(folder, file)));
      writeFileSync(join(folder, file), text, { flag: 'wx' });
    }
    if (packageJson !== undefined) replaceFile(join(folder, 'package.json'), packageJson);
  } catch (error) {
    throw unwritable(folder, error);
  }
  const files = [...created.keys()];
  const done = [
    ...(files.length === 0 ? [] : [`Created ${files.join(' and ')}.`]),
    added.length === 0
      ? 'package.json has all packages that are needed.'
      : `Added to package.json: ${added.join(', ')}.`,
  ];
  const steps = [manager.install, `${manager.run} seaworthy check`, `${manager.run} seaworthy synth`];
  await report(done.join(' '), shownFrom(context.io.cwd, folder), steps, context);
  return 0;
}

function shownFrom(cwd: string, folder: string): string | undefined {
  const path = visible(relative(cwd, folder));
  return path === '' ? undefined : path;
}

/** Prints what was done in `where`, and what comes next. */
async function report(
  done: string,
  where: string | undefined,
  steps: readonly string[],
  { terminal }: Context,
): Promise<void> {
  const all = [...(where === undefined ? [] : [`cd ${where}`]), ...steps];
  const lines = all.map((step) => `  ${terminal.out.dim('$')} ${step}\n`);
  await terminal.print(`${done}\n`, `\nNext:\n${lines.join('')}`);
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

/** What a new repository may hold. */
const FOR_REPOSITORY = /^(?:\.git.*|\.editorconfig|(?:readme|license|copying|codeowners)(?:\..*)?)$/i;

/** A repository with nothing but files about itself counts as empty. @returns the files that stay as they are */
function checkEmpty(folder: string): readonly string[] {
  const stats = statSync(folder, { throwIfNoEntry: false });
  if (stats === undefined) return [];
  const names = stats.isDirectory() ? readdirSync(folder) : [];
  const found = names.filter((name) => !FOR_REPOSITORY.test(name));
  if (stats.isDirectory() && found.length === 0) return names;
  const more = found.length > 5 ? ` and ${found.length - 5} more` : '';
  throw new SeaworthyError({
    code: 'OUTPUT_NOT_OURS',
    place: folder,
    message: stats.isDirectory()
      ? `the folder is not empty: it holds ${found.slice(0, 5).join(', ')}${more}`
      : 'this is a file, not a folder',
    hint: 'Use a new folder, as in seaworthy init my-app, or one with a package.json, to which init adds.',
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
