import { recordIn } from '../../../apiserver/defaults/plain';
import type { Cluster } from '../../../graph/cluster';
import { referencesIn } from '../../../graph/references';
import { formatId, type Manifest } from '../../../manifest/manifest';
import { deploymentRollout } from '../rollout/rolling-update';
import { forEachStep } from '../rule';
import { nameOf } from '../words';

export const exclusiveClaims = forEachStep({
  kind: 'downtime',
  about: 'New pods of a Deployment wait for a volume that its old pods hold.',
  effects: ['pods-replaced'],
  isInPlace: true,
  objects: ['apps/Deployment'],
  look(step, { after }, report) {
    const rolling = deploymentRollout(step, after)?.rolling;
    const { after: manifest } = step.change;
    if (rolling === undefined || rolling.surge === 0 || manifest === undefined) return;
    for (const [claim, mode] of claimsOf(manifest, after))
      report(
        'warning',
        `${nameOf(step)} starts new pods next to the old ones, but ${claim} is ${mode}: a new pod on another node waits for a volume that the old pod holds. Set spec.strategy.type to Recreate, or maxSurge to 0.`,
      );
  },
});

/** The claims of the set that pods of `manifest` mount, and that two nodes cannot share, with their access mode. */
function claimsOf(manifest: Manifest, after: Cluster): [claim: string, mode: string][] {
  return referencesIn(after)
    .from(manifest)
    .flatMap((reference): [string, string][] => {
      if (reference.type !== 'names' || reference.role !== 'claim' || reference.found === undefined)
        return [];
      const spec = recordIn(reference.found.object, 'spec');
      const modes = Array.isArray(spec?.['accessModes']) ? (spec['accessModes'] as unknown[]) : [];
      const isShared = modes.some((mode) => mode === 'ReadWriteMany' || mode === 'ReadOnlyMany');
      return isShared || modes.length === 0 ? [] : [[formatId(reference.found.id), String(modes[0])]];
    });
}
