import { refusals } from '../../objects';

type Plain = Record<string, unknown>;

const rule = { apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] };

function policy(kind: string, spec: Plain): Plain {
  return {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind,
    metadata: { name: 'limits' },
    spec: { matchConstraints: { resourceRules: [rule] }, ...spec },
  };
}

const validating = (spec: Plain): string[] => refusals(policy('ValidatingAdmissionPolicy', spec));
const mutating = (patchType: string, field: string, expression: string, more: Plain = {}): string[] =>
  refusals(
    policy('MutatingAdmissionPolicy', {
      reinvocationPolicy: 'Never',
      mutations: [{ patchType, [field]: { expression } }],
      ...more,
    }),
  );
const holds = (expression: string): string[] => validating({ validations: [{ expression }] });

const CONDITION = 'spec.validations[0].expression';
const params = { paramKind: { apiVersion: 'v1', kind: 'ConfigMap' } };

test('a validation gives a bool, whatever the object is', () => {
  expect(
    holds("has(object.spec.replicas) && object.spec.replicas < 5 && request.operation != 'DELETE'"),
  ).toEqual([]);
  for (const wrong of [
    'object.spec.ready',
    '1',
    'nope == 1',
    'request.object == null',
    'object.spec ==',
    '"a".matches("[")',
  ])
    expect(holds(wrong)).toEqual([CONDITION]);
});

test('the namespace, the request and the authorizer have types', () => {
  expect(
    holds("namespaceObject.metadata.labels['a'] == 'b' && request.userInfo.groups.exists(g, g == 'x')"),
  ).toEqual([]);
  expect(holds("authorizer.group('apps').resource('deployments').check('get').allowed()")).toEqual([]);
  expect(holds("authorizer.requestResource.check('get').allowed()")).toEqual([]);
  for (const wrong of [
    'namespaceObject.metadata.uid == ""',
    'request.userInfo.name == ""',
    'authorizer.check("get")',
  ])
    expect(holds(wrong)).toEqual([CONDITION]);
});

test('parameters are known where the policy has a kind of them', () => {
  const validations = [{ expression: 'params.data.most == "3"' }];
  expect(validating({ validations })).toEqual([CONDITION]);
  expect(validating({ ...params, validations })).toEqual([]);
});

test('variables are known to what comes after them, with their types', () => {
  const variables = [
    { name: 'count', expression: 'size(object.spec.containers)' },
    { name: 'many', expression: 'variables.count > 3' },
  ];
  expect(validating({ variables, validations: [{ expression: '!variables.many' }] })).toEqual([]);
  expect(validating({ variables, validations: [{ expression: 'variables.count' }] })).toEqual([CONDITION]);
  const backwards = validating({ variables: variables.toReversed(), validations: [{ expression: 'true' }] });
  expect(backwards).toEqual(['spec.variables[0].expression']);
});

test('conditions do not see variables, and messages do not see the authorizer', () => {
  const variables = [{ name: 'a', expression: '1' }];
  const validations = [{ expression: 'true' }];
  const conditions = (expression: string): string[] =>
    validating({ variables, validations, matchConditions: [{ name: 'one', expression }] });
  expect(conditions('object != null')).toEqual([]);
  expect(conditions('variables.a == 1')).toEqual(['spec.matchConditions[0].expression']);
  const message = (messageExpression: string): string[] =>
    validating({ validations: [{ expression: 'true', messageExpression }] });
  expect(message('object.metadata.name')).toEqual(['spec.validations[0].messageExpression']);
  expect(message("'no ' + object.metadata.name")).toEqual([]);
  expect(message("authorizer.path('/').check('get').reason()")).toEqual([
    'spec.validations[0].messageExpression',
  ]);
});

test('an audit annotation is a string or null', () => {
  const said = (valueExpression: string): string[] =>
    validating({ auditAnnotations: [{ key: 'a', valueExpression }] });
  expect(said("'x'")).toEqual([]);
  expect(said('null')).toEqual([]);
  expect(said('1')).toEqual(['spec.auditAnnotations[0].valueExpression']);
});

test('a mutation gives an object to apply, or a list of patches', () => {
  const apply = (text: string): string[] => mutating('ApplyConfiguration', 'applyConfiguration', text);
  const patch = (text: string): string[] => mutating('JSONPatch', 'jsonPatch', text);
  expect(
    apply('Object{spec: Object.spec{replicas: 1, containers: [Object.spec.containers{name: "a"}]}}'),
  ).toEqual([]);
  expect(
    patch('[JSONPatch{op: "add", path: "/a/" + jsonpatch.escapeKey("x/y"), value: Object.a{b: 1}}]'),
  ).toEqual([]);
  for (const wrong of ['object', 'Object.spec{}', '{"spec": 1}', '[JSONPatch{}]'])
    expect(apply(wrong)).toEqual(['spec.mutations[0].applyConfiguration.expression']);
  for (const wrong of [
    'JSONPatch{op: "add"}',
    '[JSONPatch{op: 1}]',
    '[JSONPatch{verb: "add"}]',
    'object.patches',
  ])
    expect(patch(wrong)).toEqual(['spec.mutations[0].jsonPatch.expression']);
});

test('the conditions of webhooks compile', () => {
  const webhook = (expression: string): string[] =>
    refusals({
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name: 'hook' },
      webhooks: [
        {
          name: 'a.hook.example',
          sideEffects: 'None',
          admissionReviewVersions: ['v1'],
          clientConfig: { url: 'https://hook.example/' },
          matchConditions: [{ name: 'one', expression }],
        },
      ],
    });
  expect(webhook("request.resource.resource in ['pods'] && oldObject == null")).toEqual([]);
  for (const wrong of ['params == null', 'variables.a', 'object.ready', 'request.nope == 1'])
    expect(webhook(wrong)).toEqual(['webhooks[0].matchConditions[0].expression']);
});
