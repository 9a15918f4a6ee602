import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ownPackage } from '../project/own-package';

/**
 * What is running: the code and data of this build, and the packages that it depends on, so that no other build uses what
 * it keeps. `undefined` where that is not known: where the code runs from its sources, or packages lie in an archive.
 */
export function runningBuild(): string | undefined {
  try {
    const digest = readFileSync(join(__dirname, '..', '..', 'digest.txt'), 'utf8');
    const versions = Object.keys(ownPackage().dependencies).map((name) => versionOf(name, __dirname));
    return JSON.stringify([digest, process.version, versions]);
  } catch {
    return undefined;
  }
}

/**
 * The version of a package that Node finds from a folder.
 *
 * @throws Error if there is none
 */
function versionOf(name: string, folder: string): string {
  try {
    const text = readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8');
    return (JSON.parse(text) as { readonly version: string }).version;
  } catch (error) {
    const above = dirname(folder);
    if (above === folder) throw error;
    return versionOf(name, above);
  }
}
