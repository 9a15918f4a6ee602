import { SeaworthyError } from '../../errors';
import type { Manifest } from '../../manifest/manifest';
import { formerGenerations, isFormer } from '../../output/generations';
import { namedFrom } from '../files/sources';
import { openProject, orNameFiles, type Project } from '../project/project';
import { runProject } from '../run/app';
import { checkEnvironment } from '../run/environment';
import type { Context } from '../terminal/context';
import type { PlanFlags } from './flags';
import { Repository } from './git';
import { outputAt, outputOnDisk } from './output';
import { byPlace, readTexts, type Comparison, type Side, type TextFile } from './side';
import {
  documentsOf,
  namedFromHere,
  placeIn,
  territoriesOf,
  type ClusterFacts,
  type Territory,
} from '../files/territories';

const FOLDERS = 'To compare files or folders, name both: seaworthy plan before/ after/.';

/** Compares the manifests of the app with its output: on disk, or with --base at a revision. */
export async function appAgainstOutput(options: PlanFlags, context: Context): Promise<Comparison> {
  const { cwd, env } = context.io;
  const { base } = options;
  const project = orNameFiles(FOLDERS, () => openProject(options, context));
  refuseTargets(project, cwd);
  // An unknown revision is reported before the app runs.
  const repository = base === undefined ? undefined : new Repository(project.root, env);
  if (base !== undefined) repository?.commit(base);
  const territories = await run(project, options.environment, context);
  const read = (folder: string): readonly TextFile[] =>
    base === undefined || repository === undefined
      ? outputOnDisk(folder, cwd)
      : outputAt(base, folder, repository);
  const places = readOutputs(territories, options.environment, read);
  const folder = `${namedFrom(cwd, project.output)}/`;
  return {
    before: { name: base ?? folder, places },
    after: sideOf('the app', withFormer(territories, places)),
    clusters: factsOf(territories),
  };
}

/** Folders compare well: each target writes the objects as its deployer applies them. */
function refuseTargets({ targets: [first] = [], output }: Project, cwd: string): void {
  if (first === undefined) return;
  const folder = namedFrom(cwd, output);
  throw new SeaworthyError({
    code: 'USAGE',
    message: `${folder}/ holds what targets wrote, which plan compares as folders only`,
    hint: `Run seaworthy synth --output new, then seaworthy plan ${folder}/${first.name}/ new/${first.name}/.`,
  });
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
  const territories = await run(openProject(options, context), undefined, context, [one, other]);
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

async function run(
  project: Project,
  environment: string | undefined,
  context: Context,
  needed: readonly string[] = [],
): Promise<Territory[]> {
  const results = await runProject(project, context);
  for (const name of [environment, ...needed]) checkEnvironment(results, name);
  return namedFromHere(territoriesOf(results, project), project.root, context.io.cwd).filter(
    (territory) => environment === undefined || territory.environment === environment,
  );
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
