import { parseDocuments } from '../../manifest/yaml/parse';
import { isRecord } from '../project/section';

/** The lists of a kustomization that name patches: parts of objects, which no API server would accept. */
const LISTS = ['patches', 'patchesStrategicMerge', 'patchesJson6902'];

/** The paths of the files that a kustomization uses as patches; none if it cannot be parsed. */
export function patchesOf(text: string): string[] {
  return documentsOf(text).flatMap((value) => {
    if (!isRecord(value)) return [];
    return LISTS.flatMap((name) => value[name] ?? []).flatMap((patch) => {
      const path = isRecord(patch) ? patch['path'] : patch;
      // A patch may also stand in the list itself.
      return typeof path === 'string' && !path.includes('\n') ? [path] : [];
    });
  });
}

function documentsOf(text: string): unknown[] {
  try {
    return parseDocuments(text).map(({ value }) => value);
  } catch {
    return [];
  }
}
