import { isDeepStrictEqual } from 'node:util';
import { folderDoubt } from '../../../graph/folders';
import { formatId, identityKey, isGenerated, type Manifest } from '../../../manifest/manifest';
import { parseSource } from '../../../manifest/source';
import type { Severity } from '../../finding';
import type { Rule } from '../../rule';

export const duplicateIdentity: Rule = {
  name: 'wiring/duplicate-identity',
  severity: 'error',
  about: 'Finds two objects with the same kind, namespace and name.',
  why: 'The cluster keeps only one: the last one applied overwrites the first. An error in one file, one stream, one app, one kustomization, or in files that are named one by one. A warning for two files of a folder, of which one may be meant to be applied, and for different folders, which may be for different clusters. Two that are equal do no harm.',
  run(cluster, report) {
    const first = new Map<string, Manifest>();
    for (const manifest of cluster.set) {
      // With generateName the server gives each a different name.
      if (isGenerated(manifest.object)) continue;
      const key = identityKey(manifest.id);
      const other = first.get(key);
      const { severity, doubt } =
        other === undefined
          ? ofAlternatives(cluster.alternatives.get(key), manifest)
          : ofSet(other, manifest);
      const earlier = other ?? cluster.alternatives.get(key);
      if (other === undefined) first.set(key, manifest);
      if (earlier === undefined) continue;
      const twice = `${formatId(manifest.id)} is defined twice`;
      const message = doubt === undefined ? twice : `${twice}, but ${doubt}`;
      report(manifest, 'metadata.name', message, hintOf(earlier, manifest, doubt), severity);
    }
  },
};

interface Judged {
  readonly severity: Severity;
  /** Why both may be right, as what follows "but". */
  readonly doubt?: string;
}

const EQUAL = 'both are equal';

/** Two objects of what is applied as a whole, as far as is known. */
function ofSet(first: Manifest, second: Manifest): Judged {
  const doubt = folderDoubt(first, second);
  if (isDeepStrictEqual(first.object, second.object))
    return { severity: doubt === undefined ? 'warning' : 'info', doubt: EQUAL };
  return doubt === undefined ? { severity: 'error' } : { severity: 'warning', doubt };
}

/** Two files of a folder that somebody reads as a whole. */
function ofAlternatives(first: Manifest | undefined, second: Manifest): Judged {
  if (first !== undefined && isDeepStrictEqual(first.object, second.object))
    return { severity: 'info', doubt: EQUAL };
  return { severity: 'warning', doubt: 'one of the files may be meant to be applied' };
}

/** Where the other one is, and which of them counts. */
function hintOf(first: Manifest, second: Manifest, doubt: string | undefined): string | undefined {
  const place = first.origin?.source ?? first.origin?.construct;
  if (place === undefined) return undefined;
  const there = `The first one is at ${place}.`;
  const file = parseSource(second.origin?.source)?.file;
  if (doubt === undefined || doubt === EQUAL || file === undefined) return there;
  return `${there} kubectl apply -R keeps the one in ${file}.`;
}
