import { isDefinition } from '../../apiserver/admission/custom/is-definition';
import { asWritten } from '../../apiserver/update/as-written';
import { isPlainRecord } from '../../manifest/data';
import { Scopes, withoutNamespace } from '../../manifest/scopes';
import {
  identify,
  identityKey,
  isGenerated,
  type KubeObject,
  type Manifest,
  type ObjectId,
} from '../../manifest/manifest';
import { withKeys } from '../../manifest/with-keys';
import { ManifestSet } from '../../manifest/set';
import { recordsAt, textAt } from '../fields';
import type { ApiResource, Resources } from '../client/resources';

/** An object as it is sent. */
export interface Target {
  readonly key: string;
  /** In its namespace, without what only a server sets. */
  readonly manifest: Manifest;
  /** How it is addressed; absent where neither the server nor a definition of the set knows its kind. */
  readonly resource?: ApiResource;
}

/**
 * The objects of a set as they are sent: in `namespace` where they name none and live in one.
 */
export async function targetsOf(
  set: ManifestSet,
  namespace: string,
  resources: Resources,
): Promise<readonly Target[]> {
  const scopes = new Scopes([...set].map(({ object }) => object));
  const defined = definedIn(set);
  const placed: (readonly [was: ObjectId, target: Target])[] = [];
  for (const manifest of set) {
    const resource = (await resources.of(manifest.id)) ?? defined.get(kindKey(manifest.id));
    const isNamespaced = resource?.namespaced ?? !scopes.isClusterScoped(manifest.object);
    const written = asWritten(manifest.object) as KubeObject;
    const object = withData(inPlace(written, isNamespaced, namespace));
    const id = identify(object);
    const target = { key: identityKey(id), manifest: { ...manifest, object, id } };
    placed.push([manifest.id, resource === undefined ? target : withKeys(target, { resource })]);
  }
  const ids = new Map(placed.map(([was, { manifest }]) => [identityKey(was), manifest.id]));
  return placed.map(([, target]) => {
    const { after } = target.manifest;
    if (after === undefined) return target;
    const jobs = after.map((id) => ids.get(identityKey(id)) ?? id);
    return { ...target, manifest: { ...target.manifest, after: jobs } };
  });
}

/** The kinds that definitions of the set will serve. */
function definedIn(set: ManifestSet): ReadonlyMap<string, ApiResource> {
  const definitions = [...set].filter(({ object }) => isDefinition(object));
  const resources = definitions.flatMap(({ object }) =>
    recordsAt(object, 'spec', 'versions').map((version): ApiResource => ({
      apiVersion: `${textAt(object, 'spec', 'group')}/${textAt(version, 'name')}`,
      kind: textAt(object, 'spec', 'names', 'kind'),
      plural: textAt(object, 'spec', 'names', 'plural'),
      namespaced: textAt(object, 'spec', 'scope') === 'Namespaced',
    })),
  );
  return new Map(resources.map((resource) => [kindKey(resource), resource]));
}

function kindKey({ apiVersion, kind }: Pick<ObjectId, 'apiVersion' | 'kind'>): string {
  return `${apiVersion} ${kind}`;
}

/**
 * A Secret with its texts as data. A server makes them that, and keeps us for the owner of the texts, so that a key which is
 * no longer applied would stay for ever.
 */
function withData(object: KubeObject): KubeObject {
  const { stringData, ...rest } = object;
  if (object.apiVersion !== 'v1' || object.kind !== 'Secret' || !isPlainRecord(stringData)) return object;
  const texts = Object.entries(stringData);
  // What is no text the server refuses, in its own words.
  if (!texts.every(([, text]) => typeof text === 'string')) return object;
  const encoded = texts.map(([key, text]) => [key, Buffer.from(String(text)).toString('base64')]);
  return {
    ...rest,
    data: { ...(isPlainRecord(rest['data']) && rest['data']), ...Object.fromEntries(encoded) },
  };
}

function inPlace(object: KubeObject, isNamespaced: boolean, namespace: string): KubeObject {
  if (!isNamespaced) return withoutNamespace(object);
  if ((object.metadata.namespace ?? '') !== '') return object;
  return { ...object, metadata: { ...object.metadata, namespace } };
}

/** The targets with what tells objects of the application. */
export function labelled(
  targets: readonly Target[],
  label: (object: KubeObject) => KubeObject,
): readonly Target[] {
  return targets.map((target) => {
    const { manifest } = target;
    return { ...target, manifest: { ...manifest, object: label(manifest.object) } };
  });
}

/** The set of what is sent. */
export function setOf(targets: readonly Target[], { clusters }: ManifestSet): ManifestSet {
  return ManifestSet.from(
    targets.map(({ manifest }) => manifest),
    clusters,
  );
}

/** Whether the server would make up a name, which server-side apply cannot do. */
export function isNameless({ manifest: { object } }: Target): boolean {
  return isGenerated(object) || identify(object).name === '*';
}
