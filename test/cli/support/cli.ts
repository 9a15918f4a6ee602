import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Writable, type Readable } from 'node:stream';
import type { AppResult } from '../../../lib/host';
import type { Io, main as Main } from '../../../lib/cli/main';
import { packageFolder } from './package';

// It compiles the package where no test has done so yet, and that is no part of what a test measures.
beforeAll(() => void packageFolder(), 120_000);

export interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  readonly env?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
  /** Whether the streams are terminals. */
  readonly isTTY?: boolean;
  /** Columns of the terminal. @default not known */
  readonly columns?: number;
  readonly stdin?: Readable;
  /** Called with all that stderr has seen, at every write. */
  readonly onStderr?: (text: string) => void;
}

/** Runs the command line in this process, as `cd <cwd> && seaworthy <argv>` would. */
export async function seaworthy(
  cwd: string,
  argv: readonly string[],
  around: Surroundings = {},
): Promise<Answer> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- compiled when the test runs
  const { main } = require(join(packageFolder(), 'build', 'cli-main.js')) as { main: typeof Main };
  const stdout = Object.assign(new Recorder(around.isTTY), { columns: around.columns });
  const stderr = new Recorder(around.isTTY, around.onStderr);
  const env = { PATH: process.env['PATH'], ...around.env };
  const { signal, stdin } = around;
  const io: Io = {
    stdout: stdout as Io['stdout'],
    stderr,
    env,
    cwd,
    ...(signal && { signal }),
    ...(stdin && { stdin }),
  };
  const code = await main(argv, io);
  return { code, stdout: stdout.text, stderr: stderr.text };
}

class Recorder extends Writable {
  readonly isTTY: boolean;
  text = '';
  private readonly onText: ((text: string) => void) | undefined;

  constructor(isTTY = false, onText?: (text: string) => void) {
    super();
    this.isTTY = isTTY;
    this.onText = onText;
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    this.onText?.(this.text);
    done();
  }
}

const folders: string[] = [];

/** A folder with `files`, by path; removed after the tests of the file. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'seaworthy-test-')));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** A project whose app is `main.js`. */
export function projectOf(main: string, config = 'app: node main.js\n'): string {
  return folderWith({ 'cdk8s.yaml': config, 'main.js': main });
}

/** The paths of all files below `folder`, but for the record of the output. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== '.seaworthy')
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

export function read(...path: readonly string[]): string {
  return readFileSync(join(...path), 'utf8');
}

/** What a ConfigMap in a chart looks like to an app: `environment/chart/name`, where `-` stands for none. */
export type Place = `${string}/${string}/${string}`;

/** Code of an app that hands over a ConfigMap for each of `places`, without needing a construct. */
export function appOf(places: readonly Place[], about: Partial<AppResult> = {}): string {
  const manifests = places.map((place) => {
    const [environment = '-', chart = '-', name = ''] = place.split('/');
    const origin = {
      ...(environment === '-' ? {} : { environment }),
      ...(chart === '-' ? {} : { chart }),
      construct: place,
      source: 'main.ts:7',
    };
    return { object: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } }, origin };
  });
  return handOver({ ...about, manifests });
}

/** Code that hands `result` to the command line, as `App.synth` does. */
export function handOver(
  result: Omit<Partial<AppResult>, 'manifests'> & { manifests: readonly object[] },
): string {
  const text = JSON.stringify(result);
  return `globalThis[Symbol.for('seaworthy.host')].receive({ outdir: process.env.CDK8S_OUTDIR, ...${text} });\n`;
}
