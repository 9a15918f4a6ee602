import { atLeast } from '../../kube/at-least';
import type { KubernetesRelease } from '../../kube/schema';
import { Budget } from '../program';
import { CelError, OptionalValue } from '../values/value';
import type { Result } from '../values/value';
import { adapt } from './adapt';
import { compileRulesOf } from './compile-rules';
import type { CompiledRule } from './compile-rules';
import { Correlation } from './correlation';
import { declare } from './declaration';
import type { Declaration } from './declaration';
import { escapeName } from './escaping';
import { readFieldPath } from './field-path';
import { correlated } from './old-values';
import type { Schema } from './schema';
import { isEmbedded, propertiesOf, schemaUnder } from './schema';

/** A rule that a value violates, or that could not be evaluated. */
export interface Violation {
  /** In the API server's format: `spec.ports[0].name`, `spec.labels[a]`; empty for the value itself. */
  readonly path: string;
  readonly message: string;
  /** The reason of the rule; `FieldValueInvalid` by default. */
  readonly reason: string;
}

export interface RuleOptions {
  /**
   * The old value: transition rules compare it, and from 1.30 on no other rule refuses a part that has not changed.
   *
   * @default none: the value is new, and transition rules are skipped
   */
  readonly oldValue?: unknown;
  /** The cost limit of the evaluation. @default the API server's limit for one request */
  readonly budget?: Budget;
  /** The path of the value itself. @default '' */
  readonly path?: string;
}

const LONGEST_MESSAGE = 5 * 1024;

/** The rules of a schema and of its nested schemas, compiled once for many evaluations. */
export class RuleSet {
  readonly #node: RuleNode | undefined;
  /** Whether a server lets unchanged parts be: the gate CRDValidationRatcheting is on since 1.30. */
  readonly #ratchets: boolean;

  private constructor(node: RuleNode | undefined, ratchets: boolean) {
    this.#node = node;
    this.#ratchets = ratchets;
  }

  /** @param schema the whole schema of a version from the CustomResourceDefinition */
  static of(schema: Schema, kubernetes: KubernetesRelease): RuleSet {
    const node = nodeOf(schema, declare(schema, true, ROOT, kubernetes), ROOT, kubernetes, true);
    return new RuleSet(node, atLeast(kubernetes, '1.30'));
  }

  get isEmpty(): boolean {
    return this.#node === undefined;
  }

