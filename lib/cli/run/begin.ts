import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Substitute } from '../../manifest/chart-value';
import {
  LIBRARIES_VARIABLE,
  LOADED_VARIABLE,
  PARENT_VARIABLE,
  PINS_VARIABLE,
  PROJECT_VARIABLE,
  RESULTS_VARIABLE,
  SUBSTITUTE_VARIABLE,
} from '../child/protocol';
import { startChild, type Waiting } from './child';
import { searchPath, type Launch } from './command';
import { makeTemporary } from './temporary';

/** The process of an app that has been started and waits, and where it will write. */
export interface Begun {
  readonly waiting: Waiting;
  /** Temporary, with the others in it. */
  readonly folder: string;
  readonly results: string;
  readonly manifests: string;
}

/** What the process of an app gets. */
export interface BeginOptions {
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  /** Whoever wants to know what the app loads and reads. */
  readonly onLoaded?: unknown;
  readonly substitute?: Substitute | undefined;
  readonly pins?: string | undefined;
}

const PRELOAD = join(__dirname, '..', 'child', 'preload.js');

/**
 * Starts the process of an app, which waits until it is to run.
 *
 * @param libraries paths of modules that it loads meanwhile. @default none
 * @throws SeaworthyError OUTPUT_UNWRITABLE
 */
export function begin(program: Launch, options: BeginOptions, libraries?: readonly string[]): Begun {
  const folder = makeTemporary(options.env);
  const [results, manifests] = [join(folder, 'results'), join(folder, 'manifests')];
  mkdirSync(results);
  mkdirSync(manifests);
  const write = (name: string, text: string | undefined): string | undefined => {
    if (text !== undefined) writeFileSync(join(folder, name), text);
    return text === undefined ? undefined : join(folder, name);
  };
  const pins = write('pins.yaml', options.pins);
  const listed = write('libraries.json', libraries && JSON.stringify(libraries));
  const env = {
    ...childEnvironment(options, results, manifests),
    ...(pins !== undefined && { [PINS_VARIABLE]: pins }),
    ...(listed !== undefined && { [LIBRARIES_VARIABLE]: listed }),
  };
  return { waiting: startChild(program, { cwd: options.root, env, folder }), folder, results, manifests };
}

/** The user's environment, and variables by which `App.synth` and cdk8s's App find us in any process. */
export function childEnvironment(
  { env, root, onLoaded, substitute }: BeginOptions,
  results: string,
  manifests: string,
): NodeJS.ProcessEnv {
  const path = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  const preload = `--require "${PRELOAD.replace(/["\\]/g, '\\$&')}"`;
  const nodeOptions = env['NODE_OPTIONS'];
  return {
    ...env,
    [path]: searchPath(root, env[path]),
    NODE_OPTIONS: nodeOptions === undefined || nodeOptions === '' ? preload : `${nodeOptions} ${preload}`,
    CDK8S_OUTDIR: manifests,
    // An App that does not find us, as under Python or Bun, records the construct of each object.
    CDK8S_RECORD_CONSTRUCT_METADATA: 'true',
    [PROJECT_VARIABLE]: root,
    [RESULTS_VARIABLE]: results,
    [PARENT_VARIABLE]: String(process.pid),
    ...(onLoaded !== undefined && { [LOADED_VARIABLE]: '1' }),
    ...(substitute !== undefined && { [SUBSTITUTE_VARIABLE]: JSON.stringify(substitute) }),
  };
}
