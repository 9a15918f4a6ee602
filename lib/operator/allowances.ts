import { SeaworthyError } from '../errors';
import { namedBy, shortName } from '../cluster/apply/named';
import { takenBy } from '../cluster/apply/named-fields';
import type { ObjectId } from '../manifest/manifest';
import { ALLOWANCES, DRIFT_ANNOTATION, type CustomResource, type DriftMode } from './types';

/** What the annotations of a resource allow. */
export interface Allowances {
  readonly mayLose: (id: ObjectId) => boolean;
  readonly mayRecreate: (id: ObjectId) => boolean;
  readonly mayAdopt: (id: ObjectId) => boolean;
  readonly mayTake: (id: ObjectId, path: string) => boolean;
  readonly drift: DriftMode | undefined;
  /** By which an annotation of the resource names an object: `Deployment/web`, `Deployment/shop/web` of another namespace. */
  readonly nameOf: (id: ObjectId) => string;
}

/** What the annotations allow, or what is wrong with one. */
export function allowancesOf({ metadata }: CustomResource): Allowances | string {
  const listed = (name: string): string[] =>
    (metadata.annotations?.[name] ?? '').split(/[\s,]+/).filter((each) => each !== '');
  const drift = metadata.annotations?.[DRIFT_ANNOTATION];
  if (drift !== undefined && drift !== 'correct' && drift !== 'report')
    return `annotation ${DRIFT_ANNOTATION}: Unsupported value: "${drift}": supported values: "correct", "report"`;
  const named = (name: string): ((id: ObjectId) => boolean) => namedBy(listed(name), name);
  try {
    return {
      mayLose: named(ALLOWANCES.dataLoss),
      mayRecreate: named(ALLOWANCES.recreate),
      mayAdopt: named(ALLOWANCES.adopt),
      mayTake: takenBy(listed(ALLOWANCES.takeOwnership), ALLOWANCES.takeOwnership),
      drift,
      nameOf: (id) => nameFrom(metadata.namespace, id),
    };
  } catch (error) {
    if (!(error instanceof SeaworthyError)) throw error;
    const [{ path, message, hint }] = error.problems;
    return [`annotation ${path ?? ''}: ${message}`, hint].filter((each) => each !== undefined).join('. ');
  }
}

function nameFrom(own: string | undefined, id: ObjectId): string {
  const { kind, namespace, name } = id;
  return namespace === undefined || namespace === own ? shortName(id) : `${kind}/${namespace}/${name}`;
}
