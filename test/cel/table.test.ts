import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Budget, CelError, Program, REQUEST_BUDGET, compile, environment } from '../../lib/cel';
import type { Value } from '../../lib/cel';
import { BOOL, DOUBLE, DYN, INT, STRING, UINT, describeType, listOf, mapOf } from '../../lib/cel/check/type';
import type { Type } from '../../lib/cel/check/type';
import { estimateCost } from '../../lib/cel/cost/estimate';
import { JSON_PATCHES } from '../../lib/cel/functions/authorizers';
import { AUTHORIZER } from '../../lib/cel/functions/overload';
import { ListValue, MapValue } from '../../lib/cel/values/collections';
import { valueOf } from '../../lib/cel/values/data';
import { Uint } from '../../lib/cel/values/scalar';
import { Duration, Timestamp } from '../../lib/cel/values/time';
import { OpaqueValue, OptionalValue, TypeValue } from '../../lib/cel/values/value';
import differences from './table/differences.json';

/** What the server answers: it refuses an expression, or gives it a type, and a value or an error. */
interface Verdict {
  readonly expr: string;
  readonly refused?: string;
  readonly type?: string;
  readonly value?: string;
  readonly error?: string;
  readonly cost?: number;
  readonly estimate?: readonly [min: number, max: number];
}

interface Declaration {
  readonly function?: string;
  readonly overload?: string;
  readonly signature?: string;
  readonly macro?: string;
}

function read(name: string): string {
  return readFileSync(join(__dirname, 'table', name), 'utf8').trimEnd();
}

function linesOf<T>(name: string): T[] {
  return read(name)
    .split('\n')
    .map((line) => JSON.parse(line) as T);
}

const VERDICTS = new Map(linesOf<Verdict>('verdicts.jsonl').map((verdict) => [verdict.expr, verdict]));
const DECLARATIONS = linesOf<Declaration>('declarations.jsonl');

/** The expressions by the headings that they stand under. */
const SECTIONS = read('expressions.txt')
  .split(/\n# /)
  .slice(1)
  .map((section) => {
    const [heading = '', ...lines] = section.split('\n');
    return { heading, expressions: lines.map((line) => line.trim()).filter((line) => line !== '') };
  });

const VARIABLES: Readonly<Record<string, readonly [Type, Value]>> = {
  s: [STRING, 'hello wörld'],
  i: [INT, 7n],
  u: [UINT, new Uint(7n)],
  d: [DOUBLE, 2.5],
  b: [BOOL, true],
  l: [listOf(STRING), valueOf(['b', 'a'])],
  n: [listOf(INT), valueOf([3, 1, 2])],
  m: [mapOf(STRING, INT), valueOf({ k: 1 })],
  x: [DYN, valueOf({ a: 1, n: null, b: [1, 'two'], s: 'text' })],
  y: [DYN, valueOf([1, 2.5, 'three', true, null])],
  nul: [DYN, null],
  authorizer: [AUTHORIZER, null],
};

const named = Object.entries(VARIABLES);
const TYPES = new Map(named.map(([name, [type]]) => [name, type]));
const VALUES = new Map(named.map(([name, [, value]]) => [name, value]));

/** The release of the server whose verdicts the table has. */
const KUBERNETES = '1.36';
const base = environment(KUBERNETES, TYPES);
const ENVIRONMENT = { ...base, functions: new Map([...base.functions, ...JSON_PATCHES]) };

function rendered(value: Value): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return Object.is(value, -0) ? '-0e+0' : value.toExponential();
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof Uint) return `${value.value}u`;
  if (value instanceof Uint8Array) return `bytes(${Buffer.from(value).toString('hex')})`;
  if (value instanceof Timestamp)
    return `timestamp(${value.seconds}, ${value.nanos - value.seconds * 1_000_000_000n})`;
  if (value instanceof Duration) return `duration(${value.nanos})`;
  if (value instanceof TypeValue) return `type(${value.name})`;
  if (value instanceof OptionalValue)
    return `optional(${value.value === undefined ? '' : rendered(value.value)})`;
  if (value instanceof ListValue) return `[${[...value].map(rendered).join(', ')}]`;
  if (value instanceof MapValue) {
    const entries = [...value.keys()].map((key) => `${rendered(key)}: ${rendered(value.get(key) as Value)}`);
    return `{${entries.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))).join(', ')}}`;
  }
  return value instanceof OpaqueValue ? value.type.name : String(value);
}

