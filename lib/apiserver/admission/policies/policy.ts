import type { KubernetesRelease } from '../../../kube/schema';
import type { LabelSelector } from '../../../kube/labels';
import { Field } from '../../../manifest/field';
import { expression, type Expression } from './expressions';
import { API_VERSION, BINDING, POLICY } from './kinds';
import { scopeIn, selectorIn, type Scope } from './match';

/** A ValidatingAdmissionPolicy with its compiled expressions. */
export interface Policy {
  readonly name: string;
  readonly scope: Scope;
  /** Whether the server admits an object if the evaluation fails (`failurePolicy: Ignore`). */
  readonly ignoresFailures: boolean;
  readonly paramKind: { readonly apiVersion: string; readonly kind: string } | undefined;
  readonly conditions: readonly Expression[];
  readonly variables: ReadonlyMap<string, Expression>;
  readonly validations: readonly Validation[];
  readonly annotations: readonly Expression[];
  readonly bindings: readonly Binding[];
}

interface Validation {
  readonly expression: Expression;
  readonly message: string;
  readonly messageExpression: Expression | undefined;
}

/** A ValidatingAdmissionPolicyBinding, which activates a policy. */
export interface Binding {
  readonly name: string;
  readonly scope: Scope;
  readonly denies: boolean;
  readonly warns: boolean;
  readonly params: ParamRef | undefined;
}

/** The objects that a binding passes to its policy as params. */
export interface ParamRef {
  readonly name: string;
  readonly namespace: string;
  readonly selector: LabelSelector | undefined;
  readonly denyWhenMissing: boolean;
}

/** @param objects decoded policies and bindings that the server accepted; other objects are ignored */
export function policiesIn(objects: readonly unknown[], kubernetes: KubernetesRelease): Policy[] {
  const fields = objects.map((object) => Field.root(object));
  const bindings = fields.filter((field) => isOfKind(field, BINDING));
  return fields
    .filter((field) => isOfKind(field, POLICY))
    .map((field) => {
      const name = nameOf(field);
      const own = bindings.filter((binding) => binding.child('spec').child('policyName').text === name);
      return policyIn(field, own.map(bindingIn), kubernetes);
    });
}

function isOfKind(field: Field, kind: string): boolean {
  return field.child('apiVersion').text === API_VERSION && field.child('kind').text === kind;
}

function nameOf(field: Field): string {
  return field.child('metadata').child('name').text;
}

function policyIn(field: Field, bindings: readonly Binding[], kubernetes: KubernetesRelease): Policy {
  const spec = field.child('spec');
  const compiled = (text: string): Expression => expression(text, kubernetes);
  const paramKind = spec.child('paramKind');
  return {
    name: nameOf(field),
    scope: scopeIn(spec.child('matchConstraints')),
    ignoresFailures: spec.child('failurePolicy').text === 'Ignore',
    paramKind: paramKind.isSet
      ? { apiVersion: paramKind.child('apiVersion').text, kind: paramKind.child('kind').text }
      : undefined,
    conditions: spec.child('matchConditions').items.map((item) => compiled(item.child('expression').text)),
    variables: new Map(
      spec
        .child('variables')
        .items.map((item) => [item.child('name').text, compiled(item.child('expression').text)]),
    ),
    validations: spec.child('validations').items.map((item) => {
      const messageExpression = item.child('messageExpression').text;
      return {
        expression: compiled(item.child('expression').text),
        message: item.child('message').text.trim(),
        messageExpression: messageExpression === '' ? undefined : compiled(messageExpression),
      };
    }),
    annotations: spec
      .child('auditAnnotations')
      .items.map((item) => compiled(item.child('valueExpression').text)),
    bindings,
  };
}

function bindingIn(field: Field): Binding {
  const spec = field.child('spec');
  const actions = spec.child('validationActions').texts;
  const params = spec.child('paramRef');
  return {
    name: nameOf(field),
    scope: scopeIn(spec.child('matchResources')),
    denies: actions.includes('Deny'),
    warns: actions.includes('Warn'),
    params: params.isSet
      ? {
          name: params.child('name').text,
          namespace: params.child('namespace').text,
          selector: selectorIn(params.child('selector')),
          denyWhenMissing: params.child('parameterNotFoundAction').text === 'Deny',
        }
      : undefined,
  };
}
