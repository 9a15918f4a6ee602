import { atLeast } from '../kube/at-least';
import type { KubernetesRelease } from '../kube/schema';
import type { Type } from './check/type';
import { ADDRESSES } from './functions/addresses';
import { ARITHMETIC } from './functions/arithmetic';
import { AUTHORIZERS, AUTHORIZER_SELECTORS } from './functions/authorizers';
import { CONVERSIONS } from './functions/conversions';
import { LISTS, SETS } from './functions/lists';
import { LIST_ENDS, MAP_INSERTS, MORE_LISTS } from './functions/more-lists';
import { NAMED_FORMATS } from './functions/named-formats';
import { OPERATORS, OPTIONAL_OPERATORS } from './functions/operators';
import { OPTIONALS, UNWRAPPED } from './functions/optionals';
import { CIDR, IP } from './functions/overload';
import { push } from '../kube/grouped';
import type { FunctionSet } from './functions/overload';
import { QUANTITIES } from './functions/quantities';
import { MATCHES, REGEXES } from './functions/regexes';
import { EQUALITY, ORDERS, ORDERS_ACROSS_NUMBERS } from './functions/relations';
import { SEMVERS } from './functions/semvers';
import { SIZES } from './functions/sizes';
import { STRINGS, STRING_FORMATS, STRING_TESTS } from './functions/strings';
import { TIMES } from './functions/times';
import { URLS } from './functions/urls';
import type { MacroSet } from './syntax/macros';
import { OPTIONAL_MACROS, SORT_MACROS, STANDARD_MACROS } from './syntax/macros';
import { TWO_VARIABLE_MACROS } from './syntax/two-variable-macros';

/** Functions, macros and types that were added together. */
export interface Library {
  /** The first release in which new expressions can use it; absent for all supported releases. */
  readonly since?: KubernetesRelease;
  readonly functions?: FunctionSet;
  readonly macros?: MacroSet;
  readonly types?: readonly Type[];
}

/**
 * The CEL libraries of Kubernetes, and since when.
 *
 * Source: `apiserver/pkg/cel/environment/base.go` of Kubernetes 1.36. New expressions can use a library only one
 * release after its introduction, so that they still work after a rollback by one release; the releases here are
 * therefore one later than in that file.
 */
const LIBRARIES: readonly Library[] = [
  { functions: OPERATORS, macros: STANDARD_MACROS },
  { functions: ARITHMETIC },
  { functions: EQUALITY },
  { functions: ORDERS },
  { functions: CONVERSIONS },
  { functions: SIZES },
  { functions: STRING_TESTS },
  { functions: MATCHES },
  { functions: TIMES },
  { functions: STRINGS },
  { functions: REGEXES },
  { functions: LISTS },
  { functions: URLS },
  { functions: AUTHORIZERS },
  { since: '1.29', functions: ORDERS_ACROSS_NUMBERS },
  { since: '1.29', functions: OPTIONAL_OPERATORS, macros: OPTIONAL_MACROS },
  { since: '1.29', functions: OPTIONALS },
  { since: '1.29', functions: QUANTITIES },
  { since: '1.30', functions: STRING_FORMATS },
  { since: '1.30', functions: SETS },
  { since: '1.31', functions: ADDRESSES, types: [IP, CIDR] },
  { since: '1.32', functions: NAMED_FORMATS },
  { since: '1.32', functions: AUTHORIZER_SELECTORS },
  { since: '1.33', functions: UNWRAPPED },
  { since: '1.33', functions: MAP_INSERTS, macros: TWO_VARIABLE_MACROS },
  { since: '1.34', functions: SEMVERS },
  { since: '1.34', functions: LIST_ENDS },
  { since: '1.35', functions: MORE_LISTS, macros: SORT_MACROS },
];

export function librariesOf(kubernetes: KubernetesRelease): Library[] {
  return LIBRARIES.filter(({ since }) => since === undefined || atLeast(kubernetes, since));
}

let beginnings: ReadonlyMap<string, readonly KubernetesRelease[]> | undefined;

/** The releases in which a name of a function, macro or type came, or got more overloads. */
export function beginningsOf(name: string): readonly KubernetesRelease[] {
  beginnings ??= readBeginnings();
  return beginnings.get(name) ?? [];
}

/** The first release with a function, or with a macro by its name without arguments; nothing for one that all have. */
export function firstReleaseWith(name: string): KubernetesRelease | undefined {
  beginnings ??= readBeginnings();
  const macro = new RegExp(`^${name.replaceAll(/\W/g, '\\$&')}\\.\\d+$`);
  const found = [...beginnings].find(([each]) => each === name || macro.test(each));
  return found?.[1][0];
}

function readBeginnings(): ReadonlyMap<string, readonly KubernetesRelease[]> {
  const found = new Map<string, KubernetesRelease[]>();
  for (const { since, functions = [], macros = [], types = [] } of LIBRARIES) {
    if (since === undefined) continue;
    const names = [...functions, ...macros].map(([name]) => name);
    for (const name of [...names, ...types.map((type) => type.name)]) push(found, name, since);
  }
  return found;
}
