import { dirname, resolve, sep } from 'node:path';
import { SeaworthyError } from '../../errors';
import type { Placement, Repository, TargetChoice } from '../../gitops/target';
import type { Layout } from '../../output/layout';
import type { Context } from '../terminal/context';
import type { Terminal } from '../terminal/terminal';
import type { CheckConfig } from './check-section';
import { readConfig, type Config } from './config';
import { searchConfig, type NotUsed, type Search } from './search';
import { DEFAULT_TIMEOUT } from './timeout';

const NO_CONFIG: Config = { notes: [] };

/** Options of the commands that run the app. */
export interface AppOptions {
  /** Instead of `app` in cdk8s.yaml. */
  readonly app?: string;
  /** Seconds. */
  readonly timeout?: number;
}

/** An app and where it belongs, from the options of the command line, cdk8s.yaml and the defaults. */
export interface Project {
  /** Folder of cdk8s.yaml: the app runs here. */
  readonly root: string;
  /** What runs the app. */
  readonly command: string;
  /** Absolute. */
  readonly output: string;
  /** Seconds. */
  readonly timeout: number;
  readonly layout?: Layout;
  readonly keepGenerations?: number;
  /** How targets place their files. */
  readonly placement?: Placement;
  /** What is written for which deployer. @default plain manifests */
  readonly targets?: readonly TargetChoice[];
  readonly repository?: Partial<Repository>;
  /** The order in which changes reach the environments. @default that of the code */
  readonly environments?: readonly string[];
  readonly check?: CheckConfig;
}

/**
 * The project that `cwd` is in. With --app, cdk8s.yaml is optional.
 *
 * @param purpose `synth` for commands that check what is synthesized, as the validations of cdk8s do
 * @throws SeaworthyError CONFIG_MISSING, CONFIG_INVALID, CONFIG_TOO_LARGE
 */
export function openProject(options: AppOptions, { io, terminal }: Context, purpose?: 'synth'): Project {
  const { root, file, refused } = findProject(options, io.cwd);
  reportRefused(refused, terminal);
  const config = file === undefined ? NO_CONFIG : readConfig(file);
  for (const note of config.notes) terminal.say(note, terminal.err.dim);
  if (purpose === 'synth' && config.hasOtherValidations === true)
    terminal.say('cdk8s.yaml: the plugins in "validations" run in cdk8s synth only', terminal.err.dim);
  const command = options.app ?? config.app;
  if (command === undefined) throw missingApp(file);
  return {
    root,
    command,
    output: resolve(root, config.output ?? 'dist'),
    timeout: options.timeout ?? config.timeout ?? DEFAULT_TIMEOUT,
    ...(config.layout !== undefined && { layout: config.layout }),
    ...(config.keepGenerations !== undefined && { keepGenerations: config.keepGenerations }),
    ...(config.placement !== undefined && { placement: config.placement }),
    ...(config.targets !== undefined && { targets: config.targets }),
    ...(config.repository !== undefined && { repository: config.repository }),
    ...(config.environments !== undefined && { environments: config.environments }),
    ...(config.check !== undefined && { check: config.check }),
  };
}

/**
 * As `open` does; where there is no project, most who call a command that takes files as well mean files: `files` says how
 * to name them, and comes first.
 *
 * @throws SeaworthyError as `open` does
 */
export function orNameFiles(files: string, open: () => Project): Project {
  try {
    return open();
  } catch (error) {
    if (!(error instanceof SeaworthyError) || error.code !== 'CONFIG_MISSING') throw error;
    const [problem] = error.problems;
    throw new SeaworthyError({ ...problem, hint: `${files} ${problem.hint ?? ''}`.trim() });
  }
}

/**
 * The folder of the project that `cwd` is in, and its cdk8s.yaml.
 *
 * @throws SeaworthyError CONFIG_MISSING
 */
export function findProject(
  { app }: AppOptions,
  cwd: string,
): { readonly root: string; readonly file?: string; readonly refused: readonly NotUsed[] } {
  const search = searchConfig(cwd);
  const { file, refused } = search;
  if (file !== undefined) return { root: dirname(file), file, refused };
  if (app === undefined) throw missingConfig(cwd, search);
  return { root: cwd, refused };
}

/** Names each cdk8s.yaml that was passed over. */
export function reportRefused(refused: readonly NotUsed[], terminal: Terminal): void {
  for (const { file, reason } of refused) terminal.say(terminal.err.dim(`${file} is not used: ${reason}`));
}

/**
 * Refuses an output folder that contains the project or the working directory: an output is replaced as a whole.
 *
 * @throws SeaworthyError OUTPUT_NOT_OURS
 */
export function refuseAsOutput(folder: string, { root }: Project, cwd: string): void {
  const held = [root, cwd].find(
    (inside) => inside === folder || inside.startsWith(folder + sep) || folder === sep,
  );
  if (held === undefined) return;
  throw new SeaworthyError({
    code: 'OUTPUT_NOT_OURS',
    place: folder,
    message: held === root ? 'this folder holds the project' : 'this folder holds the current one',
    hint: 'Choose another folder, such as dist.',
  });
}

function missingConfig(folder: string, { refused, beyond }: Search): SeaworthyError {
  const [nearest] = [...refused, ...(beyond === undefined ? [] : [beyond])];
  const found = nearest === undefined ? '' : `${nearest.file} is not used: ${nearest.reason}. `;
  return new SeaworthyError({
    code: 'CONFIG_MISSING',
    message: 'no cdk8s.yaml in this folder or above it',
    place: folder,
    hint: `${found}Create a project with seaworthy init, or name the command that runs your app with --app.`,
  });
}

function missingApp(file: string | undefined): SeaworthyError {
  return new SeaworthyError({
    code: 'CONFIG_INVALID',
    message: 'Required value: the command that runs your app',
    ...(file !== undefined && { place: file }),
    path: 'app',
    hint: 'For example: app: jiti main.ts',
  });
}
