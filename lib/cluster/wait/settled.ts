import { kindFacts } from '../../kube/schema/kind-table';
import { groupOf, type KubeObject, type ObjectId } from '../../manifest/manifest';
import { at } from '../fields';
import { ruleOf } from './builtin';
import { byConditions } from './conditions';
import { knownRule } from './custom-kinds';
import { Related } from './related';
import { failed, isStale, progressing, ready, STALE, toldOf, UNSEEN, type Settled } from './verdict';

/** Whether objects of a kind are settled as soon as they are stored: nobody has to watch them. */
export function isSettledAtOnce({ apiVersion, kind }: Pick<ObjectId, 'apiVersion' | 'kind'>): boolean {
  return kindFacts(apiVersion, kind) !== undefined && ruleOf(apiVersion, kind) === undefined;
}

/**
 * How far an object of a cluster is: whether others can build on it. It judges by the object as the server has it and by
 * what is around it, and knows nothing of earlier times.
 *
 * Sources: kstatus (sigs.k8s.io/cli-utils, pkg/kstatus/status), and those of the rules by kind
 */
export function settled(object: KubeObject, related: Related = new Related([object], 0)): Settled {
  const { apiVersion, kind } = object;
  if (at(object, 'metadata', 'deletionTimestamp') !== undefined) return progressing('is being deleted');
  const rule = ruleOf(apiVersion, kind);
  if (rule !== undefined) return rule(object, related);
  if (kindFacts(apiVersion, kind) !== undefined) return ready();
  return customSettled(object);
}

/**
 * A custom resource, by what controllers agree upon: the generation that they have seen, `Stalled` and `Reconciling`, and a
 * condition such as `Ready`. One without a status is settled, unless its kind is known to get one.
 */
function customSettled(object: KubeObject): Settled {
  const rule = knownRule(groupOf(object.apiVersion), object.kind);
  if (at(object, 'spec', 'suspend') === true) return ready('is suspended');
  if (at(object, 'status') === undefined) return rule === undefined ? ready() : UNSEEN;
  if (isStale(object)) return STALE;
  const stalled = toldOf(object, 'Stalled');
  if (stalled?.status === 'True') return failed(stalled.line || 'is stalled');
  const reconciling = toldOf(object, 'Reconciling');
  if (reconciling?.status === 'True') return progressing(reconciling.line || 'is being reconciled');
  return rule === undefined ? (byConditions(object) ?? ready()) : (rule(object) ?? UNSEEN);
}
