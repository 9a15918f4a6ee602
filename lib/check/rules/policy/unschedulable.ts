import { formatId } from '../../../manifest/manifest';
import { canonical, compareQuantities, parseQuantity } from '../../../kube/quantity';
import type { Cluster } from '../../../graph/cluster';
import { podMutatorOf } from '../../../graph/mutators';
import {
  listedResources,
  misfitOf,
  nodeGroupsOf,
  nodeMakerOf,
  nodeNeedsOf,
  type Misfit,
  type NodeGroup,
  type NodeNeeds,
} from '../../../graph/node-pools';
import { runsAsWritten } from '../../../graph/pod-template';
import { podsOf, type Pods } from '../../../graph/pods';
import { replicasOf } from '../../../graph/replicas';
import { setsRequests } from '../../../graph/scalers';
import type { Rule } from '../../rule';

/** Source: the filters NodeAffinity, TaintToleration and NodeResourcesFit of kube-scheduler. */
export const unschedulable: Rule = {
  name: 'policy/unschedulable',
  severity: 'error',
  about:
    'Finds pods that fit no node pool of the profile, or none of the Nodes that are known, by node selectors and affinity, taints, and the allocatable resources of an empty node.',
  why: 'The pods stay pending. A DaemonSet is a warning: it has no pods where no node fits.',
  run(cluster, report) {
    const groups = nodeGroupsOf(cluster);
    if (groups.length === 0) return;
    const what = cluster.profile.nodePools === undefined ? 'node' : 'node pool';
    const listed = listedResources(groups);
    for (const pods of podsOf(cluster)) {
      if (!isScheduled(cluster, pods)) continue;
      const needs = nodeNeedsOf(cluster, pods);
      const found = misfitsOf(needs, groups, listed);
      if (found === undefined) continue;
      const best = closest(found);
      const message = `fits no ${what}: ${inWords(found, best, needs)}`;
      const doubt = doubtOf(cluster, pods, best);
      const path = pathOf(pods, best);
      const isWarning = doubt !== undefined || pods.kind === 'apps/DaemonSet';
      const text = doubt === undefined ? message : `${message}, but ${doubt}`;
      report(pods.manifest, path, text, HINTS[best.reason], isWarning ? 'warning' : undefined);
    }
  },
};

const HINTS: Readonly<Record<Misfit['reason'], string>> = {
  labels: 'Select labels that a node pool of the profile has, or add them to the profile.',
  taint: 'Tolerate the taint, or use another node pool.',
  resource: 'Request less than an empty node offers; DaemonSets take part of that.',
};

/** Whether kube-scheduler looks for a node for the pods. */
function isScheduled(cluster: Cluster, { kind, manifest, root, spec }: Pods): boolean {
  if (kind === '/PodTemplate' || spec.child('nodeName').text !== '') return false;
  if (!['', 'default-scheduler'].includes(spec.child('schedulerName').text)) return false;
  if (root.at('spec', 'suspend').isTrue) return false;
  return replicasOf(cluster, manifest)?.max !== 0;
}

/** Why no pool takes a pod; `undefined` where one may. */
function misfitsOf(
  needs: NodeNeeds,
  groups: readonly NodeGroup[],
  listed: ReadonlySet<string>,
): Misfit[] | undefined {
  const found: Misfit[] = [];
  for (const group of groups) {
    const misfit = misfitOf(needs, group, listed);
    if (misfit === undefined) return undefined;
    found.push(misfit);
  }
  return found;
}

/** In which order the scheduler looks: what fails last is closest to a fit. */
const ORDER: readonly Misfit['reason'][] = ['labels', 'taint', 'resource'];

function closest(misfits: readonly Misfit[]): Misfit {
  const [best] = misfits.toSorted((a, b) => ORDER.indexOf(b.reason) - ORDER.indexOf(a.reason));
  return best as Misfit;
}

/** More pools than this are counted. */
const MOST_NAMED = 5;

function inWords(misfits: readonly Misfit[], best: Misfit, { requests }: NodeNeeds): string {
  const texts = [best, ...misfits.filter((each) => each !== best)].map((misfit) => {
    const { pool, text, resources } = misfit;
    const amounts = resources.map((resource) => {
      const amount = requests.get(resource);
      const offered = pool.allocatable?.[resource] ?? '0';
      return `${amount === undefined ? '' : canonical(amount)} ${resource} of ${offered}`;
    });
    return `${pool.name}: ${text}${amounts.length > 0 ? ` (requests ${amounts.join(', ')})` : ''}`;
  });
  const rest = texts.length - MOST_NAMED;
  return `${texts.slice(0, MOST_NAMED).join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`;
}

function pathOf({ spec, containers }: Pods, { reason, resources: [resource = ''] }: Misfit): string {
  if (reason === 'taint') return spec.child('tolerations').path;
  if (reason === 'labels') {
    const wanted = spec.child('nodeSelector');
    return wanted.size > 0 ? wanted.path : spec.at('affinity', 'nodeAffinity').path;
  }
  const fields = [spec, ...containers.map(({ field }) => field)].flatMap((field) =>
    ['requests', 'limits'].map((side) => field.at('resources', side).key(resource)),
  );
  const [most] = fields
    .flatMap((field) => {
      const { value } = field;
      const amount =
        typeof value === 'string' || typeof value === 'number' ? parseQuantity(value) : undefined;
      return amount === undefined ? [] : [{ field, amount }];
    })
    .toSorted((a, b) => compareQuantities(b.amount, a.amount));
  return (most?.field ?? spec).path;
}

function doubtOf(cluster: Cluster, pods: Pods, { resources, isUnlisted }: Misfit): string | undefined {
  if (isUnlisted === true) return `no node pool of the profile lists ${resources.join(' or ')}`;
  if (resources.some((resource) => setsRequests(cluster, pods.manifest, resource)))
    return 'its VerticalPodAutoscaler may lower the requests';
  const maker = nodeMakerOf(cluster);
  if (maker !== undefined) return `${formatId(maker.id)} may add other nodes`;
  const mutator = podMutatorOf(cluster, pods);
  if (mutator !== undefined) return `${formatId(mutator.id)} may change the pods`;
  return runsAsWritten(pods.kind)
    ? undefined
    : `the controller of ${pods.manifest.id.kind} may change the pods`;
}
