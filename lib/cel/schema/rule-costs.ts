import { latestRelease } from '../../kube/schema';
import { estimateCost } from '../cost/estimate';
import type { Range } from '../cost/range';
import type { Program } from '../program';
import type { Declaration } from './declaration';
import { LARGEST_REQUEST } from './declaration';
import { isMarked, limitUnder, schemaUnder, textUnder } from './schema';
import type { Schema } from './schema';

/** Maximum estimated cost of one rule, for all values that it is evaluated for. */
export const RULE_LIMIT = 10_000_000;

/** Maximum total estimated cost of all rules of a version. */
export const DEFINITION_LIMIT = 100_000_000;

/** The maximum cost of one evaluation, for values of the largest size that their schema allows. */
export function worstCost(program: Program, declaration: Declaration, kubernetes = latestRelease): number {
  return estimateCost(program.checked, (path) => sizeAt(path, declaration), kubernetes).max;
}

/** The size of the value at a path; its first step is the variable. */
function sizeAt(path: readonly string[], root: Declaration): Range | undefined {
  let at: Declaration | undefined = root;
  for (const step of path.slice(1)) {
    if (step === '@items' || step === '@values') at = at?.element;
    else if (step === '@keys') at = at?.key;
    else at = at?.fields?.get(step);
    if (at === undefined) return undefined;
  }
  return { min: 0, max: at.maxElements };
}

/** Maximum number of values of a declaration in one request. */
export function mostValues({ minSize }: Declaration): number {
  return Math.floor(LARGEST_REQUEST / (minSize + 1));
}

/** Maximum number of nested values for each value of a schema; undefined where there is no limit. */
export function mostBelow(schema: Schema): number | undefined {
  const type = textUnder(schema, 'type');
  if (type === 'array') return limitUnder(schema, 'maxItems');
  const isMap =
    type === 'object' &&
    (schemaUnder(schema, 'additionalProperties') !== undefined || isMarked(schema, 'additionalProperties'));
  return isMap ? limitUnder(schema, 'maxProperties') : 1;
}
