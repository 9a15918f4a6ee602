/**
 * Runs in every Node process of the app, before the app: takes what `App.synth` renders, and uncaught errors.
 *
 * It also runs in other processes (`npx`, a compiler), so it needs only Node and changes nothing that they could notice.
 */
import * as fs from 'node:fs';
import * as nodeModule from 'node:module';
import { join, resolve } from 'node:path';
import { inspect } from 'node:util';
import { isMainThread } from 'node:worker_threads';
import type { Problem } from '../../errors';
import { installHost, type AppResult } from '../../host';
import { noteLoaded } from './loaded';
import { substitute, type Substitute } from '../../manifest/chart-value';
import {
  EXPECTED,
  GATE,
  GATE_VARIABLE,
  LIBRARIES_VARIABLE,
  LOADED_VARIABLE,
  MANY,
  PARENT_VARIABLE,
  PINS_VARIABLE,
  RESULTS_VARIABLE,
  SUBSTITUTE_VARIABLE,
} from './protocol';
import type { Failure, Header, Line, Trailer } from './protocol';

/** As Node has them: the app, or a library in it, may replace them later. */
const { stringify } = JSON;
const { closeSync, openSync, readFileSync, readSync, writeFileSync } = fs;

/** Characters gathered before a write: large enough to be rare, far below the longest string. */
const BATCH = 1 << 20;

/** Errors of writing the results, which the command line finds out by itself. */
const unwritten = new Set<unknown>();

const libraries = process.env[LIBRARIES_VARIABLE];
Reflect.deleteProperty(process.env, LIBRARIES_VARIABLE);
if (libraries === undefined) passGate();
const folder = process.env[RESULTS_VARIABLE];
if (folder !== undefined && folder !== '') install(folder);
if (libraries !== undefined) {
  load(libraries);
  passGate();
}

/** Loads the modules that a file names, as the app will find them. One that cannot be loaded is left for the app to report. */
function load(file: string): void {
  try {
    const require = nodeModule.createRequire(file);
    for (const path of JSON.parse(readFileSync(file, 'utf8')) as readonly string[]) require(path);
  } catch {
    // What it has begun to do must not be seen by the app.
    process.exit(1);
  }
}

/** Waits for the line of the command line, and ends if that was killed. */
function passGate(): void {
  const isGated = process.env[GATE_VARIABLE] === String(GATE);
  Reflect.deleteProperty(process.env, GATE_VARIABLE);
  if (!isGated) return;
  try {
    if (readSync(GATE, Buffer.alloc(1)) === 0) process.exit(1);
    closeSync(GATE);
  } catch {
    // A program between the command line and this process has closed it.
  }
}

function install(results: string): void {
  if (process.env[LOADED_VARIABLE] === '1') noteLoaded((...loaded) => writeLoaded(results, ...loaded));
  const found = process.env[SUBSTITUTE_VARIABLE];
  if (found !== undefined) substitute(JSON.parse(found) as Substitute);
  const pins = process.env[PINS_VARIABLE];
  installHost({
    expect: (objects) => writeExpected(results, objects),
    receive: (result) => writeResult(results, result),
    ...(pins !== undefined && { pins: readFileSync(pins, 'utf8') }),
  });
  // All of Node's default of ten frames may be in a library, and the user's line is the one that matters.
  Error.stackTraceLimit = Math.max(Error.stackTraceLimit, 30);
  process.on('uncaughtExceptionMonitor', (thrown: unknown) => {
    const isKnown = writeFailure(results, thrown) || unwritten.has(thrown);
    if (isKnown && isReportedForUs(thrown)) process.exit(1);
  });
}

/** Whether the command line reports the error, so that Node's own dump would only repeat it. */
function isReportedForUs(thrown: unknown): boolean {
  if (process.listenerCount('uncaughtException') > 0) return false;
  if (!isMainThread || String(process.ppid) !== process.env[PARENT_VARIABLE]) return false;
  // Only Node's dump has the line of a syntax error in an ES module.
  return !(thrown instanceof SyntaxError) || !String(thrown.stack).startsWith('SyntaxError');
}

