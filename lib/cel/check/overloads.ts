import type { Overload } from '../functions/overload';
import type { Type } from './type';
import { DYN, same } from './type';
import type { Bindings } from './unify';

export interface Match {
  readonly overloads: readonly Overload[];
  readonly type: Type;
}

/** All overloads that accept arguments of these types; undefined when none does. */
export function resolveOverloads(
  overloads: readonly Overload[],
  isMember: boolean,
  args: readonly Type[],
  bindings: Bindings,
): Match | undefined {
  const found: Overload[] = [];
  let type: Type | undefined;
  for (const overload of overloads) {
    if (overload.isMember !== isMember) continue;
    const [parameters, result] = instantiate(overload, bindings);
    if (!bindings.assignable(args, parameters)) continue;
    found.push(overload);
    const resolved = bindings.resolve(result);
    if (type === undefined) type = resolved;
    else if (type.kind !== 'dyn' && !same(type, resolved)) type = DYN;
  }
  return type === undefined ? undefined : { overloads: found, type };
}

/** The signature with fresh type variables. */
function instantiate(overload: Overload, bindings: Bindings): [parameters: readonly Type[], result: Type] {
  if (overload.variables.length === 0) return [overload.parameters, overload.result];
  const fresh = new Map(overload.variables.map((name) => [name, bindings.freshVariable()]));
  return [overload.parameters.map((type) => renamed(type, fresh)), renamed(overload.result, fresh)];
}

function renamed(type: Type, names: ReadonlyMap<string, Type>): Type {
  if (type.kind === 'param') return names.get(type.name) ?? type;
  if (type.parameters.length === 0) return type;
  return { ...type, parameters: type.parameters.map((each) => renamed(each, names)) };
}
