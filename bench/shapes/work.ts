import { check, ManifestSet, plan, SeaworthyError } from 'seaworthy';
import { APP_SHAPES, SHAPES } from './registry';
import type { AppShape, Shape } from './shape';

/** What a command does with a shape: `check` with every rule, `plan` from one side to the other, `synth` of an app. */
export interface Work {
  readonly shape: string;
  readonly command: 'check' | 'plan' | 'synth';
  /** Makes what the work is done on, which is not measured. @returns the work itself, which returns its messages */
  readonly prepared: (size: number) => () => readonly string[];
}

/** All that is measured for growth. */
export const WORK: readonly Work[] = [...SHAPES.flatMap(ofObjects), ...APP_SHAPES.map(ofApp)];

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

/** An app makes its constructs, renders them, and writes them out: all of it is its work. */
function ofApp({ name, app }: AppShape): Work {
  return { shape: name, command: 'synth', prepared: (size) => () => synthesized(app, size) };
}

function synthesized(app: AppShape['app'], size: number): readonly string[] {
  try {
    app(size).synthYaml();
    return [];
  } catch (error) {
    // An app that cannot be rendered is told all its problems, which takes its time as well.
    if (error instanceof SeaworthyError) return error.problems.map(({ message }) => message);
    throw error;
  }
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
