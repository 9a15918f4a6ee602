import { scopeOf } from '../../../kube/kinds';
import { ANNOTATIONS_MAX_BYTES } from '../../../kube/labels';
import { LAST_APPLIED, lastAppliedSize } from '../../../kube/last-applied';
import { Field } from '../../../manifest/field';
import { jsonBound, jsonText } from '../../../manifest/json-text';
import type { KubeObject } from '../../../manifest/manifest';
import type { Rule } from '../../rule';

/** Argo CD's own way to say that it applies an object on the server. */
const SYNC_OPTIONS = 'argocd.argoproj.io/sync-options';

export const tooLargeToApply: Rule = {
  name: 'manifest/too-large-to-apply',
  severity: 'warning',
  about:
    'Finds objects that kubectl apply cannot apply on the client side, because their annotations together would be larger than 262,144 bytes.',
  why: 'On the client side, kubectl apply stores the whole object in an annotation, which the API server rejects. Argo CD does the same by default.',
  run({ set }, report) {
    const bounds = new Map<unknown, number>();
    for (const manifest of set) {
      if (isSmall(manifest.object, bounds)) continue;
      const size = annotationsOf(manifest.object);
      if (size <= ANNOTATIONS_MAX_BYTES) continue;
      const message = `is too large for kubectl apply on the client side: its annotations would take ${size} bytes, and the API server accepts ${ANNOTATIONS_MAX_BYTES}`;
      report(manifest, '', message, HINT);
    }
  },
};

const HINT =
  'Use kubectl apply --server-side; in Argo CD, the sync option ServerSideApply=true. Or split the object.';

/** A character takes at most six bytes escaped, and three as it is, in an annotation of its own. */
const SMALL = ANNOTATIONS_MAX_BYTES / 10;

/** More than the names of the fields take that are added. */
const ADDED = 200;

/**
 * Whether an object is too small to matter, by the most that it can take as JSON: few are not. Objects of files share
 * fields, which are looked at once.
 */
function isSmall(object: KubeObject, bounds: Map<unknown, number>): boolean {
  let size = ADDED;
  for (const [key, value] of Object.entries(object)) {
    let bound = bounds.get(value);
    if (bound === undefined) bounds.set(value, (bound = jsonBound(value, SMALL)));
    size += 6 * key.length + bound;
    if (size >= SMALL) return false;
  }
  return true;
}

/** The size of all annotations that the object would have, by keys and values; 0 where nobody adds one. */
function annotationsOf(object: KubeObject): number {
  // An author may write `annotations:` without a value.
  const own = Field.root(object).at('metadata', 'annotations').record;
  if (String(own[SYNC_OPTIONS]).includes('ServerSideApply=true')) return 0;
  const { [LAST_APPLIED]: _, ...annotations } = own;
  const isOfNone = scopeOf(object.apiVersion, object.kind) === 'Cluster';
  const namespace = object.metadata.namespace ?? (isOfNone ? undefined : 'default');
  const metadata = { ...object.metadata, annotations, ...(namespace !== undefined && { namespace }) };
  const json = jsonText({ ...object, metadata });
  if (json.length < SMALL) return 0;
  let size = LAST_APPLIED.length + lastAppliedSize(json);
  for (const [key, value] of Object.entries(annotations))
    size += Buffer.byteLength(key) + Buffer.byteLength(String(value));
  return size;
}
