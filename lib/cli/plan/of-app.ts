import { SeaworthyError } from '../../errors';
import type { Manifest } from '../../manifest/manifest';
import { formerGenerations, isFormer } from '../../output/generations';
import { namedFrom } from '../files/sources';
import { openProject, orNameFiles, type Project } from '../project/project';
import { runProject } from '../run/app';
import { checkEnvironment } from '../run/environment';
import type { Result } from '../run/results';
import type { Context } from '../terminal/context';
import type { PlanFlags } from './flags';
import { Repository } from './git';
import { targetSides } from './of-targets';
import { outputAt, outputOnDisk } from './output';
import { namingFiles } from './usage';
import { byPlace, readTexts, type Comparison, type Side, type TextFile } from './side';
import {
  documentsOf,
  namedFromHere,
  placeIn,
  territoriesOf,
  type ClusterFacts,
  type Territory,
} from '../files/territories';

/**
 * Compares the manifests of the app with its output: on disk, or with --base at a revision.
 *
 * @param results what the app synthesized, where it has run. @default it is run
 */
export async function appAgainstOutput(
  options: PlanFlags,
  context: Context,
  results?: readonly Result[],
): Promise<Comparison> {
  const { cwd, env } = context.io;
  const { base } = options;
  const project = orNameFiles(namingFiles(base), () => openProject(options, context));
  // An unknown revision is reported before the app runs.
  const repository = base === undefined ? undefined : new Repository(project.root, env);
  if (base !== undefined) repository?.commit(base);
  const ran = await run(project, options.environment, context, [], results);
  const { territories } = ran;
  const read = (folder: string): readonly TextFile[] =>
    base === undefined || repository === undefined
      ? outputOnDisk(folder, cwd)
      : outputAt(base, folder, repository);
  if (project.targets !== undefined && project.targets.length > 0)
    return againstTargets(ran, options, read, context);
  const places = readOutputs(territories, options.environment, read);
  const folder = `${namedFrom(cwd, project.output)}/`;
  return {
    before: { name: base ?? folder, places },
    after: sideOf('the app', withFormer(territories, places)),
    clusters: factsOf(territories),
  };
}

/** Compares the manifests as targets write them with what targets wrote. */
async function againstTargets(
  { results, project, territories }: Run,
  { environment, base }: PlanFlags,
  read: (folder: string) => readonly TextFile[],
  { io: { cwd }, terminal }: Context,
): Promise<Comparison> {
  const sides = await targetSides({ results, project, territories, environment, read });
  const { before, after, targets, problems, unwritten } = sides;
  const [first, ...more] = [...problems, ...unwritten];
  if (first !== undefined && targets.size === 0) throw new SeaworthyError(first, ...more);
  for (const { place } of unwritten)
    terminal.say(`${place}: no target writes this environment`, terminal.err.yellow);
  if (targets.size > 1)
    for (const [target, places] of targets)
      terminal.say(`compared with what ${target} has: ${[...places].sort().join(', ')}`, terminal.err.dim);
  const name = base ?? `${namedFrom(cwd, project.output)}/`;
  for (const [place, manifests] of after)
    if (manifests.length > 0 && before.get(place)?.length === 0)
      terminal.say(`${name} has nothing of ${place || 'the app'} yet: all of it is new`);
  return {
    before: { name: `${name} (${[...targets.keys()].join(', ')})`, places: before },
    after: { name: 'the app', places: after },
    clusters: factsOf(territories),
    problems,
  };
}

/** What the output keeps of former generations belongs to what is applied. */
function withFormer(territories: readonly Territory[], old: Side['places']): Territory[] {
  return territories.map((territory) => {
    const { place, manifests, keep } = territory;
    const before = keep === 0 ? [] : (old.get(place) ?? []);
    const isOld = ({ origin }: Manifest): boolean => isFormer(origin?.source);
    const sides = { current: before.filter((each) => !isOld(each)), former: before.filter(isOld) };
    return { ...territory, manifests: [...manifests, ...formerGenerations(manifests, sides, keep)] };
  });
}

/** Compares two environments of the app, App by App. */
export async function betweenEnvironments(
  [one, other]: readonly [string, string],
  options: PlanFlags,
  context: Context,
): Promise<Comparison> {
  const { territories } = await run(openProject(options, context), undefined, context, [one, other]);
  const sideFor = (name: string): Side => {
    const own = territories.filter(({ environment }) => environment === name);
    return { name, places: new Map(own.map(({ place, manifests }) => [appOf(place, name), manifests])) };
  };
  const target = territories
    .filter(({ environment }) => environment === other)
    .map((territory) => ({ ...territory, place: appOf(territory.place, other) }));
  return { before: sideFor(one), after: sideFor(other), clusters: factsOf(target) };
}

/** `shop` of `shop/production`. */
function appOf(place: string, environment: string): string {
  return place.slice(0, -environment.length).replace(/\/$/, '');
}

/** What an app synthesized. */
interface Run {
  readonly results: readonly Result[];
  readonly project: Project;
  readonly territories: readonly Territory[];
}

async function run(
  project: Project,
  environment: string | undefined,
  context: Context,
  needed: readonly string[] = [],
  given?: readonly Result[],
): Promise<Run> {
  const results = given ?? (await runProject(project, context));
  for (const name of [environment, ...needed]) checkEnvironment(results, name);
  const all = namedFromHere(territoriesOf(results, project), project.root, context.io.cwd);
  const territories = all.filter((each) => environment === undefined || each.environment === environment);
  return { results, project, territories };
}

function readOutputs(
  territories: readonly Territory[],
  environment: string | undefined,
  read: (folder: string) => readonly TextFile[],
): Side['places'] {
  const known = documentsOf(territories);
  const places = new Map<string, Manifest[]>();
  for (const folder of new Set(territories.map(({ output }) => output))) {
    const own = territories.filter(({ output }) => output === folder);
    const files = read(folder).filter(
      ({ path }) => environment === undefined || own.some(({ prefix }) => path.startsWith(prefix)),
    );
    const placed = byPlace(readTexts(files, known), placeIn(own, folder));
    for (const [place, manifests] of placed) places.set(place, [...(places.get(place) ?? []), ...manifests]);
  }
  return places;
}

/** A side of all that `territories` hold. */
export function sideOf(name: string, territories: readonly Territory[]): Side {
  const places = new Map<string, Manifest[]>();
  for (const { place, manifests } of territories)
    places.set(place, [...(places.get(place) ?? []), ...manifests]);
  return { name, places };
}

/** What is known of the clusters of `territories`, by place. */
export function factsOf(territories: readonly Territory[]): Comparison['clusters'] {
  const found = new Map<string, ClusterFacts>();
  for (const { place, facts } of territories) found.set(place, { ...found.get(place), ...facts });
  return found;
}
