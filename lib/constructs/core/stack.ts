import { resolve, sep } from 'node:path';

/** How many frames are looked at: each costs, and mostly one of the first is the user's. */
const FEW = 3;
const MANY = 40;

type Frame = NodeJS.CallSite;
type Prepare = typeof Error.prepareStackTrace;

/** Whether a script is the user's own. */
const userCode = new Map<string, boolean>();

/** The frames that call a function, innermost first: a few, and all once one is asked for that is further out. */
export class Stack {
  /** What formats stack traces otherwise. */
  // eslint-disable-next-line @typescript-eslint/unbound-method -- a function, which Node calls without `this`
  readonly prepare: Prepare = Error.prepareStackTrace;
  // eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- the type that captureStackTrace takes
  readonly #above: Function;
  #frames: readonly Frame[];
  #isWhole = false;

  /** @param above the function whose callers count */
  // eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- as above
  constructor(above: Function) {
    this.#above = above;
    this.#frames = capture(above, FEW);
  }

  at(index: number): Frame | undefined {
    if (index >= this.#frames.length && !this.#isWhole && this.#frames.length === FEW) {
      this.#frames = capture(this.#above, MANY);
      this.#isWhole = true;
    }
    return this.#frames[index];
  }

  /** Index of the first frame of user code from `index` on; negative where there is none. */
  user(index: number): number {
    for (let at = index; ; at++) {
      const frame = this.at(at);
      if (frame === undefined) return -1;
      if (isUserCode(frame)) return at;
    }
  }

  /**
   * Index of the function that the frame at `index` belongs to: a callback of `forEach` and its like is a part of the
   * function that calls them.
   */
  enclosing(index: number): number {
    let at = index;
    for (;;) {
      const [callback, loop, caller] = [this.at(at), this.at(at + 1), this.at(at + 2)];
      const isLoop = loop !== undefined && (loop.getFileName() ?? '') === '';
      if (nameOf(callback) !== '' || !isLoop || caller === undefined || !isUserCode(caller)) return at;
      at += 2;
    }
  }
}

/** The name of the function of a frame; empty for a callback, and for what a module does when it is loaded. */
export function nameOf(frame: Frame | undefined): string {
  const name = frame?.getFunctionName() ?? '';
  return name.includes('.') && !EXPORTED.test(name) ? '' : name;
}

/** V8 makes up a name with dots for a function that has none: from what it is assigned to, or from whatever is near. */
const EXPORTED = /^(module\.)?exports\./;

// eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- the type that captureStackTrace takes
function capture(above: Function, depth: number): readonly Frame[] {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- kept to be put back
  const { prepareStackTrace, stackTraceLimit } = Error;
  let frames: readonly Frame[] = [];
  const holder: { stack?: unknown } = {};
  Error.prepareStackTrace = (_, sites) => {
    frames = sites;
    return '';
  };
  Error.stackTraceLimit = depth;
  Error.captureStackTrace(holder, above);
  void holder.stack;
  Error.prepareStackTrace = prepareStackTrace;
  Error.stackTraceLimit = stackTraceLimit;
  return frames;
}

function isUserCode(frame: Frame): boolean {
  const file = frame.getFileName();
  // Bun has an empty name for what is built in, and for constructors that a class does not write.
  if (file === null || file === undefined || file === '') return false;
  let is = userCode.get(file);
  if (is === undefined) {
    is = !file.startsWith('node:') && !/[\\/]node_modules[\\/]/.test(file) && !isOurs(file);
    userCode.set(file, is);
  }
  return is;
}

/** This package's own compiled files, wherever it is installed; this file stands two folders below its root. */
const OUR_FOLDER = resolve(__dirname, '..', '..') + sep;

function isOurs(file: string): boolean {
  return file.startsWith(OUR_FOLDER);
}
