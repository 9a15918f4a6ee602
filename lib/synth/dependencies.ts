import { Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Placed, Tree } from './collect';

/** Something that happens while objects are applied: an object, or the begin or end of a construct with dependencies. */
export interface Step {
  readonly placed?: Placed;
  /** The construct whose begin or end it is. */
  readonly of?: IConstruct;
  /** The steps that have to happen before. */
  readonly after: Step[];
  /** Whether what it stands behind is to be done before what comes later begins. @default false: it is no such border */
  readonly isBorder?: boolean;
}

/** A construct that depends on something, or is depended on: everything below it lies between its begin and its end. */
interface Span {
  readonly begin: Step;
  readonly end: Step;
}

/** All of `early` come before any of `late`. */
interface Precedence {
  readonly early: readonly IConstruct[];
  readonly late: readonly IConstruct[];
}

/**
 * What has to be applied before what, as a graph that is no larger than the tree and the dependencies in it: a
 * dependency between two constructs is one edge, however many objects stand below them.
 *
 * @returns a step for each object, in order of creation; `undefined` if the app has no dependencies
 */
export function dependencyGraph(tree: Tree): readonly Step[] | undefined {
  const precedences = precedencesIn(tree);
  if (precedences.length === 0) return undefined;
  const { steps, spans } = layOut(
    tree,
    new Set(precedences.flatMap(({ early, late }) => [...early, ...late])),
  );
  const comesFirst = firstByKind(tree);
  for (const { early, late } of precedences) {
    // If many wait for many, they all wait for one step.
    const isBorder = !comesFirst(early, late);
    const gate: Step = { after: early.flatMap((construct) => spans.get(construct)?.end ?? []), isBorder };
    for (const construct of late) spans.get(construct)?.begin.after.push(gate);
  }
  return steps;
}

/** Kinds that everything that applies objects applies before workloads, and that are there at once. */
const FIRST: ReadonlySet<string> = new Set([
  'Namespace',
  'CustomResourceDefinition',
  'ServiceAccount',
  'ClusterRole',
  'Role',
  'ClusterRoleBinding',
  'RoleBinding',
]);

/** Whether it is enough that some constructs stand before others of their chart: they hold nothing but what comes first. */
function firstByKind({
  constructs,
  objects,
}: Tree): (early: readonly IConstruct[], late: readonly IConstruct[]) => boolean {
  const others = new Set<IConstruct>();
  for (const { object } of objects) {
    if (FIRST.has(object.kind)) continue;
    for (let at: IConstruct | undefined = object; at !== undefined && !others.has(at); at = at.node.scope)
      others.add(at);
  }
  const charts = new Map<IConstruct, IConstruct | undefined>();
  for (const each of constructs)
    charts.set(
      each,
      Chart.isChart(each) || each.node.scope === undefined ? each : charts.get(each.node.scope),
    );
  return (early, late) => {
    if (early.some((construct) => others.has(construct))) return false;
    return new Set([...early, ...late].map((construct) => charts.get(construct))).size === 1;
  };
}

function layOut(
  tree: Tree,
  spanned: ReadonlySet<IConstruct>,
): { steps: Step[]; spans: Map<IConstruct, Span> } {
  const placed = new Map(tree.objects.map((entry): [IConstruct, Placed] => [entry.object, entry]));
  const spans = new Map<IConstruct, Span>();
  const nearest = new Map<IConstruct, Span | undefined>();
  const steps: Step[] = [];
  for (const construct of tree.constructs) {
    const outer = construct.node.scope === undefined ? undefined : nearest.get(construct.node.scope);
    let span = outer;
    if (spanned.has(construct)) {
      const begin: Step = { of: construct, after: outer === undefined ? [] : [outer.begin] };
      span = { begin, end: { of: construct, after: [begin] } };
      outer?.end.after.push(span.end);
      spans.set(construct, span);
    }
    nearest.set(construct, span);
    const entry = placed.get(construct);
    if (entry === undefined) continue;
    const step: Step = { placed: entry, after: span === undefined ? [] : [span.begin] };
    span?.end.after.push(step);
    steps.push(step);
  }
  return { steps, spans };
}

/** Constructs inside one that the whole depends on, and those inside it that depend on the whole. */
interface Inside {
  readonly first: Set<IConstruct>;
  readonly last: Set<IConstruct>;
}

/**
 * The dependencies of the app. If a construct depends on constructs inside it, the rest of it comes after them: a chart
 * that depends on its own Namespace. If constructs depend on the one around them, they come after the rest of it.
 */
function precedencesIn(tree: Tree): readonly Precedence[] {
  const precedences: Precedence[] = [];
  const inside = new Map<IConstruct, Inside>();
  const within = (outer: IConstruct): Inside => {
    const found = inside.get(outer) ?? { first: new Set(), last: new Set() };
    inside.set(outer, found);
    return found;
  };
  for (const source of tree.constructs) {
    for (const target of source.node.dependencies) {
      if (target === source) continue;
      if (contains(source, target)) within(source).first.add(target);
      else if (contains(target, source)) within(target).last.add(source);
      else precedences.push({ early: [target], late: [source] });
    }
  }
  for (const [outer, { first, last }] of inside) {
    const rest = besides(outer, new Set([...first, ...last]));
    precedences.push({ early: [...first], late: [...rest, ...last] }, { early: rest, late: [...last] });
  }
  return precedences.filter(({ early, late }) => early.length > 0 && late.length > 0);
}

function contains(outer: IConstruct, inner: IConstruct): boolean {
  for (let at = inner.node.scope; at !== undefined; at = at.node.scope) if (at === outer) return true;
  return false;
}

/** The largest constructs below `outer` that are none of `inner` and hold none of them. */
function besides(outer: IConstruct, inner: ReadonlySet<IConstruct>): readonly IConstruct[] {
  const holders = new Set<IConstruct>();
  for (const construct of inner)
    for (let at = construct.node.scope; at !== undefined && !holders.has(at); at = at.node.scope)
      holders.add(at);
  const others: IConstruct[] = [];
  const waiting = [outer];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    for (const child of at.node.children) {
      if (inner.has(child)) continue;
      if (holders.has(child)) waiting.push(child);
      else others.push(child);
    }
  }
  return others;
}
