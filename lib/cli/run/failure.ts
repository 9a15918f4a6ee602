import { SeaworthyError } from '../../errors';
import type { Failure } from '../child/protocol';
import type { Ending } from './child';
import { describeLocation, frameAt, locate, type Location } from './location';

/** What is known of a run that went wrong. */
export interface Run {
  /** The command as the user wrote it. */
  readonly command: string;
  /** Folder it ran in. */
  readonly root: string;
  /** Seconds it was given. */
  readonly timeout: number;
}

/** The error for an app that something was thrown in: its own problems where it told them, else what was thrown. */
export function thrownError(failure: Failure, { command, root }: Run): SeaworthyError {
  const location = locate(failure);
  const where = location === undefined ? {} : { source: describeLocation(location, root) };
  const { problems } = failure;
  if (problems !== undefined) {
    const [first, ...more] = problems;
    // One problem was thrown where it was made; several were gathered, and each says its own place.
    return more.length > 0 ? new SeaworthyError(first, ...more) : new SeaworthyError({ ...where, ...first });
  }
  if (location === undefined && isMissingFile(failure))
    return missingError(failure.message, { command, root });
  const hints = [missingPackage(failure), location && frame(location)].filter((hint) => hint !== undefined);
  return new SeaworthyError({
    code: 'APP_FAILED',
    message: `the app threw ${describeFailure(failure)}`,
    ...where,
    ...(hints.length > 0 && { hint: hints.join('\n  ') }),
  });
}

/** The error for an app that ended otherwise than well, without saying why; nothing when it ended well. */
export function endingError(ending: Ending, run: Run, synthesized: number): SeaworthyError | undefined {
  const { code, signal, unstarted } = ending;
  if (ending.timedOut) return timeoutError(run, synthesized);
  if (unstarted !== undefined) return missingError(`"${run.command}" cannot be started: ${unstarted}`, run);
  // 127 and 126 are a shell's words for a program that is not there, or not to be run.
  if (code === 127 || code === 126)
    return missingError(`"${run.command}" names no program that can be run`, run);
  if (signal !== null) return failed(`the app was ended by ${signal}`, run, outOfMemory(signal));
  if (code !== 0) return failed(`the app ended with exit code ${code}`, run);
  return undefined;
}

/** The error for an app that ended well and handed nothing over. */
export function silentError({ command, root }: Run): SeaworthyError {
  return new SeaworthyError({
    code: 'APP_SILENT',
    message: `"${command}" ended without synthesizing anything`,
    place: root,
    hint:
      'End it with app.synth(). An App of cdk8s with its own outdir writes past us: leave outdir out, ' +
      'and say `output` in cdk8s.yaml.',
  });
}

/** The error for an app that runs the command line on its own project. */
export function circularError({ command, root }: Run): SeaworthyError {
  return new SeaworthyError({
    code: 'APP_FAILED',
    message: `"${command}" runs seaworthy on this same project, which would run it again, without end`,
    place: root,
    hint: 'Let it run the app itself: jiti main.ts.',
  });
}

function timeoutError({ command, root, timeout }: Run, synthesized: number): SeaworthyError {
  const seconds = `${timeout} ${timeout === 1 ? 'second' : 'seconds'}`;
  const stuck =
    'It had synthesized by then; something keeps it running, such as a timer, a server or a connection.';
  const slow = 'Give it more time with --timeout, or `timeout` in the `seaworthy:` section of cdk8s.yaml.';
  return new SeaworthyError({
    code: 'APP_TIMEOUT',
    message: `"${command}" did not end within ${seconds}; it was ended, with all that it had started`,
    place: root,
    hint: synthesized > 0 ? stuck : slow,
  });
}

function failed(
  message: string,
  { command, root }: Run,
  hint = 'What it said is shown above.',
): SeaworthyError {
  return new SeaworthyError({ code: 'APP_FAILED', message: `${message} (${command})`, place: root, hint });
}

function missingError(message: string, { command, root }: Pick<Run, 'command' | 'root'>): SeaworthyError {
  return new SeaworthyError({
    code: 'APP_NOT_FOUND',
    message,
    place: root,
    hint: `Run npm install, or correct what runs your app: \`app\` of cdk8s.yaml or --app, now "${command}".`,
  });
}

/** Node aborts itself when its heap is full; a system that is out of memory kills. */
function outOfMemory(signal: NodeJS.Signals): string | undefined {
  if (signal !== 'SIGABRT' && signal !== 'SIGKILL') return undefined;
  return 'It may have run out of memory; NODE_OPTIONS=--max-old-space-size=8192 gives it more.';
}

function isMissingFile({ code, message }: Failure): boolean {
  return code === 'MODULE_NOT_FOUND' && /^Cannot find module '(\/|[A-Za-z]:\\)/.test(message);
}

function missingPackage({ code, message }: Failure): string | undefined {
  if (code !== 'MODULE_NOT_FOUND' && code !== 'ERR_MODULE_NOT_FOUND') return undefined;
  const name = /^Cannot find (?:module|package) '([^./][^']*)'/.exec(message)?.[1];
  return name === undefined ? undefined : `Is ${name} installed? Run npm install.`;
}

function describeFailure({ name, message, cause }: Failure): string {
  const what = name === '' ? message : `${name}: ${message}`;
  return cause === undefined ? what : `${what}\n  caused by ${describeFailure(cause)}`;
}

function frame(location: Location): string | undefined {
  return frameAt(location)?.replaceAll('\n', '\n  ');
}
