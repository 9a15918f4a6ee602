import { sourceLine } from './source-line';
import { nameOf, Stack } from './stack';

/** A call in the user's code. */
export interface CallSite {
  /** File and line, as `apps/shop/shop.ts:42`. */
  readonly source: string;
  /** Where the functions were called that the line stands in, innermost first. @default it stands in none */
  readonly calledFrom?: readonly string[];
  /** The function that the line stands in, as two lines share it. */
  readonly within: string;
}

/** Callers that are kept. */
const MOST_CALLERS = 5;

/** The same for all calls from one line: apps create thousands of constructs from few lines. */
const known = new Map<string, CallSite>();

/**
 * The user's line that the current call comes from: the innermost frame that is neither ours, nor a library's, nor Node's.
 * Where it stands in a function that was called to make something, such as a helper or the constructor of a construct,
 * the lines that called it follow.
 *
 * @param above the function whose callers count
 * @param built what is under construction: its own constructors do not count, so that an object of a user's class
 * stands where it was made, and not where the class calls `super`
 * @param isEnd whether what calls a function, or constructor, of that name and identity is of no interest
 */
export function callSite(
  // eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- the type that captureStackTrace takes
  above: Function,
  built: object,
  isEnd: (within: string, constructed: string | undefined) => boolean,
): CallSite | undefined {
  // The constructor of the most derived class is the outermost; it need not be there, as in `Reflect.construct`.
  return found(new Stack(built.constructor), isEnd) ?? found(new Stack(above), isEnd);
}

/** The user's line that calls `above`, no matter what is under construction. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- as above
export function lineOf(above: Function): string | undefined {
  return found(new Stack(above), () => true)?.source;
}

function found(
  stack: Stack,
  isEnd: (within: string, constructed: string | undefined) => boolean,
): CallSite | undefined {
  const first = stack.user(0);
  const frame = stack.at(first);
  if (frame === undefined) return undefined;
  const source = sourceLine(frame, stack.prepare);
  const calledFrom: string[] = [];
  let within = '';
  for (let at = first; at >= 0 && calledFrom.length < MOST_CALLERS;) {
    const place = stack.enclosing(at);
    const named = stack.at(place);
    const name = nameOf(named);
    const identity = `${named?.getFileName() ?? ''}:${name}`;
    if (at === first) within = identity;
    if (name === '' || isEnd(identity, named?.isConstructor() === true ? name : undefined)) break;
    at = stack.user(place + 1);
    const caller = stack.at(at);
    if (caller !== undefined) calledFrom.push(sourceLine(caller, stack.prepare));
  }
  return remembered(source, calledFrom, within);
}

function remembered(source: string, calledFrom: readonly string[], within: string): CallSite {
  const key = [source, within, ...calledFrom].join('\n');
  const site = known.get(key) ?? { source, within, ...(calledFrom.length === 0 ? {} : { calledFrom }) };
  known.set(key, site);
  return site;
}
