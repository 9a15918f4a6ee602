import { LABEL_MAX_LENGTH, qualifiedName } from './names';

/** A map of labels or annotations. */
export type Labels = Readonly<Record<string, string>>;

/** `metav1.LabelSelector`. */
export interface LabelSelector {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly LabelSelectorRequirement[];
}

export interface LabelSelectorRequirement {
  readonly key: string;
  /** `In`, `NotIn`, `Exists` or `DoesNotExist`. */
  readonly operator: string;
  readonly values?: readonly string[];
}

/**
 * Maximum total size in bytes of the keys and values of an object's annotations: 256 KiB.
 *
 * @source k8s.io/apimachinery pkg/api/validation/objectmeta.go TotalAnnotationSizeLimitB 1.36
 */
export const ANNOTATIONS_MAX_BYTES = 256 * 1024;

/**
 * The key of a label: up to 63 characters after an optional DNS prefix.
 *
 * @source k8s.io/apimachinery pkg/util/validation/validation.go IsQualifiedName 1.36
 */
export function labelKey(key: string): string | undefined {
  return qualifiedName(key);
}

/**
 * The value of a label: up to 63 characters, or empty.
 *
 * @source k8s.io/apimachinery pkg/util/validation/validation.go IsValidLabelValue 1.36
 */
export function labelValue(value: string): string | undefined {
  if (value.length > LABEL_MAX_LENGTH) return `must be no more than ${LABEL_MAX_LENGTH} bytes`;
  if (/^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/.test(value)) return undefined;
  return "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
}

/**
 * The key of an annotation: like a label's, but its prefix may contain upper case letters.
 *
 * @source k8s.io/apimachinery pkg/api/validation/objectmeta.go ValidateAnnotations 1.36
 */
export function annotationKey(key: string): string | undefined {
  return qualifiedName(key.toLowerCase());
}

/**
 * What is wrong with the total size of an object's annotations: keys and values, in UTF-8.
 *
 * @source k8s.io/apimachinery pkg/api/validation/objectmeta.go ValidateAnnotationsSize 1.36
 */
export function annotationsSize(annotations: Labels): string | undefined {
  let bytes = 0;
  for (const [key, value] of Object.entries(annotations))
    bytes += Buffer.byteLength(key) + Buffer.byteLength(value);
  if (bytes <= ANNOTATIONS_MAX_BYTES) return undefined;
  return `must be at most ${ANNOTATIONS_MAX_BYTES} bytes together, keys and values, and are ${bytes}`;
}

/**
 * Whether `selector` selects an object with `labels`. An empty selector selects everything, an absent one nothing. A
 * requirement with an unknown operator, or without the values that its operator needs, selects nothing.
 *
 * @source k8s.io/apimachinery pkg/apis/meta/v1/helpers.go LabelSelectorAsSelector 1.36
 * @source k8s.io/apimachinery pkg/labels/selector.go Requirement.Matches 1.36
 */
export function matches(selector: LabelSelector | undefined, labels: Labels = {}): boolean {
  if (selector === undefined) return false;
  const pairs = Object.entries(selector.matchLabels ?? {});
  if (!pairs.every(([key, value]) => valueOf(labels, key) === value)) return false;
  return (selector.matchExpressions ?? []).every((requirement) => meets(labels, requirement));
}

function meets(labels: Labels, { key, operator, values = [] }: LabelSelectorRequirement): boolean {
  const value = valueOf(labels, key);
  switch (operator) {
    case 'In':
      return value !== undefined && has(values, value);
    case 'NotIn':
      return values.length > 0 && (value === undefined || !has(values, value));
    case 'Exists':
      return values.length === 0 && value !== undefined;
    case 'DoesNotExist':
      return values.length === 0 && value === undefined;
    default:
      return false;
  }
}

const sets = new WeakMap<readonly string[], ReadonlySet<string>>();

/** Whether a value is among others. A long list is read once, however many objects are compared with it. */
function has(values: readonly string[], value: string): boolean {
  if (values.length <= 16) return values.includes(value);
  const set = sets.get(values) ?? new Set(values);
  sets.set(values, set);
  return set.has(value);
}

/** Labels come from YAML, where a key can be `constructor`. */
function valueOf(labels: Labels, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}
