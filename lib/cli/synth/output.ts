import { join } from 'node:path';
import { SeaworthyError } from '../../errors';
import type { TargetChoice } from '../../gitops/target';
import type { FileContent } from '../../output/content';
import { withGenerations } from '../../output/generations';
import { layout } from '../../output/layout';
import { render } from '../../output/render';
import { writeOutput } from '../../output/write';
import { refuseAsOutput, type Project } from '../project/project';
import { inEnvironment } from '../run/environment';
import { generationsOf, layoutOptions } from '../run/layout';
import type { Result } from '../run/results';
import type { OtherRun } from './other-values';

export interface WriteOptions {
  /** Folder that the command is run in. */
  readonly cwd: string;
  /** Absolute folder for everything, instead of those of the apps and cdk8s.yaml. */
  readonly output?: string | undefined;
  /** The one environment to write. */
  readonly environment?: string | undefined;
  /** Whether nothing is written. @default false */
  readonly dryRun?: boolean | undefined;
  /** What is written for which deployer. @default plain manifests */
  readonly targets?: readonly TargetChoice[];
  /** What the app synthesizes with other values, for targets. @default it has none */
  readonly others?: readonly OtherRun[];
}

/** What changed in one output folder. */
export interface Written {
  /** Absolute. */
  readonly folder: string;
  readonly written: number;
  readonly unchanged: number;
  readonly removed: number;
  /** Paths below the folder that differ, or differed, from what the app synthesizes. */
  readonly stale: readonly string[];
  /** Paths below the folder that are not ours. */
  readonly foreign: readonly string[];
}

/** The files of one output folder, and which of the existing ones may be removed. */
interface Folder {
  readonly files: Map<string, FileContent>;
  /** Prefixes of the paths that are replaced. @default the whole folder */
  readonly owned: string[] | undefined;
  readonly results: Result[];
}

/** Objects that are rendered in one go for printing. */
const SLICE = 1000;

/** The manifests of a run as one YAML stream, in pieces. */
export function* printRun(results: readonly Result[], environment: string | undefined): Generator<string> {
  let separator = '';
  for (const result of results) {
    for (const text of rendered(result, environment)) {
      yield `${separator}${text}`;
      separator = '---\n';
    }
  }
}

function* rendered(result: Result, environment: string | undefined): Generator<string> {
  if (result.files !== undefined) {
    if (environment === undefined) yield* result.files.values();
    return;
  }
  const manifests = inEnvironment(result.manifests, environment);
  for (let start = 0; start < manifests.length; start += SLICE) {
    yield* render(new Map([['', manifests.slice(start, start + SLICE)]]), layoutOptions(result)).values();
  }
}

/**
 * Writes the manifests of a run, each output folder in one step.
 *
 * @throws SeaworthyError FILE_COLLISION, OUTPUT_NOT_OURS, OUTPUT_UNWRITABLE
 */
export async function writeRun(
  results: readonly Result[],
  project: Project,
  options: WriteOptions,
): Promise<Written[]> {
  const { targets = [] } = options;
  const folders = new Map<string, Folder>();
  for (const result of results) {
    const path = options.output ?? result.outdir ?? project.output;
    const folder: Folder = folders.get(path) ?? {
      files: new Map<string, FileContent>(),
      owned: options.environment === undefined ? undefined : [],
      results: [],
    };
    folders.set(path, folder);
    folder.results.push(result);
    if (targets.length > 0) {
      refuseGenerations(result);
      continue;
    }
    const { files, owned } = renderResult(result, { project, path, environment: options.environment });
    for (const [name, text] of files) addFile(folder, path, name, text);
    folder.owned?.push(...owned);
  }
  if (targets.length > 0)
    for (const [path, folder] of folders) await fillForTargets(folder, path, project, options);
  for (const path of folders.keys()) refuseAsOutput(path, project, options.cwd);
  // A folder that cannot be written is found before another one has been written.
  if (folders.size > 1) for (const [path, folder] of folders) writeFolder(path, folder, true);
  return [...folders].map(([path, folder]) => writeFolder(path, folder, options.dryRun === true));
}

/** @throws SeaworthyError CONFIG_INVALID for an App that keeps what targets do not */
function refuseGenerations({ name, keepGenerations = 0 }: Result): void {
  if (keepGenerations === 0) return;
  throw new SeaworthyError({
    code: 'CONFIG_INVALID',
    path: name === undefined ? 'keepGenerations' : `${name}: keepGenerations`,
    message: 'targets keep no former generations',
    hint: 'Leave out keepGenerations of the App, or the targets.',
  });
}

function writeFolder(folder: string, { files, owned }: Folder, dryRun: boolean): Written {
  const owns = (path: string) => owned === undefined || owned.some((beginning) => path.startsWith(beginning));
  const { written, unchanged, removed, foreign } = writeOutput(folder, files, { owns, dryRun });
  const counts = { written: written.length, unchanged: unchanged.length, removed: removed.length };
  return { folder, ...counts, stale: [...written, ...removed].sort(), foreign };
}

/** Replaces what a folder holds by the files of all targets, which are written in one step. */
async function fillForTargets(
  { files, owned, results }: Folder,
  path: string,
  project: Project,
  { targets = [], environment, others = [] }: WriteOptions,
): Promise<void> {
  const { filesForTargets } = await import('./gitops');
  const written = await filesForTargets(results, { project, path, targets, environment, others });
  for (const [name, content] of written.files) files.set(name, content);
  owned?.push(...written.owned);
}

function addFile({ files }: Folder, folder: string, name: string, text: string): void {
  if (files.has(name)) {
    throw new SeaworthyError({
      code: 'FILE_COLLISION',
      place: join(folder, name),
      message: 'two apps would both write this file',
      hint: "Give each app a name, which becomes its folder: new App({ name: 'shop' }).",
    });
  }
  files.set(name, text);
}

interface Rendered {
  readonly files: ReadonlyMap<string, string>;
  readonly owned: readonly string[];
}

interface Destination {
  readonly project: Project;
  /** The output folder. */
  readonly path: string;
  readonly environment: string | undefined;
}

/** The files of one app, and the beginnings of the paths that belong to `environment`. */
function renderResult(result: Result, { project, path, environment }: Destination): Rendered {
  if (result.files !== undefined)
    return { files: environment === undefined ? result.files : new Map(), owned: [] };
  const options = layoutOptions(result, project);
  const placed = layout(result.manifests, options);
  const rendering = (files: typeof placed): Map<string, string> =>
    render(withGenerations(path, files, generationsOf(result, project)), options);
  if (environment === undefined) return { files: rendering(placed), owned: [] };
  // All environments are laid out, so that file names do not depend on --environment; one is rendered.
  const chosen = [...placed].filter(([, [first]]) => first?.origin?.environment === environment);
  const depth = result.name === undefined || result.name === '' ? 1 : 2;
  const owned = new Set(chosen.map(([path]) => `${path.split('/').slice(0, depth).join('/')}/`));
  return { files: rendering(new Map(chosen)), owned: [...owned] };
}
