import type { ApplyEvent, Progress } from '../../cluster/apply/types';
import { formatId, identityKey, type ObjectId } from '../../manifest/manifest';
import { counted } from '../counts';
import { name, sentence } from '../escape/terminal';
import { numbersText } from './pods';
import type { Seen } from './state';

/**
 * What an event says where there is no terminal, in lines that stay: an object has one whenever it is ready, or something
 * else keeps it from that.
 *
 * @param seen what was seen before the event
 */
export function eventLines(event: ApplyEvent, seen: Seen, hide: (text: string) => string): string[] {
  switch (event.type) {
    case 'planned':
      return [];
    case 'held':
      return event.held.map(
        ({ id, reason }) => `${title(id)} is being deleted, and waited for: ${sentence(hide(reason))}`,
      );
    case 'wave':
      return [`Wave ${event.wave} of ${event.waves}: ${counted(event.ids.length, 'object')}`];
    case 'written':
      return [
        `${title(event.id)} ${event.how}`,
        ...event.warnings.map((warning) => `Warning: ${sentence(hide(warning))}`),
      ];
    case 'refused':
      return [`${title(event.refused.id)} refused: ${sentence(hide(event.refused.message))}`];
    case 'pruned':
      return [`${title(event.id)} deleted`];
    case 'rolling-back':
      return ['Rolling back to what was there before'];
    case 'progress':
      return progressLines(event.progress, seen.progress ?? [], hide);
  }
}

/** Lines of the objects that changed; one that needed no time says nothing. */
function progressLines(
  now: readonly Progress[],
  before: readonly Progress[],
  hide: (text: string) => string,
): string[] {
  const known = new Map(before.map((each) => [identityKey(each.id), textOf(each, hide)]));
  return now.flatMap((each) => {
    const last = known.get(identityKey(each.id));
    const text = textOf(each, hide);
    const isNothing = last === text || (last === undefined && each.state === 'ready');
    return isNothing ? [] : [`${title(each.id)} ${text}`];
  });
}

function textOf({ state, message, status }: Progress, hide: (text: string) => string): string {
  if (state === 'ready') return 'is ready';
  const numbers = status === undefined ? '' : numbersText(status);
  const facts = numbers === '' ? '' : ` (${numbers})`;
  const why = message === '' ? '' : `: ${sentence(hide(message))}`;
  return `${state === 'failed' ? 'failed' : 'is not ready'}${facts}${why}`;
}

function title(id: ObjectId): string {
  return name(formatId(id));
}
