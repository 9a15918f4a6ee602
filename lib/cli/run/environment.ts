import { nearest, SeaworthyError, type Problem } from '../../errors';
import type { Manifest } from '../../manifest/manifest';
import type { Result } from './results';

/**
 * Checks the name in --environment.
 *
 * @throws SeaworthyError USAGE if the app has no such environment
 */
export function checkEnvironment(results: readonly Result[], name: string | undefined): void {
  const problem = name === undefined ? undefined : unknownEnvironment(name, results);
  if (problem !== undefined) throw new SeaworthyError({ code: 'USAGE', path: '--environment', ...problem });
}

/**
 * Refuses to print the objects of several environments as one stream: each is for a cluster of its own, and whoever applies
 * the stream applies all of them to one.
 *
 * @throws SeaworthyError USAGE with the names of the environments
 */
export function refuseSeveralEnvironments(results: readonly Result[]): void {
  const names = environmentsOf(results.flatMap(({ manifests }) => manifests));
  const [first, ...others] = names;
  if (first === undefined || others.length === 0) return;
  throw new SeaworthyError({
    code: 'USAGE',
    path: '--stdout',
    message: `the app has ${names.length} environments, and one stream is for one cluster: ${names.join(', ')}`,
    hint: `Print one of them: --stdout --environment ${first}.`,
  });
}

/**
 * Refuses objects of several environments where one cluster is meant.
 *
 * @throws SeaworthyError USAGE with the names of the environments
 */
export function refuseSeveral(manifests: Iterable<Manifest>): void {
  const names = environmentsOf(manifests);
  const [first = '', ...others] = names;
  if (others.length === 0) return;
  throw new SeaworthyError({
    code: 'USAGE',
    path: '--environment',
    message: `the app has ${names.length} environments, each for a cluster of its own: ${names.join(', ')}`,
    hint: `Name the one of this cluster: --environment ${first}.`,
  });
}

/** The message for an environment that no app has; undefined if one has it. */
export function unknownEnvironment(
  name: string,
  results: readonly Result[],
): Pick<Problem, 'message' | 'hint'> | undefined {
  const names = environmentsOf(results.flatMap(({ manifests }) => manifests));
  if (names.includes(name)) return undefined;
  const near = nearest(name, names);
  const list = names.length === 0 ? 'It has none.' : `It has ${names.join(', ')}.`;
  return {
    message: `the app has no environment "${name}"`,
    hint: near === undefined ? list : `Did you mean ${near}? ${list}`,
  };
}

/** The names of the environments of `manifests`, sorted. */
export function environmentsOf(manifests: Iterable<Manifest>): string[] {
  const names = new Set<string>();
  for (const { origin } of manifests) if (origin?.environment !== undefined) names.add(origin.environment);
  return [...names].sort();
}

/** The manifests of one environment, or all. */
export function inEnvironment(manifests: readonly Manifest[], name: string | undefined): readonly Manifest[] {
  return name === undefined ? manifests : manifests.filter(({ origin }) => origin?.environment === name);
}
