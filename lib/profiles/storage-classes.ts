import type { ClusterProfile } from './cluster-profile';

type Classes = Pick<ClusterProfile, 'storageClasses'>;

/** The names of the storage classes of a cluster, the default one first. */
export function classNames({ storageClasses = [] }: Classes): readonly string[] {
  return [...new Set<string>(isList(storageClasses) ? storageClasses : Object.values(storageClasses))];
}

/** The storage class that an app means by `word`: that of the word, or of the name. */
export function classNamed({ storageClasses = [] }: Classes, word: string): string {
  if (isList(storageClasses)) return word;
  return Object.hasOwn(storageClasses, word) ? (storageClasses[word] ?? word) : word;
}

function isList(
  storageClasses: NonNullable<ClusterProfile['storageClasses']>,
): storageClasses is readonly string[] {
  return Array.isArray(storageClasses);
}
