import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { SeaworthyError } from '../errors';
import { codeOf } from './failure';

/** The folder that is to hold the output. */
export interface Output {
  /** As the user wrote it, for messages. */
  readonly given: string;
  /** Its resolved path, absolute and without symbolic links. It need not exist yet. */
  readonly directory: string;
}

/**
 * Resolves `given`. A symbolic link to a folder is kept: its target is the output.
 *
 * @throws SeaworthyError OUTPUT_NOT_OURS for a folder that holds more than an output: the root of the file
 * system, the home folder, the current folder, or one that holds these.
 */
export function locate(given: string): Output {
  const directory = realPath(path.resolve(given));
  const output = { given, directory };
  if (path.dirname(directory) === directory) throw notOurs(output, 'this is the root of the file system');
  if (holds(directory, homeFolder())) throw notOurs(output, 'this is your home folder, or holds it');
  if (holds(directory, process.cwd())) throw notOurs(output, 'this is the current folder, or holds it');
  return output;
}

/** Files that mark the top of a project. An output is replaced as a whole; which must never happen to a project. */
const PROJECT = ['.git', 'package.json', 'cdk8s.yaml'];

/** Refuses an output that is a project. Files in it that are `recorded` as ours prove nothing. */
export function refuseProject(output: Output, recorded: ReadonlySet<string>): void {
  const mark = PROJECT.find((name) => !recorded.has(name) && isSet(path.join(output.directory, name)));
  if (mark !== undefined) throw notOurs(output, `this folder holds '${mark}', so it is more than an output`);
}

/** Whether something is at `file`, even a broken link. */
export function isSet(file: string): boolean {
  return fs.lstatSync(file, { throwIfNoEntry: false }) !== undefined;
}

function notOurs(output: Output, message: string): SeaworthyError {
  const hint = 'Choose a folder of its own, such as dist.';
  return new SeaworthyError({ code: 'OUTPUT_NOT_OURS', place: output.given, message, hint });
}

/** A home that cannot be resolved keeps its name: it must not prevent writing elsewhere. */
function homeFolder(): string {
  try {
    return fs.realpathSync.native(os.homedir());
  } catch {
    return os.homedir();
  }
}

/** `file` without symbolic links; parts that do not exist yet keep their names. */
function realPath(file: string): string {
  try {
    return fs.realpathSync.native(file);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    const found = fs.lstatSync(file, { throwIfNoEntry: false });
    if (found?.isSymbolicLink() === true) throw dangling(file);
    // Another run has just created it.
    if (found !== undefined) return realPath(file);
    const parent = path.dirname(file);
    return parent === file ? file : path.join(realPath(parent), path.basename(file));
  }
}

function dangling(place: string): SeaworthyError {
  const hint = 'Create the folder it points to, or remove the link.';
  return new SeaworthyError({
    code: 'OUTPUT_UNWRITABLE',
    place,
    message: 'this symbolic link points nowhere',
    hint,
  });
}

function holds(folder: string, other: string): boolean {
  const relative = path.relative(folder, other);
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}
