import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isBefore, type KubernetesRelease } from './release';

/**
 * What `data/` holds of one Go package such as `core/v1`. Names are of the package; a value that has changed
 * is written as the releases it changed in.
 */
export interface PackageData {
  /** Fields by struct, each as text that `parseField` reads; `null` where a release has dropped it. */
  readonly structs: Readonly<Record<string, Readonly<Record<string, Versioned<string | null>>>>>;
  readonly enums: Readonly<Record<string, Versioned<readonly string[]>>>;
  /** Structs that server-side apply takes as one value. */
  readonly atomic: Readonly<Record<string, Versioned<boolean>>>;
}

/** A value, or, where it is not the same in all releases, the value from each release of a change on. */
export type Versioned<T> = T | Readonly<Record<string, T>>;

const loaded = new Map<string, PackageData>();

/** The data of a package, read once. A package that is not there is a fault of the data and throws. */
export function packageData(path: string): PackageData {
  let data = loaded.get(path);
  if (data === undefined) {
    const file = join(__dirname, 'data', `${path.replace('/', '.')}.json`);
    const content = JSON.parse(readFileSync(file, 'utf8')) as Partial<PackageData>;
    data = { structs: {}, enums: {}, atomic: {}, ...content };
    loaded.set(path, data);
  }
  return data;
}

/** `versioned` as it stands in `release`; `undefined` before the first release that has it. */
export function valueIn<T extends string | boolean | null | readonly string[]>(
  release: KubernetesRelease,
  versioned: Versioned<T> | undefined,
): T | undefined {
  if (!isChanging(versioned)) return versioned;
  let value: T | undefined;
  for (const [since, next] of Object.entries(versioned)) {
    if (isBefore(release, since)) break;
    value = next;
  }
  return value;
}

function isChanging<T>(versioned: Versioned<T> | undefined): versioned is Readonly<Record<string, T>> {
  return typeof versioned === 'object' && versioned !== null && !Array.isArray(versioned);
}
