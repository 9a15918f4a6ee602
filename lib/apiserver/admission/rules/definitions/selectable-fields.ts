import type { CheckedField } from '../../checked-field';

const MOST = 8;
const TYPES = ['string', 'boolean', 'integer'];

/**
 * The fields by which objects can be selected (KEP-4358): scalars of the schema, none of metadata.
 *
 * @source k8s.io/apiextensions-apiserver pkg/apis/apiextensions/validation/validation.go ValidateCustomResourceSelectableFields 1.36
 */
export function selectableFields(list: CheckedField, schema: CheckedField): void {
  const seen = new Set<string>();
  for (const item of list.items) {
    const path = item.child('jsonPath');
    if (!path.needs()) continue;
    const found = schemaAt(path.text, schema);
    if (found === undefined) {
      path.invalid('must be the path of a field that the schema has, such as .spec.color');
      continue;
    }
    if (/^\.metadata(\.|$)/.test(path.text)) path.invalid('must not lead into metadata');
    if (!TYPES.includes(found.child('type').text))
      path.invalid('must lead to a string, a boolean or an integer');
    if (seen.has(path.text)) path.duplicate();
    seen.add(path.text);
  }
  if (seen.size > MOST) list.tooMany(MOST);
}

/** The schema that a path of names leads to. */
function schemaAt(path: string, schema: CheckedField): CheckedField | undefined {
  if (!/^(\.[^.[\]]+)+$/.test(path)) return undefined;
  let found = schema;
  for (const name of path.slice(1).split('.')) {
    const properties = found.child('properties');
    found = properties.size > 0 ? properties.key(name) : found.child('additionalProperties');
    if (typeof found.value !== 'object') return undefined;
  }
  return found;
}
