import type { KubeObject } from '../../manifest/manifest';
import { at, numberAt, recordsAt, textAt } from '../fields';
import type { PlainRecord } from '../../manifest/data';
import { conditionLine } from '../lines';
import type { Outlook } from '../status/pod-reason';

/** How far an object is, and why it is no further. */
export interface Settled {
  /** `ready` is what others may build on, `failed` what its controller has given up. */
  readonly state: 'ready' | 'progressing' | 'failed';
  /** What it waits for, or suffers from; also what is not as one may expect of one that is ready. */
  readonly message?: string | undefined;
  /** Of one that is progressing: what it takes to go on. @default passing */
  readonly outlook?: Outlook | undefined;
}

export const ready = (message?: string): Settled => ({ state: 'ready', message });
export const failed = (message: string): Settled => ({ state: 'failed', message, outlook: 'final' });
export const progressing = (message: string, outlook: Outlook = 'passing'): Settled => ({
  state: 'progressing',
  message,
  outlook,
});

export const UNSEEN = progressing('its controller has not seen it yet');
export const STALE = progressing('its controller has not seen the last change yet');

/**
 * Whether the controller of an object tells which generation it has seen, and that is not the present one. Argo Rollouts
 * writes the number as a text.
 */
export function isStale(object: KubeObject, seen: unknown = at(object, 'status')): boolean {
  const observed = at(seen, 'observedGeneration');
  const generation = numberAt(object, 'metadata', 'generation');
  if (generation === undefined || (typeof observed !== 'number' && typeof observed !== 'string'))
    return false;
  return Number(observed) < generation;
}

/** A condition among some; one that is about an earlier generation counts as unknown. */
export interface Told {
  readonly status: string;
  /** `Reason: message`. */
  readonly line: string;
  readonly reason: string;
}

/** What conditions tell of a type; undefined where they do not. */
export function toldOf(
  object: KubeObject,
  type: string,
  conditions: readonly PlainRecord[] = recordsAt(object, 'status', 'conditions'),
): Told | undefined {
  const found = conditions.find((each) => each['type'] === type);
  if (found === undefined) return undefined;
  if (isStale(object, found)) return { status: 'Unknown', line: STALE.message ?? '', reason: '' };
  return { status: textAt(found, 'status'), line: conditionLine(found), reason: textAt(found, 'reason') };
}
