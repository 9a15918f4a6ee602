import { binding, deployment, messages, policy, said } from './policies';

const PREFIX = "ValidatingAdmissionPolicy 'limits' with binding 'everywhere' denied request: ";
const few = { expression: 'object.spec.replicas <= 5' };

it('names the policy, the binding and the expression that is false', () => {
  expect(said([policy({ validations: [few] }), binding(), deployment(9)])).toEqual([
    {
      rule: 'admission/policy',
      severity: 'error',
      id: { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web' },
      path: '',
      message: `${PREFIX}"object.spec.replicas <= 5" is false`,
    },
  ]);
  expect(messages({ validations: [few] }, 5)).toEqual([]);
});

it('says what the policy says, the expression for it first', () => {
  const message = 'too many replicas';
  const messageExpression = "'at most 5, not ' + string(object.spec.replicas)";
  expect(messages({ validations: [{ ...few, message }] })).toEqual([`${PREFIX}too many replicas`]);
  expect(messages({ validations: [{ ...few, message, messageExpression }] })).toEqual([
    `${PREFIX}at most 5, not 9`,
  ]);
  const failing = "string(object.metadata.annotations['x'])";
  expect(messages({ validations: [{ ...few, message, messageExpression: failing }] })).toEqual([
    `${PREFIX}too many replicas`,
  ]);
});

it('sees the object with its defaults, as the server writes it', () => {
  const validations = [
    { expression: "object.spec.strategy.type == 'RollingUpdate' && !has(object.metadata.labels)" },
    {
      expression: "object.spec.template.spec.restartPolicy == 'Always' && oldObject == null",
    },
    { expression: "request.operation == 'CREATE' && request.resource.resource == 'deployments'" },
  ];
  expect(said([policy({ validations }), binding(), deployment(1, { labels: {} })])).toEqual([]);
});

it('lends variables to the expressions, each on those before it', () => {
  const variables = [
    { name: 'images', expression: 'object.spec.template.spec.containers.map(c, c.image)' },
    { name: 'tagged', expression: "variables.images.all(i, i.contains(':'))" },
  ];
  expect(messages({ variables, validations: [{ expression: 'variables.tagged' }] })).toEqual([]);
  expect(messages({ variables, validations: [{ expression: '!variables.tagged' }] })).toHaveLength(1);
});

describe('an expression that fails', () => {
  const validations = [{ expression: "object.metadata.annotations['owner'] == 'x'" }];

  it('refuses the object, unless the policy ignores it', () => {
    expect(messages({ validations })).toEqual([expect.stringContaining('no such key: annotations')]);
    expect(messages({ validations, failurePolicy: 'Ignore' })).toEqual([]);
  });

  it('is one that costs more than the server lets it', () => {
    const names = 'object.spec.template.spec.containers[0].name';
    const twice = Array.from({ length: 12 }, () => '[1, 2, 3, 4]');
    const loops = twice.map((list, index) => `${list}.all(x${index}, `).join('');
    const expression = `${loops}${names} != 'x'${')'.repeat(twice.length)}`;
    expect(messages({ validations: [{ expression }] })).toEqual([expect.stringContaining('costs more')]);
  });

  it('counts for audit annotations as well, whatever the binding does with refusals', () => {
    const spec = {
      auditAnnotations: [{ key: 'owner', valueExpression: "string(object.metadata.annotations['owner'])" }],
    };
    expect(said([policy(spec), binding({ validationActions: ['Audit'] }), deployment()])).toHaveLength(1);
    expect(messages({ ...spec, failurePolicy: 'Ignore' })).toEqual([]);
  });
});

describe('conditions', () => {
  const conditions = (...expressions: string[]): object => ({
    validations: [{ expression: 'false' }],
    matchConditions: expressions.map((expression, index) => ({ name: `c${index}`, expression })),
  });

  it('let the object pass when one is false, whatever becomes of the others', () => {
    expect(messages({ ...conditions('object.spec.replicas == 1') })).toEqual([]);
    expect(messages({ ...conditions('object.nothing == 1', 'object.spec.replicas == 1') })).toEqual([]);
    expect(messages({ ...conditions('object.spec.replicas == 9') })).toHaveLength(1);
  });

  it('refuse it when one fails, unless the policy ignores that', () => {
    expect(messages({ ...conditions('object.nothing == 1') })).toEqual([
      expect.stringContaining('no such key'),
    ]);
    expect(messages({ ...conditions('object.nothing == 1'), failurePolicy: 'Ignore' })).toEqual([]);
  });
});

describe('what only the cluster knows', () => {
  it.each([
    "request.userInfo.username == 'ada'",
    "authorizer.group('apps').resource('deployments').check('get').allowed()",
    "namespaceObject.metadata.labels['team'] == 'a'",
  ])('leaves the policy open: %s', (expression) => {
    expect(said([policy({ validations: [{ expression }] }), binding(), deployment()])).toMatchObject([
      { severity: 'info', message: expect.stringContaining('only known in the cluster') as string },
    ]);
  });

  it('does not matter where the rest decides', () => {
    const expression = "request.userInfo.username == 'ada' || object.spec.replicas < 5";
    expect(messages({ validations: [{ expression }] }, 1)).toEqual([]);
  });
});
