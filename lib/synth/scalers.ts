import { locate } from '../constructs/core/problems';
import { clustersOf } from '../graph/clusters';
import { rivalScalers } from '../graph/rival-scalers';
import { scaleTargetOf } from '../graph/scale-target';
import { Field } from '../manifest/field';
import type { Manifest } from '../manifest/manifest';
import { ManifestSet, type Clusters } from '../manifest/set';
import type { Rendered } from './render';
import type { Report } from './report';

/** What accepts the same as a finding of `check`. */
const RULE = 'wiring/scalers-collide';

/** Reports autoscalers that undo what those of workloads do, or each other: those that are written by hand too. */
export function refuseRivals(rendered: readonly Rendered[], clusters: Clusters, report: Report): void {
  // An app has as many as workloads, and seldom two of one: only then is it worth to read all that they scale.
  const taken = rendered.flatMap(namesOf);
  if (new Set(taken).size === taken.length) return;
  const places = new Map(rendered.map(({ manifest, placed }) => [manifest, placed]));
  const set = ManifestSet.from([...places.keys()], clusters);
  for (const { manifest, path, message, hint } of clustersOf(set).flatMap(rivalScalers)) {
    const placed = places.get(manifest);
    if (placed === undefined || isAccepted(manifest)) continue;
    report(locate(placed.object, { code: 'INVALID_PROP', path, message, hint }));
  }
}

/** The names that an autoscaler takes: of a workload or its rollout, and of the autoscaler that KEDA is told to make. */
function namesOf({ manifest }: Rendered): readonly string[] {
  const target = scaleTargetOf(manifest);
  if (target === undefined) return [];
  const own = Field.root(manifest.object).at(
    'spec',
    'advanced',
    'horizontalPodAutoscalerConfig',
    'name',
  ).text;
  const place = manifest.origin?.environment ?? '';
  return [`${place} of ${target.name.text}`, ...(own === '' ? [] : [`${place} called ${own}`])];
}

function isAccepted({ suppressions = [] }: Manifest): boolean {
  return suppressions.some(({ rule, reason }) => rule === RULE && reason !== '');
}
