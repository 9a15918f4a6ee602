import { Cluster } from '../graph/cluster';
import type { Manifest } from '../manifest/manifest';
import { ManifestSet } from '../manifest/set';
import { claimDeleted } from './consequences/data/claim-deleted';
import { customDeleted } from './consequences/data/custom-deleted';
import { definitionDeleted } from './consequences/data/definition-deleted';
import { namespaceDeleted } from './consequences/data/namespace-deleted';
import { statefulSetDeleted } from './consequences/data/stateful-set-deleted';
import { volumeDeleted } from './consequences/data/volume-deleted';
import type { Report } from './consequences/rule';
import { described } from './steps/described';

/** Deletions by which data is lost, or hard to get at. */
const RULES = [
  namespaceDeleted,
  definitionDeleted,
  claimDeleted,
  statefulSetDeleted,
  volumeDeleted,
  customDeleted,
];

/** What is lost with each of some objects when they are deleted, in a sentence. Objects that hold no data are not in it. */
export function dataLosses(gone: readonly Manifest[]): ReadonlyMap<Manifest, string> {
  const losses = new Map<Manifest, string>();
  const steps = gone.map((before) => ({ change: described('deleted', { before }) }));
  const clusters = [ManifestSet.from(gone), ManifestSet.from([])].map((set) => new Cluster(set));
  const [before, after] = clusters as [Cluster, Cluster];
  for (const rule of RULES) {
    const report: Report = ({ change }, severity, message) => {
      // A StatefulSet that leaves its claims loses nothing; a volume that is kept is lost to its claim.
      const isLost = severity === 'error' || rule !== statefulSetDeleted;
      if (change.before !== undefined && isLost)
        losses.set(change.before, typeof message === 'string' ? message : message.full);
    };
    rule.run({ steps, before, after }, report);
  }
  return losses;
}
