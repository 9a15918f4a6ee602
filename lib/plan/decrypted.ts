import { isPlainRecord } from '../manifest/data';
import { isEncrypted } from '../manifest/encrypted';
import type { KubeObject } from '../manifest/manifest';
import { ManifestSet } from '../manifest/set';

/**
 * The set as Flux applies it: a Secret that SOPS has encrypted is decrypted before an API server sees it. Its values are not
 * known here, so that their cipher text stands for them: where that changes, so may they.
 */
export function decrypted(set: ManifestSet): ManifestSet {
  if (!set.manifests.some(({ object }) => isSecret(object))) return set;
  const manifests = set.manifests.map((manifest) =>
    isSecret(manifest.object) ? { ...manifest, object: asSecret(manifest.object) } : manifest,
  );
  return ManifestSet.from(manifests, set.clusters);
}

function isSecret(object: KubeObject): boolean {
  return object.apiVersion === 'v1' && object.kind === 'Secret' && isEncrypted(object);
}

function asSecret(object: KubeObject): KubeObject {
  const { sops: _, stringData, ...rest } = object as KubeObject & { readonly sops?: unknown };
  const values = { ...record(object['data']), ...record(stringData) };
  const data = Object.entries(values).map(([key, value]) => [
    key,
    Buffer.from(String(value)).toString('base64'),
  ]);
  return { ...rest, data: Object.fromEntries(data) as Readonly<Record<string, string>> };
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return isPlainRecord(value) ? value : {};
}
