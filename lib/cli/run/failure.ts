import { SeaworthyError } from '../../errors';
import type { Failure } from '../child/protocol';
import type { Ending } from './child';
import { describeLocation, frameAt, locate } from './location';

/** A run of the app. */
export interface Run {
  /** The command as the user wrote it. */
  readonly command: string;
  /** Folder it ran in. */
  readonly root: string;
  /** Time limit in seconds. */
  readonly timeout: number;
}

/** The error for an app that threw: the problems that it reported, or the value that it threw. */
export function thrownError(failure: Failure, { command, root }: Run): SeaworthyError {
  const location = locate(failure);
  const where = location === undefined ? {} : { source: describeLocation(location, root) };
  const { problems } = failure;
  if (problems !== undefined) {
    const [first, ...more] = problems;
    // A single problem was thrown at this location; several were collected, and each has its own.
    return more.length > 0 ? new SeaworthyError(first, ...more) : new SeaworthyError({ ...where, ...first });
  }
  if (location === undefined && isMissingFile(failure))
    return missingError(failure.message, { command, root });
  const hints = [
    notTypeScript(failure, command),
    missingPackage(failure),
    location && frameAt(location),
  ].filter((hint) => hint !== undefined);
  return new SeaworthyError({
    code: 'APP_FAILED',
    message: `the app threw ${describeFailure(failure)}`,
    ...where,
    ...(hints.length > 0 && { hint: hints.join('\n') }),
  });
}

/** Codes of a system that starts no more processes. */
const LIMITS = ['EMFILE', 'ENFILE', 'EAGAIN', 'ENOMEM'];

/** The error for an app that failed without an error of its own; nothing if it ended well. */
export function endingError(ending: Ending, run: Run, synthesized: number): SeaworthyError | undefined {
  const { code, signal, unstarted } = ending;
  if (ending.timedOut) return timeoutError(run, synthesized);
  if (unstarted !== undefined && LIMITS.includes(unstarted))
    return failed(
      `cannot start the app: ${unstarted}`,
      run,
      'Close other programs, or raise the limits (`ulimit -n`, `ulimit -u`).',
    );
  if (unstarted !== undefined) return missingError(`cannot start "${run.command}": ${unstarted}`, run);
  // A shell's exit codes for a program that does not exist, or cannot be executed.
  if (code === 127 || code === 126) return missingError(`"${run.command}" is not an executable program`, run);
  if (signal !== null) return failed(`the app was killed by ${signal}`, run, outOfMemory(signal));
  if (code !== 0) return failed(`the app exited with code ${code}`, run);
  return undefined;
}

/** The error for an app that ended well and synthesized nothing. */
export function silentError({ command, root }: Run): SeaworthyError {
  return new SeaworthyError({
    code: 'APP_SILENT',
    message: `"${command}" ended without synthesizing anything`,
    place: root,
    hint:
      'Call app.synth() at its end. An App of cdk8s with an outdir writes there: leave out outdir, ' +
      'and set `output` in cdk8s.yaml.',
  });
}

/** The error for an app that runs the command line on its own project. */
export function circularError({ command, root }: Run): SeaworthyError {
  return new SeaworthyError({
    code: 'APP_FAILED',
    message: `"${command}" runs seaworthy on this project, which would run it again without end`,
    place: root,
    hint: 'Use a command that runs the app: jiti main.ts.',
  });
}

function timeoutError({ command, root, timeout }: Run, synthesized: number): SeaworthyError {
  const seconds = `${timeout} ${timeout === 1 ? 'second' : 'seconds'}`;
  const stuck =
    'It has synthesized, but something keeps it running, such as a timer, a server or a connection.';
  const slow = 'Raise the limit with --timeout, or with `timeout` in the `seaworthy:` section of cdk8s.yaml.';
  return new SeaworthyError({
    code: 'APP_TIMEOUT',
    message: `"${command}" did not end within ${seconds} and was killed`,
    place: root,
    hint: synthesized > 0 ? stuck : slow,
  });
}

function failed(
  message: string,
  { command, root }: Run,
  hint = 'Its output is shown above.',
): SeaworthyError {
  return new SeaworthyError({ code: 'APP_FAILED', message: `${message} (${command})`, place: root, hint });
}

function missingError(message: string, { command, root }: Pick<Run, 'command' | 'root'>): SeaworthyError {
  return new SeaworthyError({
    code: 'APP_NOT_FOUND',
    message,
    place: root,
    hint: `Run npm install, or correct the command that runs your app (\`app\` in cdk8s.yaml, or --app): "${command}".`,
  });
}

/** Node aborts when its heap is full; the system kills a process when it runs out of memory. */
function outOfMemory(signal: NodeJS.Signals): string | undefined {
  if (signal !== 'SIGABRT' && signal !== 'SIGKILL') return undefined;
  return 'It may have run out of memory; NODE_OPTIONS=--max-old-space-size=8192 raises the limit.';
}

function isMissingFile({ code, message }: Failure): boolean {
  return code === 'MODULE_NOT_FOUND' && /^Cannot find module '(\/|[A-Za-z]:\\)/.test(message);
}

/** What Node says where it does not know TypeScript, or not all of it. */
const NO_TYPESCRIPT = [
  'ERR_UNKNOWN_FILE_EXTENSION',
  'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX',
  'ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING',
];

/** Node runs TypeScript from 22.18 on, without the syntax that is more than types, and finds files by their whole name only. */
function notTypeScript({ name, code }: Failure, command: string): string | undefined {
  const [, file] = /^node\s(?:.*\s)?(\S+\.[cm]?tsx?)(?:\s|$)/.exec(command) ?? [];
  if (file === undefined) return undefined;
  const isOfNode =
    name === 'SyntaxError' || NO_TYPESCRIPT.includes(code ?? '') || code === 'ERR_MODULE_NOT_FOUND';
  if (!isOfNode) return undefined;
  return `This Node.js (${process.versions.node}) cannot run ${file} as it is. jiti can, on any: set app: jiti ${file}.`;
}

function missingPackage({ code, message }: Failure): string | undefined {
  if (code !== 'MODULE_NOT_FOUND' && code !== 'ERR_MODULE_NOT_FOUND') return undefined;
  const name = /^Cannot find (?:module|package) '([^./][^']*)'/.exec(message)?.[1];
  return name === undefined ? undefined : `Is ${name} installed? Run npm install.`;
}

function describeFailure({ name, message, cause }: Failure): string {
  const what = name === '' ? message : `${name}: ${message}`;
  return cause === undefined ? what : `${what}\ncaused by ${describeFailure(cause)}`;
}
