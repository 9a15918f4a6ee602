import { atLeast } from '../kube/at-least';
import type { KubernetesRelease } from '../kube/schema';
import { aside, isRecording } from '../kube/stretch';
import type { Declarations } from './check/declarations';
import type { Type } from './check/type';
import { BOOL, BYTES, DOUBLE, DURATION, DYN, INT, NULL, STRING, TIMESTAMP, UINT } from './check/type';
import { listOf, mapOf, optionalOf, typeOf } from './check/type';
import type { FunctionSet, Overload } from './functions/overload';
import { beginningsOf, librariesOf } from './libraries';
import type { Syntax } from './syntax/parser';

/** The fields of messages, by type name. */
export type Structs = ReadonlyMap<string, ReadonlyMap<string, Type>>;

/** The declarations for expressions of one purpose in one release. */
export interface Environment extends Declarations {
  readonly kubernetes: KubernetesRelease;
  readonly syntax: Syntax;
  /** Whether literals of durations, times and regular expressions are checked at compile time: since 1.30. */
  readonly checksLiterals: boolean;
}

/** Types that can be used as values: `type(x) == int`. */
const TYPES: ReadonlyMap<string, Type> = new Map(
  [BOOL, BYTES, DOUBLE, DURATION, INT, NULL, STRING, TIMESTAMP, UINT, listOf(DYN), mapOf(DYN, DYN)]
    .map((type): [string, Type] => [type.name, typeOf(type)])
    .concat([
      ['type', typeOf(typeOf(DYN))],
      ['optional_type', typeOf(optionalOf(DYN))],
    ]),
);

/** Names that some releases lack, so that an expression with one depends on the release. */
class NamesByRelease<T> extends Map<string, T> {
  readonly #ask: (name: string) => void;

  constructor(ask: (name: string) => void, entries: Iterable<readonly [string, T]> = []) {
    super();
    this.#ask = ask;
    for (const [name, value] of entries) this.set(name, value);
  }

  override get(name: string): T | undefined {
    this.#ask(name);
    return super.get(name);
  }

  override has(name: string): boolean {
    this.#ask(name);
    return super.has(name);
  }
}

function askingFor(kubernetes: KubernetesRelease): (name: string) => void {
  return (name) => {
    if (isRecording()) for (const since of beginningsOf(name)) atLeast(kubernetes, since);
  };
}

interface Base {
  readonly functions: FunctionSet;
  readonly syntax: Syntax;
  readonly types: ReadonlyMap<string, Type>;
}

const bases = new Map<KubernetesRelease, Base>();

/** What all environments of a release share; created once. */
function baseOf(kubernetes: KubernetesRelease): Base {
  const known = bases.get(kubernetes);
  if (known !== undefined) return known;
  // Each name asks for itself.
  const libraries = aside(() => librariesOf(kubernetes));
  const ask = askingFor(kubernetes);
  const functions = new NamesByRelease<Overload[]>(ask);
  for (const library of libraries) {
    for (const [name, overloads] of library.functions ?? [])
      functions.set(name, [...(functions.get(name) ?? []), ...overloads]);
  }
  const types = new NamesByRelease<Type>(ask, TYPES);
  for (const type of libraries.flatMap((library) => library.types ?? [])) types.set(type.name, typeOf(type));
  const macros = new NamesByRelease(
    ask,
    libraries.flatMap((library) => [...(library.macros ?? [])]),
  );
  const syntax = {
    macros,
    get hasOptionals() {
      return atLeast(kubernetes, '1.29');
    },
  };
  const base = { functions, types, syntax };
  bases.set(kubernetes, base);
  return base;
}

/**
 * An environment with variables of its own.
 *
 * @param variables their types by name; `DYN` for a variable of any type
 * @param structs the messages that the types of variables refer to, and that expressions can construct
 */
export function environment(
  kubernetes: KubernetesRelease,
  variables: ReadonlyMap<string, Type>,
  structs: Structs = new Map(),
): Environment {
  const { functions, syntax, types } = baseOf(kubernetes);
  return {
    kubernetes,
    functions,
    syntax,
    get checksLiterals() {
      return atLeast(kubernetes, '1.30');
    },
    variable(name) {
      const type = variables.get(name) ?? types.get(name);
      if (type !== undefined || !structs.has(name)) return type;
      return typeOf({ kind: 'struct', name, parameters: [] });
    },
    field: (struct, field) => structs.get(struct)?.get(field),
  };
}
