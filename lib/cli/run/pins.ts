import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { nearest, SeaworthyError, type Problem } from '../../errors';
import type { PinRead, PinSections } from '../../pins/pins';
import { readPins } from '../../pins/read';
import type { Result } from './results';

/** The pins files that the apps have read, and what each has read of its file. */
export function readsByFile(results: readonly Result[]): Map<string, PinRead[]> {
  const found = new Map<string, PinRead[]>();
  for (const { pins } of results) {
    if (pins?.file === undefined) continue;
    found.set(pins.file, [...(found.get(pins.file) ?? []), ...pins.reads]);
  }
  return found;
}

/** The environments of the apps, in the order of the code. */
export function declaredEnvironments(results: readonly Result[]): string[] {
  return [...new Set(results.flatMap(({ clusters }) => Object.keys(clusters)))];
}

/**
 * Refuses pins that no app reads: a name that is a letter off would be ignored in silence.
 *
 * @param environments those that the project names in addition to the apps
 * @param text of the file, if apps were told to read that
 * @throws SeaworthyError PINS_INVALID with each such pin
 */
export function checkPins(
  results: readonly Result[],
  { environments = [], text }: { readonly environments?: readonly string[]; readonly text?: string } = {},
): void {
  const problems: Problem[] = [];
  const made = declaredEnvironments(results);
  for (const [file, reads] of readsByFile(results)) {
    const sections = text === undefined ? sectionsOf(file) : readPins(text, basename(file));
    const place = basename(file);
    for (const [environment, { source, pins }] of sections) {
      // Where an app makes only some of its environments in a run, nothing is known of the others.
      if (!made.includes(environment)) {
        if (!environments.includes(environment))
          problems.push({ ...unknownSection(environment, [...made, ...environments]), place, source });
        continue;
      }
      for (const [name, pin] of pins) {
        const problem = unread(name, environment, reads);
        if (problem !== undefined) problems.push({ ...problem, place, source: pin.source });
      }
    }
  }
  const [first, ...more] = problems;
  if (first !== undefined) throw new SeaworthyError(first, ...more);
}

/** The file as the app has read it: missing is empty. */
export function textOfPins(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function sectionsOf(file: string): PinSections {
  return readPins(textOfPins(file), basename(file));
}

function unknownSection(environment: string, known: readonly string[]): Problem {
  const near = nearest(environment, known);
  return {
    code: 'PINS_INVALID',
    path: environment,
    message: `no app has an environment "${environment}"`,
    hint:
      near === undefined
        ? `There are ${known.join(', ')}. One that the app does not always make is named in environments of cdk8s.yaml.`
        : `Did you mean ${near}?`,
  };
}

function unread(name: string, environment: string, reads: readonly PinRead[]): Problem | undefined {
  const here = reads.filter((read) => read.environment === environment).map((read) => read.name);
  if (here.includes(name)) return undefined;
  const elsewhere = reads.find((read) => read.name === name)?.environment;
  const near = nearest(name, here);
  return {
    code: 'PINS_INVALID',
    path: `${environment}.${name}`,
    message: 'no app reads this pin',
    hint:
      near !== undefined
        ? `Did you mean ${near}?`
        : elsewhere === undefined
          ? 'Remove the line, or read it: pin(this, name, default).'
          : `Only ${elsewhere} reads it. Remove the line.`,
  };
}
