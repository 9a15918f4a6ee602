/** Admission policies, their bindings and webhooks, with expressions of any cost. */
import type { PlainRecord } from '../../../lib/manifest/data';
import type { Random } from '../random';
import { expression } from './expressions';
import { stringFor, stringOf } from './strings';
import { anything } from './values';

const VERSION = 'admissionregistration.k8s.io/v1';

/** Objects that only a policy of the same set makes interesting. */
export function policy(random: Random): PlainRecord {
  return random.weighted([
    [5, () => validating(random)],
    [2, () => binding(random)],
    [1, () => mutating(random)],
    [1, () => webhook(random)],
  ]);
}

const named = (random: Random, list: readonly string[]): readonly object[] =>
  random.times(0, 2, () => ({ name: random.pick(list), expression: expression(random) }));

export function validating(random: Random): PlainRecord {
  return {
    apiVersion: VERSION,
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name: 'a' },
    spec: {
      failurePolicy: random.pick(['Fail', 'Fail', 'Ignore', 'x']),
      matchConstraints: { ...constraints(random), ...selectors(random) },
      validations: random.times(1, 2, () => ({
        expression: expression(random),
        ...(random.chance(30) && { message: stringFor('message', random) }),
        ...(random.chance(30) && { messageExpression: expression(random) }),
        ...(random.chance(10) && { reason: random.pick(['Invalid', 'Forbidden', 'x']) }),
      })),
      ...(random.chance(40) && { variables: named(random, ['x', 'y', 'x-y', 'in']) }),
      ...(random.chance(30) && { matchConditions: named(random, ['x', 'y/z']) }),
      ...(random.chance(20) && { paramKind: { apiVersion: 'v1', kind: 'ConfigMap' } }),
      ...(random.chance(10) && {
        auditAnnotations: [{ key: stringOf('key', random), valueExpression: expression(random) }],
      }),
    },
  };
}

function constraints(random: Random): PlainRecord {
  if (random.chance(3)) return { resourceRules: anything(random, 2) };
  const some = (...values: string[]): string[] =>
    random.chance(85) ? ['*'] : random.times(0, 2, () => random.pick(values));
  return {
    resourceRules: [
      {
        apiGroups: some('', 'apps', 'batch', '*'),
        apiVersions: some('v1', '*'),
        operations: some('CREATE', 'UPDATE', 'DELETE', 'CONNECT', '*'),
        resources: some('pods', 'deployments', 'configmaps', '*/*', 'pods/*', 'x'),
      },
    ],
  };
}

function selectors(random: Random): PlainRecord {
  if (random.chance(70)) return {};
  const requirement = {
    key: stringOf('key', random),
    operator: random.pick(['In', 'NotIn', 'Exists', 'DoesNotExist', 'x']),
    values: random.times(0, 2, () => stringFor('name', random)),
  };
  return {
    [random.pick(['objectSelector', 'namespaceSelector'])]: random.pick<unknown>([
      {},
      { matchExpressions: [requirement] },
      { matchLabels: { app: 'a' } },
      anything(random, 2),
    ]),
  };
}

export function binding(random: Random): PlainRecord {
  return {
    apiVersion: VERSION,
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name: random.pick(['a', 'b']) },
    spec: {
      policyName: random.pick(['a', 'a', 'b']),
      validationActions: random.pick([['Deny'], ['Deny'], ['Warn', 'Audit'], ['Deny', 'Warn'], []]),
      ...(random.chance(20) && {
        paramRef: {
          name: 'a',
          namespace: 'default',
          parameterNotFoundAction: random.pick(['Allow', 'Deny', 'x']),
        },
      }),
      ...(random.chance(20) && { matchResources: selectors(random) }),
    },
  };
}

function mutating(random: Random): PlainRecord {
  return {
    apiVersion: random.pick([VERSION, `${VERSION}beta1`, `${VERSION}alpha1`]),
    kind: 'MutatingAdmissionPolicy',
    metadata: { name: 'a' },
    spec: {
      matchConstraints: constraints(random),
      reinvocationPolicy: random.pick(['Never', 'IfNeeded']),
      failurePolicy: 'Fail',
      mutations: [
        random.pick([
          { patchType: 'ApplyConfiguration', applyConfiguration: { expression: expression(random) } },
          { patchType: 'JSONPatch', jsonPatch: { expression: expression(random) } },
        ]),
      ],
      ...(random.chance(40) && { variables: named(random, ['x']) }),
    },
  };
}

function webhook(random: Random): PlainRecord {
  return {
    apiVersion: VERSION,
    kind: random.pick(['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration']),
    metadata: { name: 'a' },
    webhooks: [
      {
        name: random.pick(['a.b.c', stringOf('name', random)]),
        clientConfig: random.pick<unknown>([
          { url: stringOf('url', random) },
          {
            service: { name: 'a', namespace: 'default', path: stringOf('path', random) },
            caBundle: stringOf('certificate', random),
          },
        ]),
        sideEffects: 'None',
        admissionReviewVersions: ['v1', stringOf('version', random)],
        matchConditions: named(random, ['x']),
        ...constraints(random),
        ...selectors(random),
      },
    ],
  };
}
