/**
 * Runs a TypeScript app: `node runner.js main.ts …`. The same as `jiti main.ts …`, except that an error is left to the
 * preload, which hands it over, instead of being printed.
 */
import * as nodeModule from 'node:module';
import { resolve } from 'node:path';
import { createJiti } from 'jiti';

const [file = ''] = process.argv.splice(2, 1);

// Node 22 and later can keep compiled code between runs, as with jiti's own command.
(nodeModule as { enableCompileCache?: () => unknown }).enableCompileCache?.();

const jiti = createJiti(process.cwd());
// eslint-disable-next-line @typescript-eslint/no-deprecated -- finds `main.ts` by `main`, which esmResolve does not
const app = jiti.resolve(resolve(file));
process.argv[1] = app;
void jiti.import(app);
