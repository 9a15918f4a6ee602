import { isDeepStrictEqual } from 'node:util';
import { push } from '../../kube/grouped';
import { isPlainRecord } from '../../manifest/data';
import { isEncrypted } from '../../manifest/encrypted';
import { identityKey, type Manifest, type ObjectId } from '../../manifest/manifest';
import { emitYaml } from '../../manifest/yaml/emit';
import type { Deployment } from '../target';
import { operationsText } from './kustomization';
import { patchBetween, patched, type Operation } from './json-patch';

/** What the environments of an app share. */
export interface Shared {
  /** The objects of the base, in the order of the first environment. */
  readonly base: readonly Manifest[];
  /** The manifests, of all environments, of objects that are in the base. */
  readonly covered: ReadonlySet<Manifest>;
  /** What makes the object of the base that of a manifest. */
  readonly patches: ReadonlyMap<Manifest, readonly Operation[]>;
}

/**
 * The objects that every one of some deployments has with the same content; none of a single one.
 *
 * @param mayDiffer whether also those that differ in few fields; the base has the content that most environments have
 */
export function sharedBy(deployments: readonly Deployment[], mayDiffer = false): Shared {
  const shared = {
    base: [] as Manifest[],
    covered: new Set<Manifest>(),
    patches: new Map<Manifest, readonly Operation[]>(),
  };
  if (deployments.length < 2) return shared;
  const uses = new Map<string, Manifest[]>();
  for (const { manifests } of deployments)
    for (const manifest of manifests)
      push(
        uses,
        JSON.stringify([manifest.id.apiVersion, identityKey(manifest.id), manifest.origin?.chart]),
        manifest,
      );
  const ambiguous = sharedNames(deployments);
  for (const same of uses.values()) {
    const mayBePatched =
      mayDiffer && !same.some(({ id }) => id.namespace === undefined && ambiguous.has(nameOf(id)));
    const found = same.length === deployments.length ? inCommon(same, mayBePatched) : undefined;
    if (found === undefined) continue;
    shared.base.push(found.base);
    for (const manifest of same) shared.covered.add(manifest);
    for (const [manifest, operations] of found.patches) shared.patches.set(manifest, operations);
  }
  return shared;
}

const nameOf = ({ apiVersion, kind, name }: ObjectId): string => `${apiVersion} ${kind} ${name}`;

/** The names that objects have in several namespaces: a patch of one in none would be for all of them. */
function sharedNames(deployments: readonly Deployment[]): ReadonlySet<string> {
  const namespaces = new Map<string, string | undefined>();
  const several = new Set<string>();
  for (const { id } of deployments.flatMap(({ manifests }) => manifests)) {
    const name = nameOf(id);
    if (namespaces.has(name) && namespaces.get(name) !== id.namespace) several.add(name);
    namespaces.set(name, id.namespace);
  }
  return several;
}

interface InCommon {
  readonly base: Manifest;
  readonly patches: ReadonlyMap<Manifest, readonly Operation[]>;
}

/** What the manifests of one object have in common; undefined where they do not have enough. */
function inCommon(manifests: readonly Manifest[], mayDiffer: boolean): InCommon | undefined {
  const byText = new Map<string, Manifest[]>();
  for (const manifest of manifests) push(byText, emitYaml(manifest.object), manifest);
  const [[text, [base]], ...others] = [...byText].sort(([, a], [, b]) => b.length - a.length) as [
    [string, [Manifest]],
    ...[string, Manifest[]][],
  ];
  const patches = new Map<Manifest, readonly Operation[]>();
  if (others.length > 0 && (!mayDiffer || manifests.some(({ object }) => isEncrypted(object))))
    return undefined;
  for (const [, same] of others) {
    for (const manifest of same) {
      const operations = patchBetween(base.object, manifest.object);
      // What differs in more than half is read more easily in whole.
      const isLong = operationsText(operations).length * 2 > text.length;
      if (isLong || !isExact(base, operations, manifest)) return undefined;
      patches.set(manifest, operations);
    }
  }
  // Files are laid out by where an object is from.
  const [first] = manifests;
  return { base: { ...base, ...(first?.origin !== undefined && { origin: first.origin }) }, patches };
}

/** Whether Kustomize gives back what is patched: it drops what is null. */
function isExact(base: Manifest, operations: readonly Operation[], { object }: Manifest): boolean {
  return (
    !operations.some((each) => each.op !== 'remove' && hasNull(each.value)) &&
    isDeepStrictEqual(patched(base.object, operations), object)
  );
}

function hasNull(value: unknown): boolean {
  if (value === null) return true;
  if (Array.isArray(value)) return value.some(hasNull);
  return isPlainRecord(value) && Object.values(value).some(hasNull);
}
