import type { PolicyCompiler, Returns } from '../../../../cel';
import type { CheckedField } from '../../checked-field';
import type { KindRule } from '../kind-rule';
import { compilerFor, expression } from './expressions';
import { matchConstraints, mutableRequests } from './match-resources';
import { matchConditions } from './match-rules';
import { paramKind } from './params';
import { variable } from './validating-admission-policy';

/** The field of each patch type. */
const PATCHES = { ApplyConfiguration: 'applyConfiguration', JSONPatch: 'jsonPatch' } as const;

/** The result type of each patch type's expression. */
const GIVES = { ApplyConfiguration: 'Object{…}', JSONPatch: 'a list of JSONPatch{…}' } as const;

/** @source k8s.io/kubernetes pkg/apis/admissionregistration/validation/validation.go validateMutatingAdmissionPolicySpec 1.36 */
export const mutatingAdmissionPolicy: KindRule = {
  kind: 'admissionregistration.k8s.io/MutatingAdmissionPolicy',
  about: 'What the policy matches, its variables and mutations.',
  check(object) {
    const spec = object.child('spec');
    const [constraints, mutations, reinvocation] = [
      spec.child('matchConstraints'),
      spec.child('mutations'),
      spec.child('reinvocationPolicy'),
    ];
    const hasParams = spec.child('paramKind').isSet;
    const compiler = compilerFor(spec, { hasParams, hasVariables: true });
    spec.child('failurePolicy').mustBeOneOf(['Fail', 'Ignore']);
    if (hasParams) paramKind(spec.child('paramKind'));
    matchConstraints(constraints);
    mutableRequests(constraints);
    matchConditions(spec.child('matchConditions'), hasParams);
    for (const each of spec.child('variables').items) variable(each, compiler);
    mutations.needs('must have at least one mutation');
    for (const each of mutations.items) mutation(each, compiler);
    if (reinvocation.needs()) reinvocation.mustBeOneOf(['Never', 'IfNeeded']);
  },
};

/** @source k8s.io/kubernetes pkg/apis/admissionregistration/validation/validation.go validateMutation 1.36 */
function mutation(field: CheckedField, compiler: PolicyCompiler): void {
  const type = field.child('patchType');
  if (!type.needs() || !type.mustBeOneOf(Object.keys(PATCHES))) return;
  for (const [other, name] of Object.entries(PATCHES)) {
    const patch = field.child(name);
    if (other !== type.text) {
      if (patch.isSet) patch.invalid(`must not be set when the type is ${type.text}`);
    } else if (!patch.isSet) patch.required(`must be set when the type is ${type.text}`);
    else patchExpression(patch.child('expression'), compiler, GIVES[type.text as keyof typeof PATCHES]);
  }
}

/** @source k8s.io/kubernetes pkg/apis/admissionregistration/validation/validation.go validateApplyConfiguration, validateJSONPatch 1.36 */
function patchExpression(field: CheckedField, compiler: PolicyCompiler, returns: Returns): void {
  if (field.text.trim() === '') field.required();
  else expression(field, compiler, returns, { isPatch: true });
}