/** A hint, which the app does as well without. */
function writeExpected(results: string, objects: number): void {
  if (objects < MANY) return;
  try {
    writeFileSync(join(results, `${EXPECTED}${objects}`), '');
  } catch {
    // Writing the results will fail as well, and be reported.
  }
}

function writeResult(results: string, { manifests, outdir, ...about }: AppResult): void {
  const chosen = resolve(outdir);
  const header: Header = { ...about, ...(chosen === givenOutdir() ? {} : { outdir: chosen }) };
  const file = createNumbered(results, 'app', '.ndjson');
  try {
    let batch = `${toJson(header)}\n`;
    for (const { id: _, ...line } of manifests satisfies readonly Line[]) {
      batch += `${toJson(line)}\n`;
      if (batch.length < BATCH) continue;
      writeFileSync(file, batch);
      batch = '';
    }
    const trailer: Trailer = { end: manifests.length };
    writeFileSync(file, `${batch}${toJson(trailer)}\n`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall !== undefined) unwritten.add(error);
    throw error;
  } finally {
    closeSync(file);
  }
}

/** Text that may have an integer that JSON.stringify rounds. */
const MANY_DIGITS = /\d{16}/;

/** `value`, which is plain data, as JSON, with all digits of integers, whatever the app has given all objects or lists as `toJSON`. */
function toJson(value: unknown): string {
  try {
    const text = 'toJSON' in {} || 'toJSON' in [] ? undefined : stringify(value);
    if (text !== undefined && !MANY_DIGITS.test(text)) return text;
  } catch {
    // It refuses bigints.
  }
  return written(value);
}

function written(value: unknown): string {
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 1e21)
    return String(BigInt(value));
  if (Array.isArray(value)) return `[${value.map((item) => written(item ?? null)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return stringify(value);
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return `{${entries.map(([key, each]) => `${stringify(key)}:${written(each)}`).join(',')}}`;
}

/** cdk8s's App takes its folder from here unless its props name one. */
function givenOutdir(): string | undefined {
  const given = process.env['CDK8S_OUTDIR'];
  return given === undefined ? undefined : resolve(given);
}

/** Opens the next of `app-0001.ndjson`, `app-0002.ndjson`, …: the order of events, whatever their process. */
function createNumbered(
  folder: string,
  kind: 'app' | 'failure' | 'loaded' | 'required',
  ending: string,
): number {
  for (let number = 1; ; number++) {
    try {
      return openSync(join(folder, `${kind}-${String(number).padStart(4, '0')}${ending}`), 'wx');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** A file that is missing leaves less to watch, no more. */
function writeLoaded(folder: string, paths: readonly string[], required: readonly string[]): void {
  try {
    for (const [kind, listed] of [
      ['loaded', paths],
      ['required', required],
    ] as const) {
      const file = createNumbered(folder, kind, '.json');
      writeFileSync(file, stringify(listed));
      closeSync(file);
    }
  } catch {
    // The folder is gone: the run was ended.
  }
}

/** Whether the failure was written; if not, Node prints it. */
function writeFailure(results: string, thrown: unknown): boolean {
  try {
    const file = createNumbered(results, 'failure', '.json');
    writeFileSync(file, toJson(toFailure(thrown)));
    closeSync(file);
    return true;
  } catch {
    return false;
  }
}

function toFailure(thrown: unknown, depth = 0): Failure {
  if (!(thrown instanceof Error)) return { name: '', message: inspect(thrown), stack: '' };
  const { code, problems } = thrown as { code?: unknown; problems?: unknown };
  return {
    name: textOf(thrown.name),
    message: textOf(thrown.message),
    stack: textOf(thrown.stack),
    ...(typeof code === 'string' && { code }),
    ...(thrown.name === 'SeaworthyError' && isProblems(problems) && { problems }),
    ...(thrown.cause !== undefined && depth < 3 && { cause: toFailure(thrown.cause, depth + 1) }),
  };
}

/** Libraries put other things than text there. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : inspect(value);
}

function isProblems(value: unknown): value is [Problem, ...Problem[]] {
  const isProblem = (each: unknown): boolean => {
    const { code, message } = (each ?? {}) as Partial<Problem>;
    return typeof code === 'string' && typeof message === 'string';
  };
  return Array.isArray(value) && value.length > 0 && value.every(isProblem);
}
