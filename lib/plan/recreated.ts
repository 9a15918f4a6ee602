import { create, type Update } from '../apiserver/update/update';
import { equal } from '../apiserver/update/equal';
import { groupKind } from '../apiserver/kinds/registry';
import { podTemplateOf } from '../graph/pod-template';
import { recreationOf, type Recreation } from '../kube/deployers/recreation';
import { isPlainRecord } from '../manifest/data';
import { identityKey, type KubeObject } from '../manifest/manifest';
import type { Change } from './change';
import type { Pair } from './pairs';
import { methodOf, type World } from './world';

/** An object that is deleted and created again, instead of changed. */
export interface Recreated {
  readonly effect: Change['effect'];
  /** The setting that says so. */
  readonly recreated: string;
  readonly made: Update;
}

/**
 * Whether the deployer deletes an object and creates it again, or a TTL deletes it before, so that the API server gets a
 * new one: then nothing is immutable.
 *
 * @param made what a change in place would come to
 */
export function recreated(pair: Required<Pair>, made: Update, world: World): Recreated | undefined {
  const { after } = pair;
  const recreation = recreationIn(pair, world);
  if (recreation === undefined) return undefined;
  const isRefused = made.violations.length > 0;
  if (recreation.when === 'refused' && !isRefused) return undefined;
  if (!isRefused && made.was !== undefined && equal(made.was, made.now)) return undefined;
  const fresh = create(after.object, world.server, methodOf(after.object, world));
  // What is refused for another reason stays refused.
  if (fresh.violations.length > 0) return undefined;
  return {
    effect: runs(after.object) && recreation.event === undefined ? 'pods-replaced' : 'updated',
    recreated: recreation.setting,
    made: { ...fresh, ...(made.was !== undefined && { was: made.was }) },
  };
}

/** What is in a cluster has not been deleted by its TTL, and what it says to other deployers does not count. */
function recreationIn({ before, after }: Required<Pair>, { live }: World): Recreation | undefined {
  if (live === undefined)
    return recreationOf(after.object.metadata, before.object.metadata) ?? ttlOf(before.object);
  if (live.recreate?.has(identityKey(after.id)) !== true) return undefined;
  return { deployer: 'Seaworthy', setting: '--recreate', when: 'refused' };
}

/** How a Job comes to be gone by itself, if it does. One that is suspended never finishes. */
export function ttlOf(object: KubeObject): Recreation | undefined {
  const { ttlSecondsAfterFinished: seconds, suspend } = isPlainRecord(object['spec']) ? object['spec'] : {};
  const isJob = groupKind(object.apiVersion, object.kind) === 'batch/Job';
  if (!isJob || suspend === true || typeof seconds !== 'number') return undefined;
  return { deployer: '', setting: `ttlSecondsAfterFinished: ${seconds}`, when: 'refused' };
}

/** Whether pods come with an object. */
function runs(object: KubeObject): boolean {
  const kind = groupKind(object.apiVersion, object.kind);
  return kind !== 'batch/CronJob' && kind !== '/PodTemplate' && podTemplateOf(object) !== undefined;
}
