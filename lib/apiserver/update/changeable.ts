import { CheckedField } from '../admission/checked-field';
import type { Review, FieldError } from '../admission/review';
import { immutableFields } from '../immutable';
import type { FeatureGates } from '../../kube/feature-gates';
import type { PlainRecord } from '../../manifest/data';
import type { KindUpdate } from '../kinds/kind-update';
import { groupKind } from '../kinds/registry';
import { equal } from './equal';

const KEEP = 'Keep it as it is, or delete the object and apply it again, or give the new one another name.';

/** Errors for changes that an update must not make: to the immutable fields of the kind, and by its update rule. */
export function changeable(
  now: PlainRecord,
  was: PlainRecord,
  rule: KindUpdate | undefined,
  gates: FeatureGates,
): readonly FieldError[] {
  const review: Review = { kubernetes: gates.kubernetes, gates, errors: [] };
  const [field, before] = [CheckedField.of(now, review), CheckedField.of(was, review)];
  const kind = groupKind(String(now['apiVersion']), String(now['kind']));
  for (const { path, named = path, refusal } of immutableFields(kind)) {
    const { value } = at(field, path);
    if (equal(value, at(before, path).value)) continue;
    const place = at(field, named).holding(value);
    if (refusal === 'forbidden') place.forbidden('field is immutable', KEEP);
    else place.invalid('field is immutable', KEEP);
  }
  rule?.check?.(field, before);
  return review.errors;
}

function at(root: CheckedField, path: string): CheckedField {
  return path.split('.').reduce((field, name) => field.child(name), root);
}
