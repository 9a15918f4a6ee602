import { lstatSync, statSync } from 'node:fs';

/** The superuser, who can act as any user anyway. */
export const ROOT = 0;

/** Who owns what on this system. */
export interface Owners {
  /** The user that this process acts as; `undefined` where files have no owners, as on Windows. */
  readonly user: number | undefined;
  /** The owner of a file or folder and that of what it leads to, if it is a link; none if it does not exist. */
  of(path: string): readonly number[];
}

export const SYSTEM: Owners = { user: process.geteuid?.(), of: ownersOf };

/**
 * Returns the owners of a path that are neither the user nor the owner of `folder`. The user chose to work in that folder,
 * and it may be somebody else's: in a container, root works on a checkout of the runner's user.
 */
export function strangers(folder: string, owners: Owners = SYSTEM): (path: string) => readonly number[] {
  const { user } = owners;
  if (user === undefined) return () => [];
  const known = [user, ...owners.of(folder)];
  return (path) => owners.of(path).filter((owner) => !known.includes(owner));
}

function ownersOf(path: string): number[] {
  const own = ownerBy(lstatSync, path);
  const target = ownerBy(statSync, path);
  return [own, target].filter((owner) => owner !== undefined);
}

/** A link that leads nowhere has an owner: it is there, and its reader reports it. */
function ownerBy(stat: typeof statSync, path: string): number | undefined {
  try {
    return stat(path, { throwIfNoEntry: false })?.uid;
  } catch {
    return undefined; // A link in a circle, a folder above that we may not enter, or a name that is too long.
  }
}
