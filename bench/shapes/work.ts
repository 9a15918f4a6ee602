import { check, ManifestSet, plan, SeaworthyError } from 'seaworthy';
import { SHAPES } from './registry';
import type { Shape } from './shape';

/** What a command does with a shape: `check` with every rule, `plan` from one side to the other. */
export interface Work {
  readonly shape: string;
  readonly command: 'check' | 'plan';
  /** Makes what the work is done on, which is not measured. @returns the work itself, which returns its messages */
  readonly prepared: (size: number) => () => readonly string[];
}

/** All that is measured for growth. */
export const WORK: readonly Work[] = SHAPES.flatMap(ofObjects);

/** Sentences with whole lists in them are longer than others, and still bounded. */
const LONGEST_LISTING = 20_100;

function ofObjects({ name, objects }: Shape): Work[] {
  const setOf = (size: number, side: 'a' | 'b'): ManifestSet => ManifestSet.of(objects(size, side));
  return [
    {
      shape: name,
      command: 'check',
      prepared: (size) => {
        const set = setOf(size, 'b');
        return () => check(set, { preset: 'strict' }).map(({ message, hint = '' }) => message + hint);
      },
    },
    {
      shape: name,
      command: 'plan',
      prepared: (size) => {
        const [before, after] = [setOf(size, 'a'), setOf(size, 'b')];
        return () => planned(before, after);
      },
    },
  ];
}

function planned(before: ManifestSet, after: ManifestSet): readonly string[] {
  try {
    const { changes } = plan(before, after);
    return changes.flatMap(({ consequences }) =>
      consequences.map(({ message, brief = message }) =>
        message.length > LONGEST_LISTING ? message : brief,
      ),
    );
  } catch (error) {
    // A set that holds an object twice has no plan, which takes its time as well.
    if (error instanceof SeaworthyError) return [];
    throw error;
  }
}
