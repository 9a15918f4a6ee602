import { binding, deployment, messages, namespace, policy, rule, said, type Plain } from './policies';

const PREFIX = "ValidatingAdmissionPolicy 'limits' with binding 'everywhere' denied request: ";
const refusing = { validations: [{ expression: 'false' }] };

function reasons(objects: readonly Plain[]): string[] {
  return said(objects).map(({ message }) => message.replace(PREFIX, ''));
}

describe('the message of a validation', () => {
  const message = (more: Plain): string[] =>
    messages({ validations: [{ expression: 'object.spec.replicas == 1', ...more }] }).map((text) =>
      text.replace(PREFIX, ''),
    );

  it.each([
    ["'short'", 'short'],
    ["'  short  '", 'short'],
    ["''", 'given'],
    ["'two\\nlines'", 'given'],
    [`'${'a'.repeat(5 * 1024)}'`, 'a'.repeat(5 * 1024)],
    [`'${'a'.repeat(5 * 1024 + 1)}'`, 'given'],
    ['string(object.spec.nothing)', 'given'],
  ])('is what its expression makes, where that is a line: %#', (messageExpression, expected) => {
    expect(message({ message: 'given', messageExpression })).toEqual([expected]);
  });

  it('is given without its margins', () => {
    expect(message({ message: ' given ' })).toEqual(['given']);
  });

  it('is the expression where there is no other', () => {
    expect(messages({ validations: [{ expression: ' object.spec.replicas == 1 ' }] })).toEqual([
      `${PREFIX}"object.spec.replicas == 1" is false`,
    ]);
  });
});

describe('what cannot be evaluated', () => {
  const broken = 'object.nothing == 1';

  it('is named with the expression', () => {
    expect(messages({ validations: [{ expression: broken }] })).toEqual([
      `${PREFIX}"object.nothing == 1" fails: no such key: nothing`,
    ]);
  });

  it('does not hide what is false', () => {
    const validations = [{ expression: broken }, { expression: 'false', message: 'no' }];
    expect(messages({ validations })).toHaveLength(2);
    expect(messages({ validations, failurePolicy: 'Ignore' })).toEqual([`${PREFIX}no`]);
  });

  it('is named for each condition', () => {
    const matchConditions = [
      { name: 'a', expression: 'object.one == 1' },
      { name: 'b', expression: 'object.two == 2' },
    ];
    expect(messages({ ...refusing, matchConditions })).toEqual([
      `${PREFIX}no such key: one; no such key: two`,
    ]);
  });

  it('is an audit annotation, which refuses whatever the binding does', () => {
    const auditAnnotations = [{ key: 'a', valueExpression: 'string(object.nothing)' }];
    for (const action of ['Deny', 'Warn', 'Audit'])
      expect(
        reasons([policy({ auditAnnotations }), binding({ validationActions: [action] }), deployment()]),
      ).toEqual(['no such key: nothing']);
  });

  it('is no audit annotation that only the cluster knows', () => {
    const auditAnnotations = [{ key: 'a', valueExpression: 'request.userInfo.username' }];
    expect(said([policy({ auditAnnotations }), binding(), deployment()])).toMatchObject([
      { severity: 'info' },
    ]);
  });

  it('is a variable that is asked for, and no other', () => {
    const variables = [{ name: 'a', expression: broken }];
    expect(messages({ variables, validations: [{ expression: 'variables.a' }] })).toHaveLength(1);
    expect(messages({ variables, validations: [{ expression: 'true' }] })).toEqual([]);
  });
});

it('a condition that only the cluster knows leaves the policy open, unless another is false', () => {
  const conditions = (...expressions: string[]): Plain => ({
    ...refusing,
    matchConditions: expressions.map((expression, index) => ({ name: `c${index}`, expression })),
  });
  const who = "request.userInfo.username == 'ada'";
  const found = (spec: Plain): string[] =>
    said([policy(spec), binding(), deployment()]).map(({ severity }) => severity);
  expect(found(conditions(who))).toEqual(['info']);
  expect(found(conditions(who, 'false'))).toEqual([]);
  expect(found(conditions('true'))).toEqual(['error']);
});

