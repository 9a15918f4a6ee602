import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isBefore, type KubernetesRelease } from './release';

/**
 * The data of one Go package such as `core/v1`. Names are relative to the package; a value that changed is stored with
 * the releases in which it changed.
 */
export interface PackageData {
  /** Fields by struct, each as text for `parseField`; `null` where a release removed the field. */
  readonly structs: Readonly<Record<string, Readonly<Record<string, Versioned<string | null>>>>>;
  readonly enums: Readonly<Record<string, Versioned<readonly string[]>>>;
  /** Structs that are atomic to server-side apply. */
  readonly atomic: Readonly<Record<string, Versioned<boolean>>>;
}

/** A value, or, where it differs between releases, the value from each release that changed it. */
export type Versioned<T> = T | Readonly<Record<string, T>>;

const loaded = new Map<string, PackageData>();

/** The data of a package, read once. Throws for a missing package, which is an error in the data. */
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

/** The value of `versioned` in `release`; `undefined` before the first release that has it. */
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
