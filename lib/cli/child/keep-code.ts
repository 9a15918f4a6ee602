import * as nodeModule from 'node:module';
import { join, sep } from 'node:path';
import { cacheFolder } from './cache';
import { keepCompiledCode } from './compiled-code';

/** What a thread does with code. */
export interface Keeping {
  /** Whether what was compiled is kept, too. @default true */
  readonly writes?: boolean;
}

/**
 * Keeps compiled code between the runs of this process's program, where this user has a folder for it: Node 22 and later do
 * so themselves, for all modules; for Node 20, we do, for those of the command line.
 *
 * @param build the folder of our own modules, absolute
 */
export function keepCode(env: NodeJS.ProcessEnv, build: string, { writes = true }: Keeping = {}): void {
  const cache = cacheFolder(env);
  if (cache === undefined) return;
  const { enableCompileCache } = nodeModule as { enableCompileCache?: (folder: string) => unknown };
  if (enableCompileCache !== undefined) {
    enableCompileCache(join(cache, 'node'));
    return;
  }
  const write = keepCompiledCode({ folders: [build + sep], cache: join(cache, 'v8') });
  if (writes) process.once('exit', write);
}
