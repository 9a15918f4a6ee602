import { ANNOTATIONS_MAX_BYTES, annotationsSize, type Labels } from '../../kube/labels';
import { isPlainRecord, ownValue, type PlainRecord } from '../../manifest/data';
import { jsonText, readJsonText } from '../../manifest/json-text';
import type { FieldError } from '../admission/review';

/** The annotation in which kubectl keeps what was applied. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** What kubectl last applied to an object of a cluster; `undefined` if that was not kubectl. */
export function lastApplied({ metadata }: PlainRecord): PlainRecord | undefined {
  const text = ownValue(ownValue(metadata, 'annotations'), LAST_APPLIED);
  if (typeof text !== 'string') return undefined;
  try {
    const value = readJsonText(text);
    return isPlainRecord(value) ? value : undefined;
  } catch {
    // Another client wrote it; kubectl itself would stop here.
    return undefined;
  }
}

/**
 * An object as kubectl sends it: with annotations, since what it applies is one of them.
 *
 * @source k8s.io/kubectl pkg/util/apply.go GetModifiedConfiguration 1.36
 */
export function withAnnotations(object: PlainRecord): PlainRecord {
  const metadata = isPlainRecord(object['metadata']) ? object['metadata'] : {};
  return { ...object, metadata: { ...metadata, annotations: metadata['annotations'] ?? {} } };
}

/** The error for an object that kubectl cannot annotate with itself, since the annotations would have too many bytes. */
export function annotationError(object: PlainRecord): FieldError[] {
  const annotated = withAnnotations(object);
  const annotations = ownValue(annotated['metadata'], 'annotations');
  const own = isPlainRecord(annotations) ? Object.entries(annotations) : [];
  const texts = own.map(([key, value]) => [key, String(value)]);
  const all = Object.fromEntries([...texts, [LAST_APPLIED, `${jsonText(annotated)}\n`]]) as Labels;
  if (annotationsSize(all) === undefined) return [];
  return [
    {
      reason: 'too-long',
      path: 'metadata.annotations',
      message: `Too long: may not be more than ${ANNOTATIONS_MAX_BYTES} bytes, and kubectl apply adds the object itself to the annotations`,
      hint: 'Apply it with kubectl apply --server-side.',
    },
  ];
}
