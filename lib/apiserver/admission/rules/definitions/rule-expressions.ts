import {
  DEFINITION_LIMIT,
  RULE_LIMIT,
  compileRulesOf,
  declare,
  escapeName,
  mostBelow,
  mostValues,
  worstCost,
  type CelProblem,
  type CompiledRule,
  type Declaration,
} from '../../../../cel';
import type { CheckedField } from '../../checked-field';
import { isSchema } from './structural';

type Schema = Readonly<Record<string, unknown>>;

const CHEAPER =
  'Simplify it, or set maxItems, maxProperties and maxLength in the schemas that it goes through.';
const MOST_SHOWN = 4;

/** The position of a schema. */
interface Place {
  /** The declaration of its values, if an enclosing schema with rules has computed it. */
  readonly declaration: Declaration | undefined;
  /** Whether it, or an enclosing schema, has rules. */
  readonly isInScope: boolean;
  readonly isResource: boolean;
  /** Maximum number of its values in one object; undefined where there is no limit. */
  readonly count: number | undefined;
  /** Whether its values have no old values: in lists that are not of type map. */
  readonly isUncorrelatable: boolean;
}

/**
 * Checks that the rules of a schema compile, return the right type, and are within the cost limit. The schema must be
 * otherwise valid.
 *
 * @source k8s.io/apiextensions-apiserver pkg/apis/apiextensions/validation/validation.go ValidateCustomResourceDefinitionOpenAPISchema 1.36
 */
export function ruleExpressions(schema: CheckedField): void {
  const costs: { readonly at: CheckedField; readonly cost: number }[] = [];
  walk(
    schema,
    { declaration: undefined, isInScope: false, isResource: true, count: 1, isUncorrelatable: false },
    (at, cost) => costs.push({ at, cost }),
  );
  const total = costs.reduce((sum, { cost }) => sum + cost, 0);
  if (total <= DEFINITION_LIMIT) return;
  const expensive = costs.filter(({ cost }) => cost >= DEFINITION_LIMIT / 100);
  expensive.sort((one, other) => other.cost - one.cost);
  for (const { at } of expensive.slice(0, MOST_SHOWN))
    at.forbidden('is one of the rules that together are estimated to cost too much', CHEAPER);
  schema.forbidden(
    `must not have rules that are estimated to cost more than ${DEFINITION_LIMIT} together`,
    CHEAPER,
  );
}

type Spend = (at: CheckedField, cost: number) => void;

function walk(schema: CheckedField, place: Place, spend: Spend): void {
  const value = schema.value as Schema;
  const list = schema.child('x-kubernetes-validations');
  const isInScope = place.isInScope || list.size > 0;
  const declaration = isInScope
    ? (place.declaration ?? declare(value, place.isResource, '@self', schema.kubernetes))
    : undefined;
  if (list.size > 0) rules(schema, list, { ...place, declaration }, spend);
  const most = mostBelow(value);
  const count = place.count === undefined || most === undefined ? undefined : place.count * most;
  const below = (part: CheckedField, known: Declaration | undefined, isLoose: boolean): void =>
    walk(
      part,
      {
        declaration: known,
        isInScope,
        isResource: part.child('x-kubernetes-embedded-resource').isTrue,
        count,
        isUncorrelatable: place.isUncorrelatable || isLoose,
      },
      spend,
    );
  for (const property of schema.child('properties').entries)
    below(property, declaration?.fields?.get(escapeName(property.name) ?? ''), false);
  const [values, items] = [schema.child('additionalProperties'), schema.child('items')];
  if (isSchema(values)) below(values, declaration?.element, false);
  if (isSchema(items))
    below(items, declaration?.element, schema.child('x-kubernetes-list-type').text !== 'map');
}

function rules(
  schema: CheckedField,
  list: CheckedField,
  { declaration, count, isUncorrelatable }: Place,
  spend: Spend,
): void {
  if (declaration === undefined)
    return list.invalid('must not be set for values that expressions cannot look into');
  const compiled = compileRulesOf(schema.value as Schema, declaration, schema.kubernetes);
  for (const [index, field] of list.items.entries()) {
    const rule = compiled[index];
    if (rule === undefined) continue;
    ruleCost(field.child('rule'), rule, declaration, count ?? mostValues(declaration), spend);
    reportProblems(field.child('rule'), rule.problems);
    messageExpression(field.child('messageExpression'), rule, declaration, spend);
    const optional = field.child('optionalOldSelf');
    if (!rule.usesOldSelf && optional.isSet) optional.invalid('must not be set for a rule without oldSelf');
    if (rule.usesOldSelf && isUncorrelatable)
      field.child('rule').invalid('must not use oldSelf within a list whose items have no keys');
  }
}

function ruleCost(
  field: CheckedField,
  { program }: CompiledRule,
  declaration: Declaration,
  count: number,
  spend: Spend,
): void {
  if (program === undefined) return;
  const cost = worstCost(program, declaration, field.kubernetes) * count;
  if (cost > RULE_LIMIT) tooCostly(field);
  spend(field, cost);
}

function messageExpression(
  field: CheckedField,
  { message, messageProblems }: CompiledRule,
  declaration: Declaration,
  spend: Spend,
): void {
  reportProblems(field, messageProblems);
  if (message === undefined) return;
  const cost = worstCost(message, declaration, field.kubernetes);
  if (cost > RULE_LIMIT) tooCostly(field);
  spend(field, cost);
}

function tooCostly(field: CheckedField): void {
  field.forbidden(`is estimated to cost more than ${RULE_LIMIT}, which is the most that a rule may`, CHEAPER);
}

function reportProblems(field: CheckedField, problems: readonly CelProblem[]): void {
  for (const { message, line, column } of problems)
    field.invalid(`compilation failed at line ${line}, column ${column}: ${message}`);
}
