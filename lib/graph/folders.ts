import type { Manifest } from '../manifest/manifest';

/**
 * Why two objects of files may never be in one cluster, as what follows "but": their folders are different. None for an
 * object of an app.
 */
export function folderDoubt(first: Manifest, second: Manifest): string | undefined {
  const [one, other] = [folderOf(first), folderOf(second)];
  if (one === undefined || other === undefined || one === other) return undefined;
  return 'their folders may be for different clusters';
}

function folderOf({ origin }: Manifest): string | undefined {
  if (origin?.source === undefined || origin.construct !== undefined) return undefined;
  const parts = origin.source.split('/');
  return parts.slice(0, -1).join('/');
}
