import { recordIn } from '../apiserver/defaults/plain';
import type { PlainRecord } from '../manifest/data';
import { groupKind } from '../apiserver/kinds/registry';
import { equal } from '../apiserver/update/equal';
import type { Effect } from './effects';
import type { Update } from '../apiserver/update/update';

/** Kinds that make pods after a template for as long as they exist. */
const WITH_PODS: ReadonlySet<string> = new Set([
  'apps/Deployment',
  'apps/StatefulSet',
  'apps/DaemonSet',
  'apps/ReplicaSet',
  '/ReplicationController',
]);

/** The effect of an update. */
export function effectOf({ was, now, violations }: Update): Effect {
  if (violations.length > 0) return 'rejected';
  if (was === undefined) return 'updated';
  if (equal(was, now)) return 'none';
  const kind = groupKind(String(now['apiVersion']), String(now['kind']));
  return WITH_PODS.has(kind) && !equal(templateOf(was), templateOf(now)) ? 'pods-replaced' : 'updated';
}

function templateOf(object: PlainRecord): unknown {
  return recordIn(object, 'spec')?.['template'];
}