  /** The rules that a value violates; the value has its defaults and is valid by its schema. Never throws. */
  evaluate(value: unknown, { oldValue, budget = new Budget(), path = '' }: RuleOptions = {}): Violation[] {
    if (this.#node === undefined) return [];
    const run = { violations: [], budget, isOver: false };
    const isChange = this.#ratchets && oldValue !== undefined;
    const correlation = isChange ? Correlation.of(this.#node.schema, value, oldValue) : Correlation.none;
    evaluateNode(this.#node, { value, oldValue, path, correlation }, run);
    return run.violations;
  }
}

const ROOT = '@self';

/** A schema with rules of its own or in nested schemas. */
interface RuleNode {
  readonly schema: Schema;
  readonly typeName: string;
  readonly isResource: boolean;
  readonly rules: readonly CompiledRule[];
  readonly properties: ReadonlyMap<string, RuleNode>;
  readonly values: RuleNode | undefined;
  readonly items: RuleNode | undefined;
}

function nodeOf(
  schema: Schema,
  declaration: Declaration | undefined,
  typeName: string,
  kubernetes: KubernetesRelease,
  isResource: boolean,
): RuleNode | undefined {
  const below = (keyword: string, name: string): RuleNode | undefined => {
    const part = schemaUnder(schema, keyword);
    const known = declaration?.element;
    return (
      part &&
      nodeOf(
        part,
        known ?? declare(part, isEmbedded(part), name, kubernetes),
        name,
        kubernetes,
        isEmbedded(part),
      )
    );
  };
  const properties = new Map<string, RuleNode>();
  for (const [name, part] of propertiesOf(schema)) {
    const escaped = escapeName(name) ?? name;
    const partName = `${typeName}.${escaped}`;
    const known = declaration?.fields?.get(escaped) ?? declare(part, isEmbedded(part), partName, kubernetes);
    const node = nodeOf(part, known, partName, kubernetes, isEmbedded(part));
    if (node !== undefined) properties.set(name, node);
  }
  const [values, items] = [
    below('additionalProperties', `${typeName}.@elem`),
    below('items', `${typeName}.@idx`),
  ];
  const rules = declaration === undefined ? [] : compileRulesOf(schema, declaration, kubernetes);
  const isIdle = rules.length === 0 && properties.size === 0 && values === undefined && items === undefined;
  return isIdle ? undefined : { schema, typeName, isResource, rules, properties, values, items };
}

interface Place {
  readonly value: unknown;
  readonly oldValue: unknown;
  readonly path: string;
  readonly correlation: Correlation;
}

interface Run {
  readonly violations: Violation[];
  readonly budget: Budget;
  isOver: boolean;
}

function evaluateNode(node: RuleNode, place: Place, run: Run): void {
  const { value, oldValue, path, correlation } = place;
  if (value === undefined || value === null || run.isOver) return;
  if (node.rules.length > 0) evaluateRules(node, place, run);
  if (Array.isArray(value)) {
    if (node.items === undefined) return;
    for (const [index, item] of value.entries()) {
      const old = correlated(node.schema, item, oldValue);
      const below: Place = {
        value: item,
        oldValue: old,
        path: `${path}[${index}]`,
        correlation: correlation.at(index),
      };
      evaluateNode(node.items, below, run);
    }
    return;
  }
  if (typeof value !== 'object') return;
  const old: Readonly<Record<string, unknown>> =
    typeof oldValue === 'object' && oldValue !== null ? { ...oldValue } : {};
  for (const [name, part] of Object.entries(value)) {
    const property = node.properties.get(name);
    const below = property ?? node.values;
    if (below === undefined) continue;
    const partPath = property === undefined ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`;
    const oldPart = Object.hasOwn(old, name) ? old[name] : undefined;
    const under: Place = {
      value: part,
      oldValue: oldPart,
      path: partPath,
      correlation: correlation.under(name),
    };
    evaluateNode(below, under, run);
  }
}

function evaluateRules(node: RuleNode, { value, oldValue, path, correlation }: Place, run: Run): void {
  const hasOld = oldValue !== undefined && oldValue !== null;
  const self = adapt(value, node.schema, node.typeName, node.isResource);
  const old = hasOld ? adapt(oldValue, node.schema, node.typeName, node.isResource) : undefined;
  for (const { rule, program, message, usesOldSelf } of node.rules) {
    if (program === undefined || run.isOver) continue;
    const isOptional = rule.optionalOldSelf === true;
    if (usesOldSelf && !hasOld && !isOptional) continue;
    const variables = new Map<string, Result>([['self', self]]);
    if (isOptional) variables.set('oldSelf', optional(old));
    else if (old !== undefined) variables.set('oldSelf', old);
    const result = program.evaluate(variables, { budget: run.budget });
    if (run.budget.left === 0) run.isOver = true;
    if (result === true) continue;
    const isWrong = result instanceof CelError;
    if (!isWrong && !usesOldSelf && correlation.isUnchanged) continue;
    const fieldPath = readFieldPath(rule.fieldPath, node.schema);
    const said = isWrong ? undefined : messageOf(message?.evaluate(variables, { budget: run.budget }));
    run.violations.push({
      path: isWrong || typeof fieldPath !== 'object' ? path : joinPath(path, fieldPath.path),
      message: isWrong
        ? `the rule ${JSON.stringify(rule.rule)} cannot be evaluated: ${result.message}`
        : (said ?? (rule.message.trim() || `failed rule: ${rule.rule.trim()}`)),
      reason: isWrong || rule.reason === '' ? 'FieldValueInvalid' : rule.reason,
    });
  }
}

function optional(old: Result | undefined): Result {
  if (old instanceof CelError) return old;
  return old === undefined ? OptionalValue.none : new OptionalValue(old);
}

/** The message from an expression, if it is one that the server would show. */
function messageOf(result: Result | undefined): string | undefined {
  if (typeof result !== 'string') return undefined;
  const text = result.trim();
  return text === '' || text.length > LONGEST_MESSAGE || text.includes('\n') ? undefined : text;
}

function joinPath(path: string, more: string): string {
  return path === '' || more === '' || more.startsWith('[') ? path + more : `${path}.${more}`;
}
