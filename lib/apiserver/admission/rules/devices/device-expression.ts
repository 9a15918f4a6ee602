import { BOOL, compile, DYN, environment, Program, STRING } from '../../../../cel';
import type { CelProblem, Environment } from '../../../../cel';
import { describeType, mapOf, struct } from '../../../../cel/check/type';
import type { Type } from '../../../../cel/check/type';
import { QUANTITY } from '../../../../cel/functions/overload';
import type { CheckedField } from '../../checked-field';

const DEVICE = struct('kubernetes.DRADevice');

/** A macro that only these expressions have; an expression that uses it is not compiled. */
const BIND = /\bcel\s*\.\s*bind\b/;

/** By the release, and by whether devices can be shared. */
const environments = new Map<string, Environment>();

/**
 * A CEL selector of devices: it must compile, and return a boolean or an attribute, whose type is not known.
 *
 * @source k8s.io/dynamic-resource-allocation cel/compile.go compiler.CompileCELExpression 1.36
 */
export function deviceExpression(field: CheckedField): void {
  if (BIND.test(field.text)) return;
  const compiled = compile(field.text, environmentOf(field));
  if (!(compiled instanceof Program)) return reportProblems(field, compiled);
  const { type } = compiled;
  if (type === undefined || type.kind === BOOL.kind || type.kind === DYN.kind) return;
  field.invalid(`must be a boolean, and is ${describeType(type)}`);
}

function reportProblems(field: CheckedField, problems: readonly CelProblem[]): void {
  for (const { message, line, column } of problems)
    field.invalid(`compilation failed at line ${line}, column ${column}: ${message}`);
}

/** @source k8s.io/dynamic-resource-allocation cel/compile.go newCompiler 1.36 */
function environmentOf(field: CheckedField): Environment {
  const isShareable = field.isOn('DRAConsumableCapacity');
  const key = `${field.kubernetes} ${isShareable}`;
  const known = environments.get(key);
  if (known !== undefined) return known;
  const fields = new Map<string, Type>([
    ['driver', STRING],
    ['attributes', mapOf(STRING, mapOf(STRING, DYN))],
    ['capacity', mapOf(STRING, mapOf(STRING, QUANTITY))],
  ]);
  if (isShareable) fields.set('allowMultipleAllocations', BOOL);
  const made = environment(field.kubernetes, new Map([['device', DEVICE]]), new Map([[DEVICE.name, fields]]));
  environments.set(key, made);
  return made;
}
