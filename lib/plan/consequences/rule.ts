import type { Severity } from '../../check/finding';
import type { Cluster } from '../../graph/cluster';
import type { PlainRecord } from '../../manifest/data';
import type { DroppedField } from '../../apiserver/gated-fields';
import { groupKind } from '../../apiserver/kinds/registry';
import type { Change } from '../change';
import type { Effect } from '../effects';
import type { ConsequenceKind } from './kinds';
import type { Told } from './told';

/** A change with both sides as the server holds them, where it was worth finding out. */
export interface Step {
  readonly change: Omit<Change, 'consequences'>;
  readonly was?: PlainRecord;
  readonly now?: PlainRecord;
  /** What the manifests say of fields that the server drops; absent where neither does. */
  readonly dropped?: DroppedChange;
}

/** Fields that the server drops because features are off. */
export interface DroppedChange {
  /** Of the manifest before. @default none */
  readonly before: readonly DroppedField[];
  /** Of the manifest that is applied. */
  readonly after: readonly DroppedField[];
}

/** Everything that changes, and what is around it. */
export interface Steps {
  readonly steps: readonly Step[];
  /** The objects before: an index or a graph over them is made once. */
  readonly before: Cluster;
  readonly after: Cluster;
}

/** Takes one thing that follows from a step. */
export type Report = (step: Step, severity: Severity, message: string | Told) => void;

/** What to look for among changes. */
export interface ConsequenceRule {
  readonly kind: ConsequenceKind;
  /** What it finds, in one sentence. */
  readonly about: string;
  /** Looks at all changes once, in time linear in their number and in what they refer to. */
  readonly run: (steps: Steps, report: Report) => void;
}

/** Takes one thing that follows from the step at hand. */
export type StepReport = (severity: Severity, message: string | Told) => void;

/** What to look for in each change separately. */
export interface StepRule extends Omit<ConsequenceRule, 'run'> {
  /** The effects of the changes that it looks at. */
  readonly effects: readonly Effect[];
  /** The kinds of their objects: `apps/Deployment`. @default all */
  readonly objects?: readonly string[];
  /** Whether it is only about objects that change in place, and not about those that are deleted and created again. */
  readonly isInPlace?: true;
  readonly look: (step: Step, steps: Steps, report: StepReport) => void;
}

/** The effects on an object that exists before and after. */
export const CHANGED: readonly Effect[] = ['updated', 'pods-replaced'];

const changed = new WeakMap<readonly Step[], readonly Step[]>();

/** The steps with one of some effects, in their order. Most objects do not change, and are passed by once for all rules. */
function withEffects(steps: readonly Step[], effects: readonly Effect[]): readonly Step[] {
  let changing = changed.get(steps);
  if (changing === undefined)
    changed.set(steps, (changing = steps.filter(({ change }) => change.effect !== 'none')));
  return (effects.includes('none') ? steps : changing).filter(({ change }) =>
    effects.includes(change.effect),
  );
}

/** A rule that looks at one change after another. */
export function forEachStep({ kind, about, effects, objects, isInPlace, look }: StepRule): ConsequenceRule {
  return {
    kind,
    about,
    run(steps, report) {
      for (const step of withEffects(steps.steps, effects)) {
        const { id, recreated } = step.change;
        if (isInPlace === true && recreated !== undefined) continue;
        if (objects !== undefined && !objects.includes(groupKind(id.apiVersion, id.kind))) continue;
        look(step, steps, (severity, message) => report(step, severity, message));
      }
    },
  };
}
