import type { ApplyEvent, Progress } from '../../cluster/apply/types';

/** What has been seen of an apply so far. */
export interface Seen {
  /** The wave that is sent, of how many; absent before the first. */
  readonly wave?: number;
  readonly waves?: number;
  readonly written: number;
  readonly pruned: number;
  /** Objects that are waited for; absent before that. */
  readonly progress?: readonly Progress[];
  readonly isRollingBack: boolean;
}

export const NOTHING_SEEN: Seen = { written: 0, pruned: 0, isRollingBack: false };

/** What has been seen after another event. */
export function after(seen: Seen, event: ApplyEvent): Seen {
  switch (event.type) {
    case 'wave':
      return { ...seen, wave: event.wave, waves: event.waves };
    case 'written':
      return { ...seen, written: seen.written + 1 };
    case 'pruned':
      return { ...seen, pruned: seen.pruned + 1 };
    case 'progress':
      return { ...seen, progress: event.progress };
    case 'rolling-back':
      return { ...withoutProgress(seen), isRollingBack: true };
    case 'planned':
    case 'held':
    case 'refused':
      return seen;
  }
}

/** What was waited for before counts no longer. */
function withoutProgress({ progress: _, ...rest }: Seen): Seen {
  return rest;
}
