import { check, type Finding, type Manifest, ManifestSet, type PlainObject } from 'seaworthy';
import { EXISTING, type Places } from './apps';
import type { Mutation } from './table';

/**
 * What is wrong with how `check` tells of a mutation; nothing where it gives one finding of the rule that was expected,
 * which names the object, the field, the construct and the line of source, and no other error.
 */
export function complaint(places: Places, mutation: Mutation): string | undefined {
  const set = places.get(mutation.place);
  if (set === undefined) return `there is no ${mutation.place}`;
  const [target, ...more] = [...set].filter((manifest) => isMeant(manifest, mutation.object));
  if (target === undefined || more.length > 0) return `${more.length + 1} objects are ${mutation.object}`;
  const object = changed(target.object, stepsOf(mutation.path), mutation.value) as PlainObject;
  const [copy] = ManifestSet.of([object]);
  if (copy === undefined) return 'the object is gone';
  const mutated = [...set].map((each) => (each === target ? { ...each, object, id: copy.id } : each));
  const findings = check(ManifestSet.from(mutated, set.clusters), { assume: EXISTING });
  return complaintOf(
    findings.filter(({ severity, rule }) => severity === 'error' || rule === mutation.rule),
    mutation,
    copy,
  );
}

function complaintOf(errors: readonly Finding[], mutation: Mutation, mutated: Manifest): string | undefined {
  const [error, ...more] = errors;
  if (error === undefined) return 'no finding';
  if (more.length > 0) return `${errors.length} errors: ${errors.map(describe).join('; ')}`;
  const { rule, at, of, object } = mutation;
  // The change may be to its name.
  const isOf = of === object ? matches(error.id, mutated.id) : isMeant({ id: error.id }, of);
  if (error.rule !== rule || error.path !== at || !isOf) return describe(error);
  const { construct, source } = error.origin ?? {};
  return construct === undefined || source === undefined ? 'no construct or source line' : undefined;
}

function describe({ rule, id, path, message }: Finding): string {
  return `${rule} at ${id.kind} ${id.name} ${path}: ${message}`;
}

function matches(a: Finding['id'], b: Finding['id']): boolean {
  return a.kind === b.kind && a.name === b.name && a.namespace === b.namespace;
}

/** `object` is a kind and a name, or a kind, namespace and name; `*` at its end stands for a hash. */
function isMeant({ id }: Pick<Manifest, 'id'>, object: string): boolean {
  const names = [`${id.kind} ${id.name}`, `${id.kind} ${id.namespace ?? ''}/${id.name}`];
  return names.some((name) =>
    object.endsWith('*') ? name.startsWith(object.slice(0, -1)) : name === object,
  );
}

/** A path as findings have it, step by step. */
function stepsOf(path: string): string[] {
  return [...path.matchAll(/\[([^\]]*)\]|[^.[\]]+/g)].map(([step, bracketed]) => bracketed ?? step);
}

/** A copy of `value` with `next` at the end of `steps`, or without what is there. */
function changed(value: unknown, steps: readonly string[], next: unknown): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return next;
  if (Array.isArray(value))
    return value.map((item: unknown, index) => (index === Number(step) ? changed(item, rest, next) : item));
  const { [step]: old, ...others } = value as Record<string, unknown>;
  const inner = changed(old, rest, next);
  return inner === undefined ? others : { ...others, [step]: inner };
}
