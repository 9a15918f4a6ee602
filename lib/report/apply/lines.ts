import type { ApplyEvent, Progress } from '../../cluster/apply/types';
import { formatId, identityKey, type ObjectId } from '../../manifest/manifest';
import { counted } from '../counts';
import { name, sentence } from '../escape/terminal';
import { numbersText } from './pods';

/**
 * What events say where there is no terminal, in lines that stay: an object has one whenever it is ready, or something keeps
 * it from that which it has not yet said. A kubelet goes back and forth between two reasons for as long as an image is missing.
 */
export class EventLines {
  /** What objects that are waited for have said. */
  readonly #told = new Map<string, Set<string>>();

  of(event: ApplyEvent, hide: (text: string) => string): string[] {
    if (event.type === 'rolling-back') this.#told.clear();
    return event.type === 'progress' ? this.#ofProgress(event.progress, hide) : linesOf(event, hide);
  }

  /** An object that needed no time says nothing. */
  #ofProgress(progress: readonly Progress[], hide: (text: string) => string): string[] {
    return progress.flatMap((each) => {
      const key = identityKey(each.id);
      const told = this.#told.get(key);
      if (each.state === 'ready') return this.#told.delete(key) ? [`${title(each.id)} is ready`] : [];
      const text = textOf(each, hide);
      if (told?.has(text) === true) return [];
      this.#told.set(key, (told ?? new Set()).add(text));
      return [`${title(each.id)} ${text}`];
    });
  }
}

function linesOf(event: Exclude<ApplyEvent, { type: 'progress' }>, hide: (text: string) => string): string[] {
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
  }
}

function textOf({ state, message, status }: Progress, hide: (text: string) => string): string {
  const numbers = status === undefined ? '' : numbersText(status);
  const facts = numbers === '' ? '' : ` (${numbers})`;
  const why = message === '' ? '' : `: ${sentence(hide(message))}`;
  return `${state === 'failed' ? 'failed' : 'is not ready'}${facts}${why}`;
}

function title(id: ObjectId): string {
  return name(formatId(id));
}