it.each([
  [['Deny'], ['error']],
  [['Warn'], ['warning']],
  [['Deny', 'Audit'], ['error']],
  [['Warn', 'Audit'], ['warning']],
  [['Audit'], []],
])('a binding with the actions %j reports %j', (validationActions, severities) => {
  const found = said([policy(refusing), binding({ validationActions }), deployment()]);
  expect(found.map(({ severity }) => severity)).toEqual(severities);
});

it('a policy is in force by each binding of its name', () => {
  const other = { ...binding(), metadata: { name: 'here' } };
  expect(said([policy(refusing), binding(), other, deployment()])).toHaveLength(2);
  expect(said([policy(refusing), binding({ policyName: 'other' }), deployment()])).toEqual([]);
  expect(said([policy(refusing), deployment()])).toEqual([]);
});

describe('the request', () => {
  const sees = (
    expression: string,
    object = deployment(),
    constraints?: Plain,
    more: Plain[] = [],
  ): boolean => {
    const matchConstraints = { resourceRules: [rule(constraints)] };
    return (
      said([policy({ matchConstraints, validations: [{ expression }] }), binding(), object, ...more])
        .length === 0
    );
  };

  it.each([
    "request.kind.group == 'apps' && request.kind.version == 'v1' && request.kind.kind == 'Deployment'",
    "request.requestKind.group + '/' + request.requestKind.version == 'apps/v1'",
    "request.requestKind.kind == 'Deployment'",
    "request.resource.group + '/' + request.resource.version == 'apps/v1'",
    "request.resource.resource == 'deployments'",
    "request.requestResource.group + '/' + request.requestResource.version == 'apps/v1'",
    "request.requestResource.resource == 'deployments'",
    "request.name == 'web' && request.namespace == 'shop'",
    "request.operation == 'CREATE' && request.dryRun == false && oldObject == null",
    "request.options.kind == 'CreateOptions' && request.options.apiVersion == 'meta.k8s.io/v1'",
    "object.apiVersion == 'apps/v1'",
  ])('has %s', (expression) => {
    expect(sees(expression)).toBe(true);
    expect(sees(`!(${expression})`)).toBe(false);
  });

  it('has no name where the server makes one up', () => {
    const unnamed = deployment(1, { name: undefined, generateName: 'web-' });
    expect(sees('!has(request.name)', unnamed)).toBe(true);
  });

  it('is about the default namespace where none is named', () => {
    expect(sees("request.namespace == 'default'", deployment(1, { namespace: undefined }))).toBe(true);
    expect(sees("object.metadata.namespace == 'default'", deployment(1, { namespace: undefined }))).toBe(
      true,
    );
  });

  it('is about no namespace for a kind that lives in none, and about itself for a Namespace', () => {
    const role = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'r' },
      rules: [],
    };
    const roles = { apiGroups: ['*'], resources: ['clusterroles'] };
    expect(sees('!has(request.namespace) && namespaceObject == null', role, roles)).toBe(true);
    const namespaces = { apiGroups: [''], resources: ['namespaces'] };
    const shop = namespace('shop', { team: 'a' });
    expect(sees("request.namespace == 'shop' && namespaceObject == null", shop, namespaces)).toBe(true);
  });

  it('has the namespace of its object, where that is here', () => {
    const shop = namespace('shop', { team: 'a' });
    expect(sees("namespaceObject.metadata.labels['team'] == 'a'", deployment(), {}, [shop])).toBe(true);
    expect(sees("namespaceObject.metadata.labels['team'] == 'b'", deployment(), {}, [shop])).toBe(false);
  });
});

it('a Namespace is selected by its own labels', () => {
  const about = (namespaceSelector: Plain): Plain => ({
    ...refusing,
    matchConstraints: {
      resourceRules: [rule({ apiGroups: [''], resources: ['namespaces'] })],
      namespaceSelector,
    },
  });
  const shop = namespace('shop', { team: 'a' });
  const count = (selector: Plain): number => said([policy(about(selector)), binding(), shop]).length;
  expect(count({ matchLabels: { team: 'a' } })).toBe(1);
  expect(count({ matchLabels: { team: 'b' } })).toBe(0);
  expect(count({ matchLabels: { 'kubernetes.io/metadata.name': 'shop' } })).toBe(1);
});

