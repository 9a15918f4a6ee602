import type { FitRollout } from '../../fit/rollout/outcome';
import { counted } from '../counts';

/** `1 of 3 rollouts gets stuck`. */
export function rolloutSummary(rollouts: readonly FitRollout[]): string {
  if (rollouts.length === 0) return 'no workload rolls: no pod template changes';
  const stuck = rollouts.filter(({ isStuck }) => isStuck).length;
  if (stuck === 0) return rollouts.length === 1 ? 'the rollout ends' : `${rollouts.length} rollouts end`;
  return `${stuck} of ${counted(rollouts.length, 'rollout')} ${stuck === 1 ? 'gets' : 'get'} stuck`;
}

/** The rollouts to tell of: those that get stuck, and those whose pods wait for old ones to stop. */
export function rolloutTroubles(rollouts: readonly FitRollout[]): FitRollout[] {
  const troubles = rollouts.filter(
    ({ isStuck, waiting, certain }) => isStuck || waiting > 0 || certain === false,
  );
  return troubles.sort((a, b) => Number(b.isStuck) - Number(a.isStuck));
}

/** How a rollout goes, after the name of its workload. */
export function rolloutSentence({
  isStuck,
  updated,
  replicas,
  surge,
  unavailable,
  waiting,
  certain,
}: FitRollout): string {
  const doubt = certain === false ? ', unless the scheduler draws otherwise among equally good nodes' : '';
  const pace = `with ${surge} more and ${unavailable} missing at a time`;
  if (isStuck) return `${updated} of ${counted(replicas, 'pod')} replaced, ${pace}${doubt}`;
  if (waiting === 0) return `all of ${counted(replicas, 'pod')} replaced${doubt}`;
  return `${counted(waiting, 'new pod')} ${waiting === 1 ? 'waits' : 'wait'} until old ones stop, ${pace}${doubt}`;
}
