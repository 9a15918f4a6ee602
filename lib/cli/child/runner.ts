/**
 * Runs a TypeScript app: `node runner.js main.ts …`. The same as `jiti main.ts …`, except that an error is left to the
 * preload, which hands it over, instead of being printed.
 */
import * as nodeModule from 'node:module';
import { join, resolve } from 'node:path';
import { createJiti } from 'jiti';
import { cacheFolder } from './cache';

const [file = ''] = process.argv.splice(2, 1);

// As with jiti's own command, compiled code is kept between runs; Node 22 and later do so as well.
const cache = cacheFolder(process.env);
if (cache !== undefined)
  (nodeModule as { enableCompileCache?: (folder: string) => unknown }).enableCompileCache?.(
    join(cache, 'node'),
  );

const jiti = createJiti(process.cwd(), { fsCache: cache !== undefined && join(cache, 'jiti') });
// eslint-disable-next-line @typescript-eslint/no-deprecated -- finds `main.ts` by `main`, which esmResolve does not
const app = jiti.resolve(resolve(file));
process.argv[1] = app;
void jiti.import(app);
