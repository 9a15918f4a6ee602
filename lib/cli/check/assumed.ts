import type { Manifest } from '../../manifest/manifest';
import { ManifestSet } from '../../manifest/set';
import { withoutSnapshots, type Seen } from '../cluster/assumed';
import type { Gathered } from '../files/gather';
import { allManifests, manifestsIn, refuseFaulty } from '../files/manifests';

/** What was read of what is in the cluster already. */
export type AssumedFiles = Readonly<
  Record<'assume' | 'crds', { readonly paths: readonly string[]; readonly gathered: Gathered }>
>;

/**
 * What is in the cluster already: objects, of --crds the definitions alone, and snapshots of the cluster.
 *
 * @throws SeaworthyError as `refuseFaulty` does
 */
export function assumedIn(
  files: AssumedFiles,
  cwd: string,
): { readonly assume: ManifestSet; readonly seen?: Seen } {
  const read = ({ paths, gathered }: AssumedFiles['assume']): Manifest[] => {
    const found = refuseFaulty(manifestsIn(gathered, paths, { cwd }));
    return [...allManifests(found), ...found.encrypted];
  };
  const crds = read(files.crds).filter(({ id }) => id.kind === 'CustomResourceDefinition');
  const { others, seen } = withoutSnapshots(read(files.assume));
  return { assume: ManifestSet.from([...others, ...crds]), ...(seen !== undefined && { seen }) };
}
