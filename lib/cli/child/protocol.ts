/**
 * The protocol between the app's process and the command line.
 *
 * It uses files in a private folder, not a pipe: an app may run in several processes (`npx`, a shell, a compiler),
 * print to its streams, and hand over more than one string can hold.
 */
import type { Problem } from '../../errors';
import type { AppResult } from '../../host';
import type { HelmRelease } from '../../manifest/helm-release';
import type { External, KubeObject, ObjectId, Origin, Suppression } from '../../manifest/manifest';

/** Names the folder that the app's process writes its results to. */
export const RESULTS_VARIABLE = 'SEAWORTHY_RESULTS';

/** Asks for what the app loads and reads, which goes to the same folder. */
export const LOADED_VARIABLE = 'SEAWORTHY_LOADED';

/** Names a file with the paths of modules that are loaded before the gate is passed: of libraries, which the app will load. */
export const LIBRARIES_VARIABLE = 'SEAWORTHY_LIBRARIES';

/** Names a file that apps read instead of their pins. */
export const PINS_VARIABLE = 'SEAWORTHY_PINS';

/** A value that the app is to take for another, as JSON. */
export const SUBSTITUTE_VARIABLE = 'SEAWORTHY_VALUE';

/** Process id of the command line: its direct child leaves it to the command line to print errors. */
export const PARENT_VARIABLE = 'SEAWORTHY_PARENT';

/** The project that an app runs for: an app that runs seaworthy on its own project would never end. */
export const PROJECT_VARIABLE = 'SEAWORTHY_PROJECT';

/**
 * The descriptor from which the app's first process reads a line before it does anything: the command line writes it when
 * the app is guarded. If it ends instead, the command line was killed in between, and the app must not begin.
 */
export const GATE = 3;

/** Says that the gate is there, to the first Node process. */
export const GATE_VARIABLE = 'SEAWORTHY_GATE';

/** Objects of an app from which on the command line begins with its checks before the app has ended. */
export const MANY = 2000;

/** The beginning of the name of an empty file, before a number of objects that an app is about to render. */
export const EXPECTED = 'expected-';

/** First line of a result file. `outdir` is absolute, and absent where the app leaves it to the command line. */
export interface Header extends Omit<AppResult, 'manifests' | 'outdir'> {
  readonly outdir?: string;
}

/** Every further line but the last; the identity is read from the object. */
export interface Line {
  readonly object: KubeObject;
  readonly origin?: Origin;
  readonly suppressions?: readonly Suppression[];
  readonly externals?: readonly External[];
  readonly after?: readonly ObjectId[];
  readonly stage?: number;
  readonly release?: HelmRelease;
  readonly charted?: KubeObject;
}

/** Last line: a file without it was cut off. */
export interface Trailer {
  readonly end: number;
}

/** An error that nothing in the app caught. */
export interface Failure {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  /** Node's own code, such as `MODULE_NOT_FOUND`. */
  readonly code?: string;
  /** The problems of a SeaworthyError. */
  readonly problems?: readonly [Problem, ...Problem[]];
  readonly cause?: Failure;
}
