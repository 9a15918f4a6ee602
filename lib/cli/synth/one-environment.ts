import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SeaworthyError } from '../../errors';
import type { OutputBlob, OutputFile, Places } from '../../gitops/gitops';
import type { Current } from '../../output/current';

type File = OutputFile | OutputBlob;

interface Written {
  /** What targets write for all environments, by path. */
  readonly all: ReadonlyMap<string, File>;
  readonly places: (environment: string) => Places;
  /** The output before. */
  readonly current: Current;
}

/**
 * The files that are written for one environment: its own, and those that it shares with others.
 *
 * @throws SeaworthyError USAGE where no target writes it, or where files of other environments would no longer agree with what
 * they share
 */
export function forEnvironment(environment: string, written: Written): ReadonlyMap<string, File> {
  const { all, places } = written;
  const isShared = (file: File, how: OutputFile['shared']): boolean =>
    'shared' in file && file.shared === how && file.environments?.includes(environment) !== false;
  const own = [...all].filter(([, file]) => file.environment === environment);
  const { binding } = places(environment);
  const binds = [...all].filter(([path, file]) => isShared(file, 'binds') && startsWithAny(path, binding));
  if (own.length === 0 && binds.length === 0) throw noTarget(environment);
  const paths = changed(binds, binding, written);
  if (paths.length > 0) {
    const other = otherIn(written, environment, binding) ?? partnerIn(paths, environment, written);
    if (other !== undefined) throw notAlone(environment, other, paths);
  }
  return new Map([...own, ...binds, ...[...all].filter(([, file]) => isShared(file, 'adds'))]);
}

/** The paths of shared files that are not as they were, or would have to go. */
function changed(
  binds: readonly (readonly [string, File])[],
  binding: readonly string[],
  { all, current }: Written,
): readonly string[] {
  const differing = binds.filter(([path, file]) => 'text' in file && textAt(path, current) !== file.text);
  const stale = [...(current.recorded ?? [])].filter(
    (path) => startsWithAny(path, binding) && !all.has(path),
  );
  return [...differing.map(([path]) => path), ...stale].sort();
}

/** Another environment that is bound to this one and has files in the output. */
function otherIn(
  { all, places, current: { recorded = new Set() } }: Written,
  environment: string,
  binding: readonly string[],
): string | undefined {
  const names = new Set([...all.values()].flatMap((file) => file.environment ?? []));
  names.delete(environment);
  return [...names].sort().find((name) => {
    const { own, binding: bound } = places(name);
    const isBound = bound.some((place) => binding.includes(place));
    return isBound && [...recorded].some((path) => startsWithAny(path, own));
  });
}

/** Another environment that a file in the output holds. */
function partnerIn(
  paths: readonly string[],
  environment: string,
  { all, current: { recorded = new Set() } }: Written,
): string | undefined {
  const files = paths.filter((path) => recorded.has(path)).flatMap((path) => all.get(path) ?? []);
  const names = files.flatMap((file) => ('holds' in file ? (file.holds ?? []) : []));
  return names.find((name) => name !== environment);
}

function textAt(path: string, { folder, tree }: Current): string | undefined {
  if (tree.get(path)?.kind !== 'file') return undefined;
  return readFileSync(join(folder, path), 'utf8').replaceAll('\r\n', '\n');
}

function startsWithAny(path: string, beginnings: readonly string[]): boolean {
  return beginnings.some((beginning) => path.startsWith(beginning));
}

function notAlone(
  environment: string,
  other: string,
  [path = '', ...more]: readonly string[],
): SeaworthyError {
  const others = more.length === 0 ? '' : ` and ${more.length} more`;
  return new SeaworthyError({
    code: 'USAGE',
    path: '--environment',
    message: `"${environment}" cannot be written alone: it shares ${path}${others} with "${other}", and that changes`,
    hint: 'Run seaworthy synth without --environment.',
  });
}

function noTarget(environment: string): SeaworthyError {
  return new SeaworthyError({
    code: 'USAGE',
    path: '--environment',
    message: `no target writes the environment "${environment}"`,
    hint: 'Add it to the environments of a target in cdk8s.yaml, or choose a target with --target.',
  });
}
