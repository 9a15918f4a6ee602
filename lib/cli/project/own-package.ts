import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The parts of our own package.json that the command line uses. */
export interface OwnPackage {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta: Readonly<Record<string, { readonly optional?: boolean }>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** Our own package.json: the nearest one above, as this file is deeper when it is compiled. */
export function ownPackage(folder = __dirname): OwnPackage {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return ownPackage(dirname(folder));
  return JSON.parse(readFileSync(file, 'utf8')) as OwnPackage;
}
