import type { KubeObject, Manifest } from '../../manifest/manifest';
import { ownedFields } from '../owned-fields';
import type { PlacedDeployment } from '../target';
import { wavesOf } from '../waves';
import { imagesIn, unbound, type BoundImage } from './images';
import { forSpinnaker } from './objects';
import {
  checkDeployed,
  deployManifest,
  manualJudgment,
  undoRollout,
  type Position,
  type Stage,
} from './stages';

/** What a pipeline deploys to one environment: the objects of each of its Deploy (Manifest) stages. */
export interface Phase {
  readonly deployment: PlacedDeployment;
  readonly account: string;
  readonly waves: readonly (readonly KubeObject[])[];
}

/**
 * The waves of a deployment, each a stage, which ends when all in it is stable. Within one, Spinnaker goes by kinds, but does not
 * wait for a definition to be established: definitions have a stage before the others.
 */
export function phaseOf(deployment: PlacedDeployment, account: string): Phase {
  const waves = wavesOf(deployment);
  const definitions = deployment.manifests.filter(({ id }) => id.kind === 'CustomResourceDefinition');
  const before = new Set(definitions.length === 0 ? [] : [...definitions, ...namespacesIn(deployment)]);
  const numberOf = (each: Manifest): number => (before.has(each) ? -Infinity : (waves.get(each) ?? 0));
  const numbers = [...new Set(deployment.manifests.map(numberOf))].sort((a, b) => (a < b ? -1 : 1));
  const scaled = new Set(
    ownedFields(deployment)
      .filter(({ pointers }) => pointers.includes('/spec/replicas'))
      .map(({ manifest }) => manifest.object),
  );
  return {
    deployment,
    account,
    waves: numbers.map((number) =>
      deployment.manifests
        .filter((each) => numberOf(each) === number)
        .map(({ object }) => forSpinnaker(object, scaled.has(object))),
    ),
  };
}

function namespacesIn({ manifests }: PlacedDeployment): readonly Manifest[] {
  return manifests.filter(({ id }) => id.kind === 'Namespace');
}

/** Where the stages of an environment are in their pipeline, and what is bound in them. */
export interface Place {
  readonly application: string;
  readonly images: ReadonlyMap<string, BoundImage>;
  /** The last stage of the environment before. @default it is the first one */
  readonly previous: string | undefined;
  /** Whether somebody has to agree first. */
  readonly isJudged: boolean;
  /** Numbers that are not taken. */
  readonly nextId: () => string;
}

/**
 * The stages of an environment: the judgment, its waves, a rollback of each Deployment where one of them failed, and a check that
 * ends the pipeline then.
 */
export function stagesOf({ deployment, account, waves }: Phase, place: Place): readonly Stage[] {
  const { application, images, nextId } = place;
  const environment = deployment.environment ?? deployment.name;
  const stages: Stage[] = [];
  const add = (name: string, after: readonly string[], make: (position: Position) => Stage): string => {
    const refId = nextId();
    stages.push(make({ name, refId, after }));
    return refId;
  };
  const judged = place.isJudged
    ? add(`Judge ${environment}`, some(place.previous), (position) =>
        manualJudgment(position, `Deploys ${deployment.app ?? application} to ${environment}.`),
      )
    : place.previous;
  const deploys: string[] = [];
  for (const [index, objects] of waves.entries()) {
    const previous = deploys.at(-1);
    const count = waves.length === 1 ? '' : ` (${index + 1} of ${waves.length})`;
    const artifacts = [...new Set(objects.flatMap(imagesIn))].filter((each) => images.has(each)).sort();
    const manifests = objects.map((object) => unbound(object, images));
    deploys.push(
      add(`Deploy ${environment}${count}`, some(previous ?? judged), (position) =>
        deployManifest(position, { application, account, manifests, artifacts, previous }),
      ),
    );
  }
  const last = deploys.at(-1) ?? '';
  const undone = waves.flatMap((objects, index) =>
    objects
      .filter(canBeUndone)
      .map(({ metadata: { namespace = 'default', name = '' } }) =>
        add(`Undo ${namespace}/${name} in ${environment}`, [last], (position) =>
          undoRollout(position, { account, namespace, name, deployedBy: deploys[index] ?? '', last }),
        ),
      ),
  );
  add(`Check ${environment}`, [last, ...undone], (position) => checkDeployed(position, last));
  return stages;
}

/** A Deployment that keeps no former revision has none to go back to. */
function canBeUndone({ apiVersion, kind, spec }: KubeObject): boolean {
  if (kind !== 'Deployment' || !apiVersion.startsWith('apps/')) return false;
  return (spec as { revisionHistoryLimit?: unknown } | undefined)?.revisionHistoryLimit !== 0;
}

function some(refId: string | undefined): readonly string[] {
  return refId === undefined ? [] : [refId];
}
