import { existsSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { nearest, SeaworthyError } from '../../errors';
import { grouped } from '../../kube/grouped';
import type { Manifest } from '../../manifest/manifest';
import { parseSource } from '../../manifest/source';
import { RECORD } from '../../output/paths';
import { counted } from '../../report/counts';
import { allManifests, readManifests } from '../files/manifests';
import { areForSeveral, placesOf, type Placed } from '../files/places';
import { noObjects, reportSkipped } from '../files/skipped';
import { STDIN } from '../files/sources';
import { openProject, orNameFiles } from '../project/project';
import type { Context } from '../terminal/context';
import { withoutChosen } from './chosen';
import { isMadeByCluster } from '../../graph/cluster-made';
import type { PlanFlags } from './flags';
import { Repository } from './git';
import { inNamespace } from '../files/namespace';
import { recordedSide } from './of-targets';
import { outputAt } from './output';
import type { Known } from '../files/territories';
import { inBoth, type Read } from './both-sides';
import { namingFiles } from './usage';
import { byPlace, readTexts, type Comparison } from './side';

/** Two folders, files, or for `-` stdin. */
export async function twoPaths(
  [before, after]: readonly [string, string],
  flags: PlanFlags,
  context: Context,
): Promise<Comparison> {
  const known: Known = new Map();
  const read = [
    await readSide(before, known, { ...flags, allowEmpty: false }, context),
    await readSide(after, known, flags, context),
  ] as const;
  const [stored, now] = inBoth(read);
  const written = withoutChosen(now.flatMap(({ manifests }) => manifests));
  const old = stored.map((file) => ({ ...file, manifests: file.manifests.map(written) }));
  const sides = [old, now];
  const problems = read.flatMap((side) => side.problems);
  if (sides.flat().length === 0 && problems.length === 0) throw noObjects([before, after]);
  const isOutput = [before, after].some((path) => existsSync(join(resolve(context.io.cwd, path), RECORD)));
  const placeOf = isOutput || areForSeveral(sides) ? placesOf(sides) : () => '';
  return { ...compared([before, after].map(nameOf), sides, placeOf, flags), problems };
}

/** The committed output at two revisions. */
export function twoRevisions(
  [base, head]: readonly [string, string],
  options: PlanFlags,
  context: Context,
): Comparison {
  const project = orNameFiles(namingFiles(base), () => openProject(options, context));
  const repository = new Repository(project.root, context.io.env);
  const known: Known = new Map();
  const outputs = [base, head].map((revision) => outputAt(revision, project.output, repository));
  if (project.targets !== undefined && project.targets.length > 0) {
    const placed = outputs.map((files) => filesByPlace(recordedSide(files, project, known)));
    return compared([base, head], placed, (path) => path, options);
  }
  const sides = outputs.map((files) => readTexts(files, known));
  return compared([base, head], sides, placesOf(sides), options);
}

/** A deployment each in the place of a file. */
function filesByPlace(places: ReadonlyMap<string, readonly Manifest[]>): Placed[] {
  return [...places].map(([path, manifests]) => ({ path, manifests }));
}

function compared(
  names: readonly string[],
  sides: readonly (readonly Placed[])[],
  placeOf: (path: string) => string,
  { environment }: PlanFlags,
): Comparison {
  const places = new Set(sides.flat().map(({ path }) => placeOf(path)));
  const chosen = environment === undefined ? places : placesCalled(environment, places);
  const [before, after] = sides.map((files, index) => ({
    name: names[index] ?? '',
    places: byPlace(files, (path) => (chosen.has(placeOf(path)) ? placeOf(path) : undefined)),
  }));
  if (before === undefined || after === undefined) throw new Error('A comparison has two sides.');
  return { before, after, clusters: new Map() };
}

/** @throws SeaworthyError USAGE if no place has this name */
function placesCalled(environment: string, places: ReadonlySet<string>): ReadonlySet<string> {
  const named = new Set([...places].filter((place) => place.split('/').includes(environment)));
  if (named.size > 0) return named;
  const names = [...new Set([...places].map((place) => place.split('/').at(-1) ?? ''))].filter(Boolean);
  const near = nearest(environment, names);
  throw new SeaworthyError({
    code: 'USAGE',
    path: '--environment',
    message: `no environment "${environment}" on either side`,
    hint:
      near !== undefined
        ? `Did you mean ${near}?`
        : names.length > 0
          ? `There are ${names.join(', ')}.`
          : 'Environments are the folders of an output that seaworthy synth wrote.',
  });
}

/** What a path holds, by files, without what the cluster created. */
async function readSide(
  path: string,
  known: Known,
  { namespace, verbose, kustomize, allowEmpty }: PlanFlags,
  { io, terminal }: Context,
): Promise<Read> {
  const { cwd, stdin, env } = io;
  const input = await readManifests([path], { cwd, stdin, known, ...(kustomize !== false && { env }) });
  reportSkipped(input.skipped, terminal, verbose);
  const found = allManifests(input);
  const problems = input.faulty.map(({ problem }) => problem);
  const isEmpty = found.length + problems.length === 0;
  if (path === '-' && isEmpty && allowEmpty !== true) throw noObjects([path]);
  const written = found.filter((manifest) => !isMadeByCluster(manifest));
  const left = found.length - written.length;
  if (left > 0)
    terminal.say(
      `left out of ${nameOf(path)}: ${counted(left, 'object')} created by the cluster`,
      terminal.err.dim,
    );
  const own = new Set(written);
  const inSpace = (manifests: readonly Manifest[]): Manifest[] => {
    const kept = manifests.filter((manifest) => own.has(manifest));
    return namespace === undefined ? kept : inNamespace(kept, namespace);
  };
  const folder = resolve(cwd, path);
  const built = input.built.map((each) => ({
    path: pathIn(folder, join(each.name, 'kustomization.yaml'), cwd),
    manifests: inSpace(each.manifests),
  }));
  return {
    files: [...byFile(inSpace(input.manifests), folder, cwd), ...built],
    problems,
    broken: new Set(problems.map(({ source }) => pathIn(folder, parseSource(source)?.file ?? '', cwd))),
    encrypted: input.encrypted,
  };
}

/** The path of a file below `folder`; empty if that is a file. */
function pathIn(folder: string, file: string, cwd: string): string {
  const isFolder = statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
  return isFolder ? relative(folder, resolve(cwd, file)).split(sep).join('/') : '';
}

/** `manifests` by their files, with paths below `folder`. */
function byFile(manifests: readonly Manifest[], folder: string, cwd: string): Placed[] {
  const fileOf = ({ origin }: Manifest): string => parseSource(origin?.source)?.file ?? '';
  return [...grouped(manifests, fileOf)].map(([file, own]) => ({
    path: pathIn(folder, file, cwd),
    manifests: own,
  }));
}

function nameOf(path: string): string {
  return path === '-' ? STDIN : path;
}
