import { resolve } from 'node:path';
import { noting, type Asked } from '../files/asked';
import { gather, sizeOf, type Gathered } from '../files/gather';
import { allManifests, manifestsIn } from '../files/manifests';
import { isNothingToCheck } from '../files/reasons';
import { noObjects, reportSkipped } from '../files/skipped';
import { fileReader } from '../files/sources';
import type { Context } from '../terminal/context';
import { threadsFor } from './threads/count';
import type { Crew } from './threads/crew';
import { judgeOf } from './threads/job';
import { configForFiles, type FileConfig } from './config';
import type { CheckFlags, LiveFlags, SettingFlags } from './flags';
import type { Inputs } from './inputs';
import { checkManifests } from './parts';
import type { Checked } from './print';
import { lookAt } from './look';
import { readSettings, seeing, type Settings } from './settings';

/** The options of a check of files. */
export type FileFlags = SettingFlags & LiveFlags & Pick<CheckFlags, 'verbose' | 'kustomize'>;

/** What a check of files came to, and what beside its inputs has a part in it. */
export interface CheckedFiles extends Checked {
  /** What it asked the rest of the project. */
  readonly asked: readonly Asked[];
  /** What was said of the settings. */
  readonly notes: readonly string[];
  /** Files that `lines` read, since they were not among the inputs. */
  readonly readLate: ReadonlySet<string>;
}

/**
 * Checks the manifests in files, folders and, for `-`, stdin: one set, for one cluster.
 *
 * @throws SeaworthyError INPUT_UNREADABLE where there is nothing to check, and as `readConfig`, `readSettings` and
 * `readManifests` do
 */
export async function checkFiles(
  files: readonly string[],
  flags: FileFlags,
  context: Context,
): Promise<Checked> {
  return checkInputs(files, flags, configForFiles(context), context);
}

/** @param inputs what was read already. @default it is read here */
export async function checkInputs(
  files: readonly string[],
  flags: FileFlags,
  { root, config }: FileConfig,
  context: Context,
  inputs?: Inputs,
): Promise<CheckedFiles> {
  const { io } = context;
  const { cwd, env } = io;
  const places = {
    root,
    cwd,
    env,
    // Node takes long to open it, and few checks read it.
    get stdin() {
      return io.stdin;
    },
    ...inputs,
  };
  const given = await readSettings(config, flags, places);
  for (const note of given.notes) context.terminal.say(note, context.terminal.err.dim);
  const mayBuild = flags.kustomize !== false;
  const gathered =
    inputs?.files ??
    (await gather(files, {
      cwd,
      ...(files.includes('-') && { stdin: io.stdin }),
      skipsPatches: true,
      ...(mayBuild && { env }),
    }));
  const crew = await crewFor(gathered, given, files, flags, context);
  try {
    return await checkGathered(gathered, files, flags, given, context, crew);
  } finally {
    crew?.end();
  }
}

async function checkGathered(
  gathered: Gathered,
  files: readonly string[],
  flags: FileFlags,
  given: Settings,
  context: Context,
  crew: Crew | undefined,
): Promise<CheckedFiles> {
  const { cwd } = context.io;
  const { elsewhere, ...found } = manifestsIn(gathered, files, { cwd });
  const asked: Asked[] = [];
  const read = { ...found, ...(elsewhere !== undefined && { elsewhere: noting(elsewhere, asked) }) };
  const { skipped } = read;
  reportSkipped(skipped, context.terminal, flags.verbose);
  const isEmpty = [read.manifests, read.built, read.faulty, read.encrypted].every(
    ({ length }) => length === 0,
  );
  if (isEmpty && !isNothingToCheck(skipped)) throw noObjects(files, skipped);
  const seen = flags.live === true ? await lookAt(allManifests(read), flags, context) : undefined;
  const settings = seeing(given, seen, flags);
  const readLate = new Set<string>();
  const lines = fileReader(cwd, { texts: gathered.texts, onRead: (file) => readLate.add(file) });
  const fallback = resolve(cwd, files[0] ?? '');
  const parts = await checkManifests(read, settings, crew);
  return { parts, settings, folder: cwd, fallback, lines, skipped, asked, notes: given.notes, readLate };
}

/**
 * Threads to check what was read with; none where it is little, or where more than texts has a part in it.
 *
 * @throws SeaworthyError USAGE
 */
async function crewFor(
  gathered: Gathered,
  settings: Settings,
  args: readonly string[],
  { live = false }: LiveFlags,
  { io: { cwd, env } }: Context,
): Promise<Crew | undefined> {
  const threads = threadsFor(sizeOf(gathered.texts), env);
  if (threads === 1 || live || gathered.built.length > 0) return undefined;
  const judge = judgeOf(settings, cwd);
  if (judge === undefined) return undefined;
  const { Crew } = await import('./threads/crew');
  return Crew.start({ ...judge, args, files: gathered }, threads);
}
