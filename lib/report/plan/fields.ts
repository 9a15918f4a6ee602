import type { Change, ChangedField } from '../../plan/change';
import { ownFields } from './drift';

/** The fields of a change, and before them the API version, where it is another one. */
export function fieldsOf({ before, after, fields, replaces, notApplied }: Change): readonly ChangedField[] {
  const [old, now] = [before?.id.apiVersion, after?.id.apiVersion];
  if (
    replaces !== undefined ||
    notApplied !== undefined ||
    old === undefined ||
    now === undefined ||
    old === now
  )
    return fields;
  return [{ path: 'apiVersion', before: old, after: now }, ...fields];
}

/** Whether an object is the same for the server, and written in another API version. */
export function isRaised(change: Change): boolean {
  const { effect, kept, notApplied } = change;
  return effect === 'none' && kept === undefined && notApplied === undefined && fieldsOf(change).length > 0;
}

/** Labels of an object and of the pods that it makes, and annotations that say a version. */
const LABELS =
  /^(spec\.(jobTemplate\.(spec\.)?)?(template\.)?)?metadata\.(labels\b|annotations\[[^\]]*\/version\])/;

/** Whether nothing but labels differs, as after a new version of a chart, and descriptions in a schema. */
export function isOnlyLabels(change: Change): boolean {
  const { fields, effect, replaces, recreated, before, after } = change;
  return (
    effect !== 'rejected' &&
    replaces === undefined &&
    recreated === undefined &&
    before?.id.apiVersion === after?.id.apiVersion &&
    fields.length > 0 &&
    shownFields(change).fields.every(isLabel)
  );
}

/** Whether a field is a label, or says a version. */
export function isLabel({ path }: ChangedField): boolean {
  return LABELS.test(path);
}

/** What is shown of the fields of one object. */
export interface ShownFields {
  /** Images first, which are what most changes are about; labels last, which change with every version of a chart. */
  readonly fields: readonly ChangedField[];
  /** How many descriptions of a schema differ besides. */
  readonly descriptions: number;
}

/** A text about a field in the schema of a CustomResourceDefinition. */
const DESCRIPTION = /\.openAPIV3Schema\b.*\.description$/;

/** The fields of a change without descriptions in schemas, which nothing follows from. */
export function shownFields(change: Change): ShownFields {
  const all = ownFields(fieldsOf(change), change);
  const isDefinition = change.id.kind === 'CustomResourceDefinition';
  const rest = isDefinition ? all.filter((field) => !isDescription(field)) : all;
  const rank = (field: ChangedField): number => (/\.image$/.test(field.path) ? 0 : isLabel(field) ? 2 : 1);
  return {
    fields: rest.toSorted((a, b) => rank(a) - rank(b)),
    descriptions: all.length - rest.length,
  };
}

/** A property can be called description, too: its schema is no text. */
function isDescription({ path, before, after }: ChangedField): boolean {
  return (
    DESCRIPTION.test(path) && [before, after].every((each) => each === undefined || typeof each === 'string')
  );
}
