import type { CheckedField } from '../../checked-field';
import { isSchema } from './structural';

/**
 * Requires the conditions at the root of a schema to use only fields that the schema also defines outside the
 * conditions.
 *
 * @source k8s.io/apiextensions-apiserver pkg/apiserver/schema/complete.go validateStructuralCompleteness 1.36
 */
export function complete(schema: CheckedField): void {
  for (const branch of branchesOf(schema)) completeBranch(branch, schema);
}

/** @param spine the schema of the value that the branch describes */
function completeBranch(branch: CheckedField, spine: CheckedField): void {
  for (const below of branchesOf(branch)) completeBranch(below, spine);
  if (isSchema(branch.child('items'))) completePart(branch.child('items'), spine.child('items'));
  for (const property of branch.child('properties').entries)
    completePart(property, spine.child('properties').key(property.name));
}

function completePart(part: CheckedField, spine: CheckedField): void {
  if (isSchema(spine)) completeBranch(part, spine);
  else spine.required(`must be set because ${part.path} constrains it`);
}

function branchesOf(schema: CheckedField): CheckedField[] {
  const lists = ['allOf', 'anyOf', 'oneOf'].flatMap((name) => schema.child(name).items);
  return [...lists, schema.child('not')].filter(isSchema);
}
