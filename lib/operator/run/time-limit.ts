import { createContext, Script, type Context } from 'node:vm';

/** What is called within a time. A function cannot be handed to a script, so that it waits in this context. */
let context: (Context & { work?: () => void }) | undefined;

const CALL = new Script('work()');

/**
 * What `work` returns; undefined where it does not return in time. V8 stops it then, also within a loop or a regular
 * expression, but without its `finally`: what it was about to change may be changed by half, so that the process should end.
 * It stops nothing that waits outside of JavaScript.
 *
 * @param milliseconds by the clock on the wall
 * @throws what `work` throws
 */
export function withinTime<T>(milliseconds: number, work: () => T): { readonly value: T } | undefined {
  let ended: { readonly value: T } | { readonly error: unknown } | undefined;
  context ??= createContext({});
  context.work = () => {
    try {
      ended = { value: work() };
    } catch (error) {
      ended = { error };
    }
  };
  try {
    CALL.runInContext(context, { timeout: milliseconds });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
  } finally {
    delete context.work;
  }
  if (ended === undefined) return undefined;
  if ('error' in ended) throw ended.error;
  return ended;
}
