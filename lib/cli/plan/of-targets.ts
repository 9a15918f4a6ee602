import { oneOf, type Problem } from '../../errors';
import { isFor } from '../../gitops/gitops';
import {
  isBelow,
  recordedDeployments,
  writesObjects,
  writtenDeployments,
  type WrittenDeployment,
} from '../../gitops/objects';
import { withPatches } from '../../gitops/kustomize/built';
import { TARGET_NAMES } from '../../gitops/registry';
import type { Deployment, TargetChoice } from '../../gitops/target';
import { grouped } from '../../kube/grouped';
import { identityKey, type Manifest } from '../../manifest/manifest';
import { emitYaml } from '../../manifest/yaml/emit';
import type { Known, Territory } from '../files/territories';
import type { Project } from '../project/project';
import { deploymentsOf, repositoryAt } from '../run/deployments';
import type { Result } from '../run/results';
import { readTexts, type TextFile } from './side';

type Places = Map<string, readonly Manifest[]>;

/** Both sides of a comparison with what targets wrote. */
export interface TargetSides {
  readonly before: Places;
  readonly after: Places;
  /** The places that were compared with what a target wrote, by its name. */
  readonly targets: ReadonlyMap<string, readonly string[]>;
  /** The places that targets write, but not so that they could be compared. */
  readonly problems: readonly Problem[];
  /** The places that no target is for. */
  readonly unwritten: readonly Problem[];
}

interface Compared {
  readonly results: readonly Result[];
  readonly project: Project;
  /** What the app synthesizes, with the lines of its code. */
  readonly territories: readonly Territory[];
  /** The one environment to compare. */
  readonly environment: string | undefined;
  /** The files of an output. */
  readonly read: (folder: string) => readonly TextFile[];
}

/**
 * What is compared of an app that targets are written for: of each environment what the first target wrote that writes plain
 * objects, and what it would write.
 *
 * @throws SeaworthyError CONFIG_INVALID where a target lacks something; INVALID_YAML, NOT_AN_OBJECT, NO_OUTPUT
 */
export async function targetSides(compared: Compared): Promise<TargetSides> {
  const { results, project } = compared;
  const sides = noSides();
  const origins = new Map(compared.territories.map(({ place, manifests }) => [place, byKey(manifests)]));
  for (const [output, own] of grouped(results, ({ outdir }) => outdir ?? project.output)) {
    const deployments = own.flatMap((result) => deploymentsOf(result, project));
    const written = await writtenFor(deployments, output, project);
    const files = compared.read(output);
    for (const deployment of deployments) {
      if (compared.environment !== undefined && deployment.environment !== compared.environment) continue;
      const found = chosenFor(deployment, written, files);
      if (found === undefined) addNotCompared(sides, deployment, project.targets ?? []);
      else addDeployment(sides, placeOf(deployment), found, files, origins.get(placeOf(deployment)));
    }
    if (compared.environment === undefined) addRemoved(sides, files, project);
  }
  return sides;
}

/**
 * What targets wrote of each deployment, by what is recorded alone.
 *
 * @throws SeaworthyError INVALID_YAML, NOT_AN_OBJECT
 */
export function recordedSide(files: readonly TextFile[], project: Project, known: Known): Places {
  const sides = noSides();
  addRemoved(sides, files, project, known);
  return sides.before;
}

const noSides = (): Sides => ({
  before: new Map(),
  after: new Map(),
  targets: new Map(),
  problems: [],
  unwritten: [],
});

interface Sides extends TargetSides {
  readonly targets: Map<string, string[]>;
  readonly problems: Problem[];
  readonly unwritten: Problem[];
}

interface Written extends WrittenDeployment {
  readonly choice: TargetChoice;
}

async function writtenFor(
  deployments: readonly Deployment[],
  output: string,
  project: Project,
): Promise<Written[]> {
  const { targets = [], placement = {} } = project;
  const input = { deployments, repository: repositoryAt(output, project), placement };
  const written: Written[] = [];
  for (const choice of targets.filter(writesObjects))
    written.push(...(await writtenDeployments(input, choice)).map((each) => ({ ...each, choice })));
  return written;
}