/** What is compared of a verdict: all but the words of problems. */
function judged({
  refused,
  type,
  value,
  error,
  cost,
  estimate,
}: Omit<Verdict, 'expr'>): Record<string, unknown> {
  if (refused !== undefined) return { refused: true };
  const isValue = value !== undefined;
  return {
    type,
    // The server counts in 64 bits; here the last digits of what is larger than 2⁵³ are lost.
    estimate: estimate?.map((bound) => bound.toPrecision(14)),
    cost,
    ...(isValue ? { value } : { error: error !== undefined }),
  };
}

const compiled = new Map<string, ReturnType<typeof compile>>();

/** What the compiler makes of an expression of the table; once, since most of the time goes there. */
function compiling(expr: string): ReturnType<typeof compile> {
  const program = compiled.get(expr) ?? compile(expr, ENVIRONMENT);
  compiled.set(expr, program);
  return program;
}

function ours(expr: string): Record<string, unknown> {
  const program = compiling(expr);
  if (!(program instanceof Program))
    return judged({ refused: program.map(({ message }) => message).join('; ') });
  const { min, max } = estimateCost(program.checked, undefined, KUBERNETES);
  const checked = { type: describeType(program.type ?? DYN), estimate: [min, max] as const };
  if (expr.includes('authorizer')) return judged(checked);
  const budget = new Budget();
  const result = program.evaluate(VALUES, { budget });
  if (result instanceof CelError)
    return judged({ ...checked, error: result.message, cost: REQUEST_BUDGET - budget.left });
  return judged({ ...checked, value: rendered(result), cost: REQUEST_BUDGET - budget.left });
}

/** Type variables as the server writes them: `<A>`. */
function described(type: Type): string {
  if (type.kind === 'param') return `<${type.name}>`;
  const parameters = type.parameters.map(described).join(', ');
  return parameters === '' ? type.name : `${type.name}(${parameters})`;
}

/** Former names of operators, which no expression becomes any more, and `?.`, which needs no function here. */
const UNUSED = ['in', '_in_', '__not_strictly_false__', '_?._'];

describe('functions and macros', () => {
  const declared = DECLARATIONS.filter(({ function: name = '' }) => name !== '' && !UNUSED.includes(name));

  it('are those that the newest release declares', () => {
    const signatures = [...ENVIRONMENT.functions].flatMap(([name, overloads]) =>
      overloads.map(({ id, isMember, parameters, result }): Declaration => {
        const types = parameters.map(described);
        const receiver = isMember ? `${types.shift()}.` : '';
        return {
          function: name,
          overload: id,
          signature: `${receiver}(${types.join(', ')}) -> ${described(result)}`,
        };
      }),
    );
    const byName = (one: Declaration): string => `${one.function} ${one.overload} ${one.signature}`;
    expect(signatures.map(byName).sort()).toEqual(declared.map(byName).sort());
  });

  it('are each called by an expression of the table', () => {
    const called = new Set<string>();
    for (const expr of VERDICTS.keys()) {
      const program = compiling(expr);
      if (!(program instanceof Program)) continue;
      for (const { overloads } of program.checked.calls.values())
        overloads.forEach(({ id }) => called.add(id));
    }
    const all = [...ENVIRONMENT.functions.values()].flat().map(({ id }) => id);
    expect(all.filter((id) => !called.has(id))).toEqual([]);
  });
});

/** Where we are known to differ, by the reason. */
const DIFFERENT = new Map(
  Object.entries<readonly string[]>(differences).flatMap(([reason, expressions]) =>
    expressions.map((expr): [string, string] => [expr, reason]),
  ),
);

describe('expressions have the verdicts of the server', () => {
  it.each(SECTIONS)('$heading', ({ expressions }) => {
    const differing = expressions.flatMap((expr) => {
      const verdict = VERDICTS.get(expr);
      const [server, mine] = [verdict && judged(verdict), ours(expr)];
      return isDeepStrictEqual(server, mine) ? [] : [{ expr, server, mine }];
    });
    expect(differing.filter(({ expr }) => !DIFFERENT.has(expr))).toEqual([]);
    const known = expressions.filter((expr) => DIFFERENT.has(expr));
    expect(differing.map(({ expr }) => expr)).toEqual(known);
  });
});