describe('params', () => {
  const limit = { apiVersion: 'v1', kind: 'ConfigMap' };
  const asked = (paramRef: Plain, paramKind: Plain = limit, more: Plain = {}): Plain[] => [
    policy({ ...refusing, paramKind, ...more }),
    binding({ paramRef: { parameterNotFoundAction: 'Deny', ...paramRef } }),
  ];
  const role = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name: 'r' },
    rules: [],
  };
  const roles = {
    matchConstraints: { resourceRules: [rule({ apiGroups: ['*'], resources: ['clusterroles'] })] },
  };

  it('of a kind that lives in no namespace may not be sought in one', () => {
    const kind = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole' };
    expect(reasons([...asked({ name: 'r', namespace: 'shop' }, kind), role, deployment()])).toEqual([
      'its paramRef must not name a namespace: ClusterRole lives in none',
    ]);
    expect(reasons([...asked({ name: 'r' }, kind), role, deployment()])).toEqual(['"false" is false']);
  });

  it('must be sought in a namespace for an object that lives in none', () => {
    const config = { ...limit, metadata: { name: 'max', namespace: 'shop' } };
    expect(reasons([...asked({ name: 'max' }, limit, roles), config, role])).toEqual([
      'its paramRef must name a namespace for objects that live in none',
    ]);
    expect(reasons([...asked({ name: 'max', namespace: 'shop' }, limit, roles), config, role])).toEqual([
      '"false" is false',
    ]);
  });

  it('that a selector does not find are missing', () => {
    const selector = { matchLabels: { a: 'b' } };
    expect(reasons([...asked({ selector }), deployment()])).toEqual([
      'there is no ConfigMap by its selector, which its paramRef asks for',
    ]);
  });

  it('that cannot be collected do not matter to a policy that ignores failures', () => {
    expect(reasons([...asked({ name: 'max' }, limit, { failurePolicy: 'Ignore' }), deployment()])).toEqual(
      [],
    );
  });

  it('without a namespace of their own are in the default one', () => {
    const config = { ...limit, metadata: { name: 'max' } };
    expect(reasons([...asked({ name: 'max', namespace: 'default' }), config, deployment()])).toEqual([
      '"false" is false',
    ]);
  });
});

it.each([
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'ValidatingWebhookConfiguration',
  'MutatingWebhookConfiguration',
  'MutatingAdmissionPolicy',
  'MutatingAdmissionPolicyBinding',
])('no policy is asked about a %s, which decides about admission itself', (kind) => {
  const everything = rule({ apiGroups: ['*'], apiVersions: ['*'], resources: ['*'] });
  const strict = policy({ ...refusing, matchConstraints: { resourceRules: [everything] } });
  const object = { apiVersion: 'admissionregistration.k8s.io/v1', kind, metadata: { name: 'a' } };
  const found = said([strict, binding(), object]).filter(({ rule: name }) => name === 'admission/policy');
  expect(found).toEqual([]);
});

it('an expression that does not compile fails with what is wrong with it', () => {
  const [found] = reasons([
    policy({ validations: [{ expression: 'nothing == 1' }] }),
    binding(),
    deployment(),
  ]);
  expect(found).toContain('nothing');
});

it('quantities are seen in the form in which the server writes them', () => {
  const limits = { cpu: '1000m', memory: '1024Mi' };
  const object = deployment();
  const containers = [{ name: 'web', image: 'nginx:1.27', resources: { limits } }];
  const { spec } = object as { spec: { template: { spec: Plain } } };
  spec.template.spec = { containers };
  const expression = [
    "object.spec.template.spec.containers[0].resources.limits == {'cpu': '1', 'memory': '1Gi'}",
    "object.spec.template.spec.containers[0].image == 'nginx:1.27'",
  ].join(' && ');
  expect(reasons([policy({ validations: [{ expression }] }), binding(), object])).toEqual([]);
});
