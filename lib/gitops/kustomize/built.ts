import { SeaworthyError } from '../../errors';
import { isPlainRecord, ownValue } from '../../manifest/data';
import { identify, type KubeObject, type Manifest } from '../../manifest/manifest';
import { parseDocuments } from '../../manifest/yaml/parse';
import { patched, type Operation } from './json-patch';
import { isFor, type Patch } from './kustomization';

/**
 * What an overlay that synth wrote makes of its objects and those of its base.
 *
 * @param text the kustomization of the overlay
 * @throws SeaworthyError INVALID_YAML; KUSTOMIZATION_FAILED for a patch that fits no object, as after an edit by hand
 */
export function withPatches(
  manifests: readonly Manifest[],
  text: string,
  source: string,
): readonly Manifest[] {
  const patches = patchesIn(text, source);
  if (patches.length === 0) return manifests;
  const result = [...manifests];
  for (const patch of patches) {
    const index = result.findIndex((each) => isFor(patch, each));
    const found = result[index];
    const [operations] = parseDocuments(patch.patch, { source }).map(({ value }) => value);
    const object =
      found === undefined ? undefined : patched(found.object, operations as readonly Operation[]);
    if (found === undefined || !isPlainRecord(object)) throw fitsNothing(patch, source);
    result[index] = { ...found, object: object as KubeObject, id: identify(object as KubeObject) };
  }
  return result;
}

function patchesIn(text: string, source: string): readonly Patch[] {
  const [value] = parseDocuments(text, { source }).map((document) => document.value);
  const patches = ownValue(value, 'patches');
  return Array.isArray(patches) ? (patches as readonly Patch[]) : [];
}

function fitsNothing({ target }: Patch, source: string): SeaworthyError {
  return new SeaworthyError({
    code: 'KUSTOMIZATION_FAILED',
    place: source,
    message: `the patch of ${target.kind} ${target.name} fits no object of the base`,
    hint: 'Run seaworthy synth, which writes the patches anew.',
  });
}
