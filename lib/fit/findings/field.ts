import type { Cluster } from '../../graph/cluster';
import { podsByOwner, type Pods } from '../../graph/pods';
import type { Field } from '../../manifest/field';
import type { Manifest } from '../../manifest/manifest';

/** Fields of a pod that a reason of the scheduler is about, the first that is set counts. */
type Fields = (pods: Pods, reason: string) => readonly Field[];

const ABOUT: readonly (readonly [RegExp, Fields])[] = [
  [/Insufficient (\S+)/, requestsOf],
  [
    /node affinity\/selector/,
    ({ spec }) => [spec.child('nodeSelector'), spec.at('affinity', 'nodeAffinity')],
  ],
  [/untolerated taint/, ({ spec }) => [spec.child('tolerations')]],
  [/topology spread/, ({ spec }) => [spec.child('topologySpreadConstraints')]],
  [/anti-affinity rules/, ({ spec }) => [spec.at('affinity', 'podAntiAffinity')]],
  [/pod affinity rules/, ({ spec }) => [spec.at('affinity', 'podAffinity')]],
  [/[Vv]olume/, ({ spec, root }) => [root.at('spec', 'volumeClaimTemplates'), spec.child('volumes')]],
  [/scheduling gates/, ({ spec }) => [spec.child('schedulingGates')]],
];

/** The path of the field of a workload that most nodes refuse its pods for; that of the pod where none is to blame. */
export function fieldOf(cluster: Cluster, manifest: Manifest, reasons: readonly string[] = []): string {
  const pods = podsByOwner(cluster).get(manifest);
  if (pods === undefined) return '';
  const sorted = reasons.toSorted((a, b) => parseInt(b, 10) - parseInt(a, 10));
  for (const reason of sorted) {
    const fields = ABOUT.find(([pattern]) => pattern.test(reason))?.[1](pods, reason) ?? [];
    const field = fields.find(({ isSet }) => isSet);
    if (field !== undefined) return field.path;
  }
  return pods.spec.path;
}

function requestsOf({ containers }: Pods, reason: string): Field[] {
  const resource = /Insufficient ([^\s,]+)/.exec(reason)?.[1] ?? '';
  return containers.flatMap(({ field }) =>
    ['requests', 'limits'].map((side) => field.at('resources', side, resource)),
  );
}
