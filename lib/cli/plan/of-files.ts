import { existsSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { nearest, SeaworthyError } from '../../errors';
import type { Manifest } from '../../manifest/manifest';
import { parseSource } from '../../manifest/source';
import { RECORD } from '../../output/paths';
import { counted } from '../../report/counts';
import { allManifests, readManifests, refuseFaulty } from '../files/manifests';
import { noObjects, reportSkipped } from '../files/skipped';
import { STDIN } from '../files/sources';
import { openProject } from '../project/project';
import type { Context } from '../terminal/context';
import { withoutChosen } from './chosen';
import { isMadeByCluster } from './cluster-made';
import type { PlanFlags } from './flags';
import { Repository } from './git';
import { inNamespace } from './namespace';
import { outputAt } from './output';
import { placesOf } from './places';
import { byPlace, readTexts, type Comparison, type Known, type Placed } from './side';

/** Two folders, files, or for `-` stdin. */
export async function twoPaths(
  [before, after]: readonly [string, string],
  flags: PlanFlags,
  context: Context,
): Promise<Comparison> {
  const known: Known = new Map();
  const [stored, now] = [await read(before, known, flags, context), await read(after, known, flags, context)];
  const written = withoutChosen(now.flatMap(({ manifests }) => manifests));
  const old = stored.map((file) => ({ ...file, manifests: file.manifests.map(written) }));
  const sides = [old, now];
  if (sides.flat().length === 0) throw noObjects([before, after]);
  const isOutput = [before, after].some((path) => existsSync(join(resolve(context.io.cwd, path), RECORD)));
  return compared([before, after].map(nameOf), sides, isOutput ? placesOf(sides) : () => '', flags);
}

/** The committed output at two revisions. */
export function twoRevisions(
  [base, head]: readonly [string, string],
  options: PlanFlags,
  context: Context,
): Comparison {
  const project = openProject(options, context);
  const repository = new Repository(project.root, context.io.env);
  const known: Known = new Map();
  const sides = [base, head].map((revision) =>
    readTexts(outputAt(revision, project.output, repository), known),
  );
  return compared([base, head], sides, placesOf(sides), options);
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

/** The manifests of a path by their files, without what the cluster created. */
async function read(
  path: string,
  known: Known,
  { namespace }: PlanFlags,
  { io, terminal }: Context,
): Promise<Placed[]> {
  const { cwd, stdin, env } = io;
  const input = refuseFaulty(await readManifests([path], { cwd, stdin, env, known }));
  const { skipped } = input;
  const manifests = allManifests(input);
  reportSkipped(skipped, terminal);
  if (path === '-' && manifests.length === 0) throw noObjects([path]);
  const written = manifests.filter((manifest) => !isMadeByCluster(manifest));
  const left = manifests.length - written.length;
  if (left > 0)
    terminal.say(
      `left out of ${nameOf(path)}: ${counted(left, 'object')} created by the cluster`,
      terminal.err.dim,
    );
  const named = namespace === undefined ? written : inNamespace(written, namespace);
  return byFile(named, resolve(io.cwd, path), io.cwd);
}

/** `manifests` by their files, with paths below `folder`. */
function byFile(manifests: readonly Manifest[], folder: string, cwd: string): Placed[] {
  const isFolder = statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
  const files = new Map<string, Manifest[]>();
  for (const manifest of manifests) {
    const file = parseSource(manifest.origin?.source)?.file ?? '';
    const path = isFolder ? relative(folder, resolve(cwd, file)).split(sep).join('/') : '';
    const here = files.get(path);
    if (here === undefined) files.set(path, [manifest]);
    else here.push(manifest);
  }
  return [...files].map(([path, own]) => ({ path, manifests: own }));
}

function nameOf(path: string): string {
  return path === '-' ? STDIN : path;
}
