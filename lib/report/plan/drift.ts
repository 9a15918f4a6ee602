import { formatId } from '../../manifest/manifest';
import type { Change, ChangedField } from '../../plan/change';
import type { DriftedField, HeldField } from '../../plan/drift/drift';
import { name } from '../escape/terminal';
import type { PlanPart } from './report';
import { shownValues } from './values';

/** What is said of a field that somebody else set or changed: its values, who and when, and what comes of it. */
export interface DriftLine {
  readonly path: string;
  readonly expected: string;
  readonly live: string;
  /** `by kubectl-edit on 2026-01-02T00:00:00Z: stays`. */
  readonly remark: string;
}

/** An object with what others set or hold of it. */
export interface Drifted {
  readonly object: string;
  readonly change: Change;
  readonly lines: readonly DriftLine[];
  /** Fields that are no drift, and conflict. */
  readonly held: readonly string[];
}

const FATES: Readonly<Record<DriftedField['then'], string>> = {
  conflict: 'conflict, unless it is taken over',
  stays: 'stays',
  reset: 'is set back',
};

/** Whether somebody else changed an object in the cluster. */
export function hasDrift({ drift, conflicts }: Change): boolean {
  return drift !== undefined || conflicts !== undefined;
}

/** The objects that somebody else changed, or holds fields of that are applied with another value. */
export function driftedObjects(parts: readonly PlanPart[]): Drifted[] {
  return parts
    .flatMap(({ changes }) => changes)
    .filter(hasDrift)
    .map((change) => {
      const { drift = [], conflicts = [] } = change;
      const told = new Set(drift.map(({ path }) => path));
      return {
        object: formatId(change.id),
        change,
        lines: drift.map(lineOf),
        held: conflicts.filter(({ path }) => !told.has(path)).map(heldLine),
      };
    });
}

function lineOf(field: DriftedField): DriftLine {
  const [expected, live] = shownValues({ path: field.path, before: field.expected, after: field.live });
  const by = field.manager === undefined ? 'by an unknown manager' : `by ${name(field.manager)}`;
  return {
    path: field.path,
    expected,
    live,
    remark: `${by}${when(field)}: ${FATES[field.then]}`,
  };
}

function heldLine(field: HeldField): string {
  return `${name(field.path)} is held by ${name(field.manager)}${when(field)}: ${FATES.conflict}`;
}

function when({ since }: Pick<HeldField, 'since'>): string {
  return since === undefined ? '' : ` on ${name(since)}`;
}

/** The fields of a change that are ours, not what somebody else changed in the cluster. */
export function ownFields(fields: readonly ChangedField[], { drift = [] }: Change): readonly ChangedField[] {
  if (drift.length === 0) return fields;
  const isBelow = (path: string, above: string): boolean =>
    path === above || (path.startsWith(above) && /^[.[]/.test(path.slice(above.length)));
  return fields.filter(({ path }) => !drift.some((field) => isBelow(path, field.path)));
}

/** Whether an object differs from its manifest by nothing but what somebody else did. */
export function isOnlyDrift(change: Change): boolean {
  const { drift, effect, fields, recreated, notApplied } = change;
  if (drift === undefined || recreated !== undefined || notApplied !== undefined) return false;
  if (!['none', 'updated', 'pods-replaced'].includes(effect)) return false;
  return (
    change.before?.id.apiVersion === change.after?.id.apiVersion && ownFields(fields, change).length === 0
  );
}
