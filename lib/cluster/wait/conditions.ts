import type { KubeObject } from '../../manifest/manifest';
import { failed, progressing, ready, toldOf, type Settled, type Told } from './verdict';

/** Conditions that say that an object is done, in the order in which they count: the first that is there decides. */
const READY = ['Ready', 'Available', 'Healthy', 'Succeeded', 'Complete', 'Completed', 'Synced'];

/** By the first condition of those that controllers use; undefined where none is there. */
export function byConditions(object: KubeObject): Settled | undefined {
  const ended = toldOf(object, 'Failed');
  if (ended?.status === 'True') return failed(ended.line || 'it failed');
  const type = READY.find((each) => toldOf(object, each) !== undefined);
  return type === undefined ? undefined : byCondition(type, toldOf(object, type));
}

/** By conditions that have to be true, all of them. */
export function byAll(...types: readonly string[]): (object: KubeObject) => Settled | undefined {
  return (object) => {
    const told = types.map((type) => [type, toldOf(object, type)] as const);
    if (told.every(([, each]) => each === undefined)) return undefined;
    const open = told.find(([, each]) => each?.status !== 'True');
    return open === undefined ? ready() : byCondition(...open);
  };
}

/** By a condition; one that is not there yet is on the way. */
export function byCondition(type: string, told: Told | undefined): Settled {
  if (told?.status === 'True') return ready();
  if (told === undefined) return progressing(`its condition ${type} is not there yet`);
  const line = told.line === '' ? `its condition ${type} is ${told.status}` : told.line;
  return progressing(line);
}
