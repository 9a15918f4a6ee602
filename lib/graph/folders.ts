import type { Manifest } from '../manifest/manifest';
import { parseSource } from '../manifest/source';

/**
 * Why two objects of files may never be in one cluster, as what follows "but": their folders are different. None for an
 * object of an app.
 */
export function folderDoubt(first: Manifest, second: Manifest): string | undefined {
  const [one, other] = [folderOf(first), folderOf(second)];
  if (one === undefined || other === undefined || one === other) return undefined;
  return 'their folders may be for different clusters';
}

/** Whether two objects are of one file. */
export function isSameFile(first: Manifest, second: Manifest): boolean {
  const [one, other] = [first, second].map(({ origin }) => parseSource(origin?.source)?.file);
  return one !== undefined && one === other;
}

/** Whether one of two objects of files is in the folder of the other, or below it; so is what is of no file. */
export function isNear(first: Manifest, second: Manifest): boolean {
  const [one, other] = [folderOf(first), folderOf(second)];
  if (one === undefined || other === undefined || one === other) return true;
  return isBelow(one, other) || isBelow(other, one);
}

function isBelow(folder: string, above: string): boolean {
  return above !== '' && folder.startsWith(`${above}/`);
}

function folderOf({ origin }: Manifest): string | undefined {
  if (origin?.source === undefined || origin.construct !== undefined) return undefined;
  const parts = origin.source.split('/');
  return parts.slice(0, -1).join('/');
}
