import { CONSTRUCT_ANNOTATION, SOURCE_ANNOTATION } from '../manifest/annotations';
import { isEncrypted } from '../manifest/encrypted';
import type { KubeObject, Manifest, Origin } from '../manifest/manifest';
import { emitDocuments } from '../manifest/yaml/emit';
import type { LayoutOptions } from './layout';

/**
 * The content of each file of `layout`: one YAML document per manifest. With `annotations: 'construct'` each
 * object names in its own `metadata.annotations` the construct and the line that created it; pod templates do not,
 * since a moved line must not replace pods.
 *
 * @throws SeaworthyError UNWRITABLE_STRING, as `emitDocuments` does.
 */
export function render(
  files: ReadonlyMap<string, readonly Manifest[]>,
  options: Pick<LayoutOptions, 'annotations'> = {},
): Map<string, string> {
  const object = (manifest: Manifest): KubeObject => rendered(manifest, options);
  return new Map([...files].map(([path, manifests]) => [path, emitDocuments(manifests.map(object))]));
}

/** The object as it is written. */
export function rendered(
  manifest: Manifest,
  { annotations }: Pick<LayoutOptions, 'annotations'>,
): KubeObject {
  // What SOPS has signed is written as it is.
  return annotations === 'construct' && !isEncrypted(manifest.object) ? annotated(manifest) : manifest.object;
}

function annotated({ object, origin }: Manifest): KubeObject {
  const provenance = annotationsOf(origin);
  if (Object.keys(provenance).length === 0) return object;
  const annotations = sorted({ ...object.metadata.annotations, ...provenance });
  return { ...object, metadata: sorted({ ...object.metadata, annotations }) };
}

function annotationsOf(origin: Origin = {}): Record<string, string> {
  return {
    ...(origin.construct === undefined ? {} : { [CONSTRUCT_ANNOTATION]: origin.construct }),
    ...(origin.source === undefined ? {} : { [SOURCE_ANNOTATION]: origin.source }),
  };
}

/** `map` with its keys sorted by code unit, as `plain` sorts them. */
function sorted<T>(map: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
}
