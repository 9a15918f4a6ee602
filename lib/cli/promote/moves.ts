import { nearest, SeaworthyError } from '../../errors';
import type { PinRead, PinSections } from '../../pins/pins';
import type { PinLeft, PinMove } from '../../report/promote/report';
import type { Way } from './order';

/** What a promotion moves, and what it leaves. */
export interface Moves {
  readonly moved: readonly PinMove[];
  readonly left: readonly PinLeft[];
}

/**
 * The pins of one environment that another does not have yet. What only the other has stays there.
 *
 * @param only names of pins; all if it is empty
 * @throws SeaworthyError USAGE for a name in `only` that the environment does not pin, or that is not moved
 */
export function movesBetween(
  { from, to }: Way,
  sections: PinSections,
  reads: readonly PinRead[],
  only: readonly string[],
): Moves {
  const pinned = sections.get(from)?.pins ?? new Map<string, never>();
  for (const name of only) if (!pinned.has(name)) throw notPinned(name, from, [...pinned.keys()]);
  const moved: PinMove[] = [];
  const left: PinLeft[] = [];
  for (const [name, { value: after }] of pinned) {
    const read = reads.find((each) => each.environment === to && each.name === name);
    const reason = only.length > 0 && !only.includes(name) ? 'not chosen' : reasonToLeave(read, after);
    if (reason !== undefined) left.push({ name, reason });
    else if (read !== undefined)
      moved.push({ name, before: read.value, after, isNew: sections.get(to)?.pins.has(name) !== true });
  }
  for (const { name, reason } of left)
    if (only.includes(name) && (reason === 'stays' || reason === 'unread'))
      throw new SeaworthyError({
        code: 'USAGE',
        path: '--only',
        message:
          reason === 'stays'
            ? `the app keeps pin "${name}" by environment: promote: false`
            : `nothing in ${to} reads pin "${name}"`,
        hint: reason === 'stays' ? `Set it below ${to} in the pins file.` : `Read it in ${to} as well.`,
      });
  return { moved, left };
}

function reasonToLeave(read: PinRead | undefined, after: unknown): PinLeft['reason'] | undefined {
  if (read === undefined) return 'unread';
  if (read.stays === true) return 'stays';
  return read.value === after ? 'same' : undefined;
}

function notPinned(name: string, from: string, names: readonly string[]): SeaworthyError {
  const near = nearest(name, names);
  const list = names.length === 0 ? 'It pins nothing.' : `It pins ${names.join(', ')}.`;
  return new SeaworthyError({
    code: 'USAGE',
    path: '--only',
    message: `${from} has no pin "${name}"`,
    hint: near === undefined ? list : `Did you mean ${near}? ${list}`,
  });
}
