import { SeaworthyError } from '../../errors';
import { applySetId, applySetParentMarks, APPLYSET } from '../../kube/applyset';
import { formatId, groupOf, type KubeObject, type ObjectId } from '../../manifest/manifest';
import type { ApiResource } from '../client/resources';
import { at, textAt } from '../fields';

/** The resource of the records of applications: the kind that kubectl takes where a name alone says which ApplySet. */
export const SECRETS: ApiResource = { apiVersion: 'v1', kind: 'Secret', plural: 'secrets', namespaced: true };

/** Type of the Secret that is the record of an application. */
export const RECORD_TYPE = 'seaworthy.dev/application';

/**
 * What the record says of who manages the set. The version is that of how it is kept, not that of the package: an upgrade
 * alone changes no object.
 */
const TOOL = 'seaworthy';
const TOOLING = `${TOOL}/v1`;

/** Annotation of the record: the environment that was applied, where the objects name one. */
const ENVIRONMENT = 'seaworthy.dev/environment';

/** An application: names of applications are unique in a namespace. */
export interface AppName {
  readonly name: string;
  /** That of its record; its objects may be in others. */
  readonly namespace: string;
}

/** Where members of an ApplySet are: objects with its label of any other kind, or elsewhere, are not found. */
export interface Reach {
  /** `Deployment.apps`, `Secret`. */
  readonly kinds: ReadonlySet<string>;
  readonly namespaces: ReadonlySet<string>;
}

/**
 * The identity of the record of an application, which is the parent of its ApplySet.
 *
 * @throws SeaworthyError INVALID_NAME
 */
export function recordId({ name, namespace }: AppName): ObjectId & { readonly namespace: string } {
  if (!/^[a-z0-9]([-a-z0-9]{0,51}[a-z0-9])?$/.test(name))
    throw new SeaworthyError({
      code: 'INVALID_NAME',
      path: 'name',
      message: `Invalid value: "${name}": the name of an application has up to 53 lower case letters, digits and '-', and begins and ends with a letter or digit`,
    });
  // Names of applications have no dots, so that no other object of ours has this name; an app seldom has one like it.
  return { apiVersion: 'v1', kind: 'Secret', namespace, name: `${TOOL}.${name}` };
}

/** The name of the application that a Secret is the record of; undefined for any other. */
export function appNameOf({ metadata: { name = '', annotations } }: KubeObject): string | undefined {
  const isOurs = annotations?.[APPLYSET.tooling]?.startsWith(`${TOOL}/`) === true;
  return isOurs && name.startsWith(`${TOOL}.`) ? name.slice(TOOL.length + 1) : undefined;
}

/** The labels and annotations of the record of an application with objects within `reach`. */
export function marksOf(id: ObjectId, { kinds, namespaces }: Reach): ReturnType<typeof applySetParentMarks> {
  const anywhere = [...kinds].map((each) => ({ ...kindIn(each), name: '' }));
  const inside = anywhere
    .slice(0, 1)
    .flatMap((each) => [...namespaces].map((namespace) => ({ ...each, namespace })));
  return applySetParentMarks(id, [...anywhere, ...inside], TOOLING);
}

/**
 * What a record says of where the members are.
 *
 * @throws SeaworthyError CLUSTER_NOT_OURS for a Secret that is no record of this application
 */
export function reachOf(record: KubeObject, id: ObjectId): Reach {
  const tooling = annotation(record, APPLYSET.tooling);
  if (tooling === '')
    throw notOurs(id, 'it exists, and is not the record of an application', 'Rename it, or the application.');
  const tool = tooling.includes('/') ? tooling.slice(0, tooling.lastIndexOf('/')) : tooling;
  if (tool !== TOOL)
    throw notOurs(
      id,
      `it is the parent of an ApplySet that ${tool} manages`,
      'Choose another name for the application, or apply it with that tool.',
    );
  const own = textAt(record, 'metadata', 'labels', APPLYSET.id);
  if (own !== applySetId(id))
    throw notOurs(
      id,
      `its label ${APPLYSET.id} is "${own}", and not "${applySetId(id)}": it was copied from another place`,
      'Delete it: no object is lost by that, and the next apply writes a new one.',
    );
  return {
    kinds: new Set(listIn(annotation(record, APPLYSET.groupKinds))),
    namespaces: new Set(listIn(annotation(record, APPLYSET.namespaces))),
  };
}

/**
 * The annotation of a record that says which environment its objects are of.
 *
 * @param record what there is already
 * @throws SeaworthyError CLUSTER_OTHER_APP where it is that of another environment
 */
export function environmentMark(
  record: KubeObject | undefined,
  id: ObjectId,
  environment: string | undefined,
): Record<string, string> {
  const own = record === undefined ? '' : annotation(record, ENVIRONMENT);
  if (environment !== undefined && own !== '' && own !== environment)
    throw new SeaworthyError({
      code: 'CLUSTER_OTHER_APP',
      place: formatId(id),
      message: `the application has the objects of environment ${own}, and not of ${environment}`,
      hint: 'Give the environments namespaces of their own, or names: --name.',
    });
  return environment === undefined ? {} : { [ENVIRONMENT]: environment };
}

/** The kinds and namespaces of objects. */
export function reachTo(ids: Iterable<ObjectId>): Reach {
  const kinds = new Set<string>();
  const namespaces = new Set<string>();
  for (const { apiVersion, kind, namespace } of ids) {
    const group = groupOf(apiVersion);
    kinds.add(group === '' ? kind : `${kind}.${group}`);
    if (namespace !== undefined) namespaces.add(namespace);
  }
  return { kinds, namespaces };
}

/** Both together. */
export function widened(one: Reach, other: Reach): Reach {
  return {
    kinds: new Set([...one.kinds, ...other.kinds]),
    namespaces: new Set([...one.namespaces, ...other.namespaces]),
  };
}

/** The group and kind in `Deployment.apps`, as of an object of some version. */
export function kindIn(groupKind: string): { readonly apiVersion: string; readonly kind: string } {
  const dot = groupKind.indexOf('.');
  if (dot < 0) return { apiVersion: 'v1', kind: groupKind };
  return { apiVersion: `${groupKind.slice(dot + 1)}/v1`, kind: groupKind.slice(0, dot) };
}

function annotation(object: KubeObject, name: string): string {
  const value = at(object, 'metadata', 'annotations', name);
  return typeof value === 'string' ? value : '';
}

function listIn(value: string): string[] {
  return value.split(',').filter((each) => each !== '');
}

function notOurs(id: ObjectId, message: string, hint: string): SeaworthyError {
  return new SeaworthyError({ code: 'CLUSTER_NOT_OURS', place: formatId(id), message, hint });
}
