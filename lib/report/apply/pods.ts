import type { WorkloadStatus } from '../../cluster/status/types';
import { name } from '../escape/terminal';

/** `2/3 ready`, of a Job `0/1 done`; empty for what has no number. */
export function numbersText({ id, wanted, ready = 0, updated }: WorkloadStatus): string {
  if (wanted === undefined) return '';
  if (id.kind === 'Job') return `${ready}/${wanted} done`;
  const isOld = updated !== undefined && updated < wanted;
  return `${ready}/${wanted} ready${isOld ? `, ${updated} updated` : ''}`;
}

/** `1 CrashLoopBackOff, 2 Running`: the pods by their phase. */
export function podsText({ pods }: WorkloadStatus): string {
  const counts = new Map<string, number>();
  for (const { phase } of pods) counts.set(phase, (counts.get(phase) ?? 0) + 1);
  const phases = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
  return phases.map(([phase, count]) => `${count} ${name(phase)}`).join(', ');
}
