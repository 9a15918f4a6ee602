import { PolicyCompiler, Program } from '../../lib/cel';
import type { PolicyScope, Returns } from '../../lib/cel';

type Purpose = Parameters<PolicyCompiler['compile']>[2];

/** What is wrong with an expression of a policy; nothing when it compiles. */
function problems(
  text: string,
  {
    returns = 'bool',
    scope = {},
    purpose,
  }: { returns?: Returns; scope?: PolicyScope; purpose?: Purpose } = {},
): string[] {
  const program = new PolicyCompiler('1.36', scope).compile(text, returns, purpose);
  return program instanceof Program ? [] : program.map(({ message }) => message);
}

it.each([
  ['object.spec.anything == oldObject.spec.anything'],
  ['request.kind.group == "apps" && request.kind.version == "v1" && request.kind.kind == "Deployment"'],
  ['request.resource.resource == "pods" && request.requestResource.group == ""'],
  ['request.requestKind.kind == request.kind.kind && request.subResource == request.requestSubResource'],
  ['request.name == "a" && request.namespace == "b" && request.operation == "CREATE" && request.dryRun'],
  ['request.userInfo.username == "a" && request.userInfo.uid == "" && "x" in request.userInfo.groups'],
  ['request.userInfo.extra["a"].all(v, v != "") && request.options.anything == 1'],
  ['namespaceObject.metadata.labels["a"] == "b" && namespaceObject.metadata.annotations.size() == 0'],
  [
    'namespaceObject.metadata.name + namespaceObject.metadata.generateName + namespaceObject.metadata.UID == ""',
  ],
  ['namespaceObject.metadata.creationTimestamp < namespaceObject.metadata.deletionTimestamp'],
  ['namespaceObject.metadata.generation > namespaceObject.metadata.deletionGracePeriodSeconds'],
  ['namespaceObject.metadata.resourceVersion == "" && namespaceObject.metadata.finalizers == ["a"]'],
  ['namespaceObject.spec.finalizers.size() == 0 && namespaceObject.status.phase == "Active"'],
  ['namespaceObject.status.conditions.all(c, c.type + c.status + c.message + c.reason != "")'],
  ['namespaceObject.status.conditions.all(c, c.lastTransitionTime > timestamp(0))'],
  ['authorizer.group("apps").resource("deployments").check("get").allowed()'],
  ['authorizer.requestResource.check("get").allowed()'],
])('policies know the fields of %s', (text) => {
  expect(problems(text)).toEqual([]);
});

it.each([
  ['request.unknown'],
  ['namespaceObject.spec.unknown'],
  ['namespaceObject.metadata.managedFields'],
  ['unknown'],
])('policies do not know %s', (text) => {
  expect(problems(text, { returns: 'anything' })).toHaveLength(1);
});

it('gives params and variables only to policies that have them', () => {
  expect(problems('params.a == 1')).toHaveLength(1);
  expect(problems('params.a == 1', { scope: { hasParams: true } })).toEqual([]);
  expect(problems('variables.a == 1')).toHaveLength(1);
});

it('gives an authorizer unless the purpose has none', () => {
  expect(
    problems('authorizer.path("/").check("get").allowed()', { purpose: { hasAuthorizer: false } }),
  ).toHaveLength(1);
  expect(
    problems('authorizer.requestResource.check("get").allowed()', { purpose: { hasAuthorizer: false } }),
  ).toHaveLength(1);
});

it.each<[Returns, string, string]>([
  ['bool', 'true', '"a"'],
  ['string', '"a"', 'true'],
  ['string or null', 'null', '1'],
  ['string or null', '"a"', 'true'],
  ['Object{…}', 'Object{spec: Object.spec{replicas: 1}}', '{"spec": 1}'],
  ['a list of JSONPatch{…}', '[JSONPatch{op: "remove", path: "/a"}]', '["a"]'],
])('what has to give %s may be %s, and not %s', (returns, right, wrong) => {
  expect(problems(right, { returns, purpose: { isPatch: true } })).toEqual([]);
  expect(problems(wrong, { returns, purpose: { isPatch: true } })).toEqual([
    expect.stringContaining(`must evaluate to ${returns}, and evaluates to `),
  ]);
});

it('takes a value of any type where anything is right', () => {
  expect(problems('[1]', { returns: 'anything' })).toEqual([]);
  expect(problems('dyn(1)', { returns: 'anything' })).toEqual([]);
});

it('makes objects and patches only where patches are made', () => {
  const patch = 'JSONPatch{op: "add", path: "/a", from: "/b", value: 1}';
  expect(problems(patch, { returns: 'anything', purpose: { isPatch: true } })).toEqual([]);
  expect(problems(patch, { returns: 'anything' })).not.toEqual([]);
  expect(problems('JSONPatch{unknown: 1}', { returns: 'anything', purpose: { isPatch: true } })).toHaveLength(
    1,
  );
  expect(problems('JSONPatch{op: 1}', { returns: 'anything', purpose: { isPatch: true } })).toHaveLength(1);
  expect(problems('jsonpatch.escapeKey("a/b") == "a~1b"', { purpose: { isPatch: true } })).toEqual([]);
  expect(problems('jsonpatch.escapeKey("a/b") == "a~1b"')).not.toEqual([]);
  expect(problems('Objects{a: 1}', { returns: 'anything', purpose: { isPatch: true } })).toHaveLength(1);
});

describe('variables', () => {
  it('are known, with their types, to what is compiled after them', () => {
    const policy = new PolicyCompiler('1.36', { hasVariables: true });
    expect(policy.compile('variables.n > 0', 'bool')).not.toBeInstanceOf(Program);
    policy.declare('n', '1 + 1');
    expect(policy.compile('variables.n > 0', 'bool')).toBeInstanceOf(Program);
    expect(policy.compile('variables.n.startsWith("a")', 'bool')).not.toBeInstanceOf(Program);
  });

  it.each([
    ['[1, 2]', 'variables.v.all(n, n > 0)', 'variables.v.all(n, n.startsWith("a"))'],
    ['{"a": 1}', 'variables.v["a"] > 0', 'variables.v["a"].startsWith("a")'],
    ['"a"', 'variables.v.startsWith("a")', 'variables.v > 1'],
    ['timestamp(0)', 'variables.v < timestamp(1)', 'variables.v > 1'],
    ['duration("1s")', 'variables.v < duration("2s")', 'variables.v > 1'],
    ['b"a"', 'variables.v == b"a"', 'variables.v > 1'],
    ['true', 'variables.v', 'variables.v > 1'],
    ['1u', 'variables.v > 0u', 'variables.v'],
    ['1.5', 'variables.v > 0.5', 'variables.v'],
    ['null', 'variables.v == null', 'variables.v > 1'],
  ])('of the value %s can be used as %s, and not as %s', (value, right, wrong) => {
    const policy = new PolicyCompiler('1.36', { hasVariables: true });
    policy.declare('v', value);
    expect(policy.compile(right, 'bool')).toBeInstanceOf(Program);
    expect(policy.compile(wrong, 'bool')).not.toBeInstanceOf(Program);
  });

  it.each([['quantity("1")'], ['optional.of(1)'], ['object'], ['1 +']])(
    'of other types, such as %s, may be anything',
    (value) => {
      const policy = new PolicyCompiler('1.36', { hasVariables: true });
      policy.declare('v', value);
      expect(policy.compile('variables.v > 1 || variables.v == "a"', 'bool')).toBeInstanceOf(Program);
    },
  );
});
