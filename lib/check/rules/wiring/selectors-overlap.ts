import type { Rule } from '../../rule';
import { formatId, type Manifest } from '../../../manifest/manifest';
import type { Pods } from '../../../graph/pods';
import { makersOf } from '../../../graph/selections';
import { worldOf } from '../../../graph/references';
import { measuresPods, scalersOf } from '../../../graph/scalers';
import { selectsAll, workloadSelector } from '../../../graph/selectors';
import { describeSelector } from '../../../graph/describe';

/** Kinds that find their pods by a selector. The server generates the selector of Jobs. */
const SELECTING: ReadonlySet<string> = new Set(['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet']);

export const selectorsOverlap: Rule = {
  name: 'wiring/selectors-overlap',
  severity: 'error',
  about:
    'Finds workloads whose selector also matches the pods of another workload in the namespace: an error where an autoscaler measures the pods of both, a warning otherwise.',
  why: 'An autoscaler finds the pods that it measures and counts by this selector. Controllers leave pods of others alone, but Services, budgets and policies with the same selector do not.',
  run(cluster, report) {
    const world = worldOf(cluster);
    const reported = new Map<Manifest, readonly Pods[]>();
    const members = new Map<readonly Pods[], Members>();
    const membersOf = (selection: readonly Pods[]): Members => {
      const known = members.get(selection) ?? readMembers(selection);
      members.set(selection, known);
      return known;
    };
    for (const manifest of cluster.set) {
      const own = world.podsOf(manifest);
      if (own === undefined || !isSelecting(manifest)) continue;
      const { field, selector } = workloadSelector(own);
      if (selector === undefined || selectsAll(selector)) continue;
      const selection = world.pods.select(selector, [own.namespace]);
      const other = membersOf(selection).first.find((each) => !isOne(each, manifest));
      if (other === undefined) continue;
      // Two workloads with equal selectors are one mistake.
      const before = reported.get(other);
      if (before !== undefined && membersOf(before).all.has(manifest)) continue;
      reported.set(manifest, selection);
      const message = `selector ${describeSelector(selector)} also matches the pods of ${formatId(other.id)}`;
      const scaler = scalersOf(cluster, manifest).find(measuresPods);
      if (scaler === undefined) report(manifest, field.path, message, HINT, 'warning');
      else
        report(
          manifest,
          field.path,
          `${message}: ${formatId(scaler.manifest.id)} measures and counts both`,
          HINT,
        );
    }
  },
};

const HINT = 'Give each workload its own label in selector and template.';

/** The makers of some pods, and the first two different ones of them that find their pods by a selector. */
interface Members {
  readonly all: ReadonlySet<Manifest>;
  readonly first: readonly Manifest[];
}

function readMembers(selection: readonly Pods[]): Members {
  const all = makersOf(selection);
  const selecting = all.filter(isSelecting);
  const [one] = selecting;
  const other = one && selecting.find((each) => !isOne(each, one));
  return { all: new Set(all), first: [one, other].filter((each) => each !== undefined) };
}

function isSelecting({ id }: Manifest): boolean {
  return id.apiVersion === 'apps/v1' && SELECTING.has(id.kind);
}

/** wiring/duplicate-identity reports an object that is in the set twice; one may also be assumed. */
function isOne(a: Manifest, b: Manifest): boolean {
  return a.id.kind === b.id.kind && a.id.name === b.id.name && a.id.namespace === b.id.namespace;
}
