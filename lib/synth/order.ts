import { locate } from '../constructs/core/problems';
import type { Problem } from '../errors';
import { applyOrder } from '../kube/kinds';
import type { Placed, Tree } from './collect';
import { dependencyGraph } from './dependencies';
import type { Step } from './dependencies';
import type { Report } from './report';

/** Kinds that other objects require. */
const FOUNDATIONS: ReadonlySet<string> = new Set(['Namespace', 'CustomResourceDefinition']);

/** What there is to apply. */
export interface Order {
  readonly objects: readonly Placed[];
  /** How many steps of declared dependencies lie before an object, where there are any. */
  readonly stages: ReadonlyMap<Placed, number>;
}

/**
 * The objects in the order in which they can be applied: foundations first, then dependencies before their
 * dependents, and otherwise in the order of creation.
 *
 * Each cycle is reported as a DEPENDENCY_CYCLE that names its constructs; the order then ignores its last dependency.
 */
export function order(tree: Tree, report: Report): Order {
  const steps = dependencyGraph(tree);
  if (steps === undefined) return { objects: foundationsFirst(tree.objects), stages: new Map() };
  const { objects, stages } = sort(steps, report);
  return { objects: foundationsFirst(objects), stages };
}

function foundationsFirst(objects: readonly Placed[]): readonly Placed[] {
  const isFoundation = ({ object }: Placed): boolean => FOUNDATIONS.has(object.kind);
  const foundations = objects.filter(isFoundation);
  if (foundations.length === 0) return objects;
  foundations.sort((a, b) => applyOrder(a.object.kind) - applyOrder(b.object.kind));
  return [...foundations, ...objects.filter((placed) => !isFoundation(placed))];
}

/** Depth first with an explicit stack, so that chains of any length work; each step is entered once. */
function sort(steps: readonly Step[], report: Report): Order {
  const sorted: Placed[] = [];
  const stages = new Map<Placed, number>();
  const known = new Map<Step, number>();
  const state = new Map<Step, 'open' | 'done'>();
  const reported = new Set<string>();
  for (const start of steps) {
    const stack = [{ step: start, next: 0 }];
    if (!state.has(start)) state.set(start, 'open');
    else stack.pop();
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const before = top.step.after[top.next++];
      if (before === undefined) {
        state.set(top.step, 'done');
        const { placed, after } = top.step;
        const latest = after.reduce((most, each) => Math.max(most, known.get(each) ?? 0), 0);
        const stage = latest + Number(top.step.isBorder === true);
        known.set(top.step, stage);
        if (placed !== undefined) sorted.push(placed);
        if (placed !== undefined && stage > 0) stages.set(placed, stage);
        stack.pop();
      } else if (!state.has(before)) {
        state.set(before, 'open');
        stack.push({ step: before, next: 0 });
      } else if (state.get(before) === 'open') {
        const path = stack.map(({ step }) => step);
        const cycle = path.slice(path.indexOf(before));
        const key = [...pathsOf(cycle)].sort().join('\n');
        if (!reported.has(key)) report(describeCycle(cycle));
        reported.add(key);
      }
    }
  }
  return { objects: sorted, stages };
}

/** The paths of the constructs in a cycle, each once and in order. A cycle through several objects of one is one. */
function pathsOf(cycle: readonly Step[]): readonly string[] {
  return [...new Set(cycle.flatMap(({ of }) => (of === undefined ? [] : [of.node.path])))];
}

/** More constructs of a cycle than this are counted. */
const MOST_NAMED = 30;

function describeCycle(cycle: readonly Step[]): Problem {
  const paths = pathsOf(cycle);
  const rest = paths.length - MOST_NAMED;
  const shown = rest > 0 ? [...paths.slice(0, MOST_NAMED), `${rest} more`] : paths;
  const message = `dependency cycle: ${[...shown, paths[0]].join(' → ')}`;
  const problem = { code: 'DEPENDENCY_CYCLE', message, hint: 'Remove one of the dependencies.' } as const;
  const first = cycle.find(({ of }) => of !== undefined)?.of;
  return first === undefined ? problem : locate(first, problem);
}
