import type { Field } from '../../field';
import type { KindRule } from '../kind-rule';
import { matchConstraints, mutableRequests } from './match-resources';
import { matchConditions } from './match-rules';
import { paramKind } from './params';
import { variable } from './validating-admission-policy';

/** The field that each type of patch has. */
const PATCHES = { ApplyConfiguration: 'applyConfiguration', JSONPatch: 'jsonPatch' } as const;

export const mutatingAdmissionPolicy: KindRule = {
  kind: 'admissionregistration.k8s.io/MutatingAdmissionPolicy',
  about: 'What the policy matches, its variables and mutations.',
  beyond: 'Whether the expressions of its mutations and variables compile.',
  check(object) {
    const spec = object.child('spec');
    const [constraints, mutations, reinvocation] = [
      spec.child('matchConstraints'),
      spec.child('mutations'),
      spec.child('reinvocationPolicy'),
    ];
    spec.child('failurePolicy').mustBeOneOf(['Fail', 'Ignore']);
    if (spec.child('paramKind').isSet) paramKind(spec.child('paramKind'));
    matchConstraints(constraints);
    mutableRequests(constraints);
    matchConditions(spec.child('matchConditions'));
    for (const each of spec.child('variables').items) variable(each);
    mutations.needs('must have at least one mutation');
    for (const each of mutations.items) mutation(each);
    if (reinvocation.needs()) reinvocation.mustBeOneOf(['Never', 'IfNeeded']);
  },
};

function mutation(field: Field): void {
  const type = field.child('patchType');
  if (!type.needs() || !type.mustBeOneOf(Object.keys(PATCHES))) return;
  for (const [other, name] of Object.entries(PATCHES)) {
    const patch = field.child(name);
    if (other !== type.text) {
      if (patch.isSet) patch.invalid(`must not be set for the type ${type.text}`);
    } else if (!patch.isSet) patch.required(`must be set for the type ${type.text}`);
    else if (patch.child('expression').text.trim() === '') patch.child('expression').required();
  }
}
