import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, delimiter, dirname, extname, join, resolve } from 'node:path';
import { nearest, SeaworthyError } from '../../errors';
import { ROOT, strangers } from '../project/owners';

/** How to start the app. */
export interface Launch {
  readonly program: string;
  readonly args: readonly string[];
  /** Whether a shell reads `program`, a whole command. */
  readonly shell: boolean;
}

const TYPESCRIPT = /\.[cm]?tsx?$/;
const JAVASCRIPT = /\.[cm]?js$/;
const RUNNER = join(__dirname, '..', 'child', 'runner.js');

/**
 * How to start `command`, the `app` of cdk8s.yaml, in `root`. cdk8s passes it to a shell, and so does this function
 * where a shell can make a difference. The usual forms need neither a shell nor `npx`, which takes a second to start: a
 * TypeScript file or `jiti FILE` runs in our own runner, a JavaScript file or `node FILE` in this Node, a program of
 * the project (with or without `npx`) directly.
 *
 * @throws SeaworthyError APP_NOT_FOUND if the file to run does not exist.
 */
export function launch(command: string, root: string): Launch {
  const words = isFile(resolve(root, command)) ? [command] : plainWords(command);
  if (words === undefined) return throughShell(command);
  const [first = '', ...rest] = withoutNpx(words, root);
  if (TYPESCRIPT.test(first)) return run(first, rest, root);
  if (JAVASCRIPT.test(first)) return node([existing(first, root), ...rest]);
  if (first === 'jiti' && rest[0] !== undefined && !rest[0].startsWith('-'))
    return run(rest[0], rest.slice(1), root);
  if (first === 'node' && rest.length > 0) return node(rest);
  const program = findProgram(first, root);
  return program === undefined ? throughShell(command) : { program, args: rest, shell: false };
}

/** `path` with the node_modules/.bin from `root` upwards before it, as in npx and npm scripts. */
export function searchPath(root: string, path: string | undefined): string {
  return [...programFolders(root), ...(path === undefined ? [] : [path])].join(delimiter);
}

function run(file: string, args: readonly string[], root: string): Launch {
  // jiti finds `main` as main.ts; a name with an ending is the name of a file.
  return node([RUNNER, extname(file) === '' ? file : existing(file, root), ...args]);
}

function node(args: readonly string[]): Launch {
  return { program: process.execPath, args, shell: false };
}

function throughShell(command: string): Launch {
  return { program: command, args: [], shell: true };
}

/** The words of a command that every shell takes literally; nothing for any other command. */
function plainWords(command: string): readonly string[] | undefined {
  const words = command.trim().split(/[ \t]+/);
  const plain = words.every((word) => /^[\w@+=:,./-]+$/.test(word)) && words[0]?.includes('=') === false;
  return plain ? words : undefined;
}

/** Replaces `npx tool …` with `tool …` if the project has the tool; npx would start npm first. */
function withoutNpx(words: readonly string[], root: string): readonly string[] {
  const [first, tool = ''] = words;
  return first === 'npx' && findProgram(tool, root) !== undefined ? words.slice(1) : words;
}

function findProgram(name: string, root: string): string | undefined {
  // On Windows the programs are .cmd files, which only a shell can run.
  if (process.platform === 'win32' || name.startsWith('-') || basename(name) !== name) return undefined;
  return programFolders(root)
    .map((folder) => join(folder, name))
    .find(isFile);
}

/** Every node_modules/.bin from `root` upwards, but for those of strangers: anybody can make one in `/tmp`. */
function programFolders(root: string): string[] {
  const strangersAt = strangers(root);
  const isTrusted = (path: string): boolean => strangersAt(path).every((owner) => owner === ROOT);
  return ancestors(root)
    .map((folder) => join(folder, 'node_modules'))
    .filter((packages) => existsSync(packages) && isTrusted(packages))
    .map((packages) => join(packages, '.bin'))
    .filter((folder) => existsSync(folder) && isTrusted(folder));
}

function ancestors(folder: string): string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...ancestors(above)];
}

function existing(file: string, root: string): string {
  const path = resolve(root, file);
  if (isFile(path)) return file;
  const near = nearest(basename(file), filesIn(dirname(path)));
  throw new SeaworthyError({
    code: 'APP_NOT_FOUND',
    message: `file ${file} not found`,
    place: root,
    hint:
      near === undefined
        ? 'Set `app` in cdk8s.yaml, or --app, to the command that runs your app.'
        : `Did you mean ${join(dirname(file), near)}?`,
  });
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