/** What was written before counts, where a target has been added. */
function chosenFor(
  { app, environment }: Deployment,
  written: readonly Written[],
  files: readonly TextFile[],
): Written | undefined {
  const own = written.filter(
    ({ deployment }) => deployment.app === app && deployment.environment === environment,
  );
  return (
    own.find(({ deployment: { folder } }) => files.some(({ path }) => isBelow(path, [folder]))) ?? own[0]
  );
}

function addDeployment(
  sides: Sides,
  place: string,
  { choice, folders, texts, objects }: Written,
  files: readonly TextFile[],
  origins: ReadonlyMap<string, Manifest> = new Map(),
): void {
  const known: Known = new Map();
  for (const object of objects) known.set(emitYaml(object), [{ value: object, line: 1 }]);
  const now = [...texts].map(([path, text]) => ({ path, shown: path, text }));
  const after = objectsIn(now, folders, known).map((manifest): Manifest => {
    const { origin: _, ...read } = manifest;
    return { ...origins.get(identityKey(manifest.id)), ...read };
  });
  add(sides, place, choice.name, objectsIn(files, folders, known));
  sides.after.set(place, after);
}

/** Adds what is recorded of environments and apps that there are no more. */
function addRemoved(
  sides: Sides,
  files: readonly TextFile[],
  { targets = [], placement = {} }: Project,
  known: Known = new Map(),
): void {
  const paths = files.map(({ path }) => path);
  const uncompared = new Set(sides.problems.map(({ place }) => place));
  for (const choice of targets.filter(writesObjects)) {
    for (const recorded of recordedDeployments(paths, choice, placement)) {
      const place = placeOf(recorded);
      if (sides.before.has(place) || uncompared.has(place)) continue;
      add(sides, place, choice.name, objectsIn(files, recorded.folders, known));
    }
  }
}

function add(
  { before, targets }: Sides,
  place: string,
  target: string,
  manifests: readonly Manifest[],
): void {
  before.set(place, manifests);
  targets.set(target, [...(targets.get(target) ?? []), place]);
}

/** The objects in some folders of an output. */
function objectsIn(
  files: readonly TextFile[],
  folders: readonly string[],
  known: Known,
): readonly Manifest[] {
  const own = files.filter(({ path }) => isBelow(path, folders) && !path.endsWith('/kustomization.yaml'));
  const manifests = readTexts(own, known).flatMap((file) => file.manifests);
  const overlay = files.find(({ path }) => path === `${folders.at(-1) ?? ''}/kustomization.yaml`);
  return overlay === undefined ? manifests : withPatches(manifests, overlay.text, overlay.shown);
}

function byKey(manifests: readonly Manifest[]): ReadonlyMap<string, Manifest> {
  return new Map(manifests.map((manifest) => [identityKey(manifest.id), manifest]));
}

function placeOf({ app, environment }: Pick<Deployment, 'app' | 'environment'>): string {
  return [app, environment].filter((name) => name !== undefined && name !== '').join('/');
}

function addNotCompared(sides: Sides, deployment: Deployment, targets: readonly TargetChoice[]): void {
  const own = targets.filter((choice) => isFor(choice, deployment)).map(({ name }) => name);
  (own.length === 0 ? sides.unwritten : sides.problems).push(notCompared(deployment, own));
}

function notCompared(deployment: Deployment, own: readonly string[]): Problem {
  const comparable = TARGET_NAMES.filter((name) => writesObjects({ name, options: {} }));
  return {
    code: 'NO_OUTPUT',
    place: placeOf(deployment) || 'the app',
    path: 'seaworthy.targets',
    message:
      own.length === 0
        ? 'not compared: no target writes it'
        : `not compared: only ${own.join(' and ')} write${own.length === 1 ? 's' : ''} it, and not as plain objects`,
    hint:
      `Add a target that writes plain objects: ${oneOf(comparable)}. ` +
      'Or compare what is rendered, such as by helm template: seaworthy plan before.yaml after.yaml.',
  };
}
