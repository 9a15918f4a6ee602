import { binding, deployment, policy, said, type Plain } from './policies';

const limit = policy({
  paramKind: { apiVersion: 'v1', kind: 'ConfigMap' },
  validations: [
    {
      expression: 'params == null || object.spec.replicas <= int(params.data.max)',
      messageExpression: "'at most ' + params.data.max",
    },
  ],
});

function configMap(name: string, max: string, namespace = 'shop'): Plain {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace, labels: { of: 'limits' } },
    data: { max },
  };
}

function messages(paramRef: Plain | undefined, ...configs: readonly Plain[]): string[] {
  const bound = binding(paramRef === undefined ? {} : { paramRef });
  return said([limit, bound, ...configs, deployment(5)]).map(({ message }) => message.replace(/.*: /, ''));
}

it('are found by name, in the namespace of the object or the one that is named', () => {
  const paramRef = { name: 'max', parameterNotFoundAction: 'Deny' };
  expect(messages(paramRef, configMap('max', '3'))).toEqual(['at most 3']);
  expect(messages(paramRef, configMap('max', '5'))).toEqual([]);
  expect(messages({ ...paramRef, namespace: 'ops' }, configMap('max', '3', 'ops'))).toEqual(['at most 3']);
});

it('are found by labels, and each has its say', () => {
  const paramRef = { selector: { matchLabels: { of: 'limits' } }, parameterNotFoundAction: 'Allow' };
  expect(messages(paramRef, configMap('a', '3'), configMap('b', '4'), configMap('c', '9'))).toEqual([
    'at most 3',
    'at most 4',
  ]);
});

it('that are not there refuse the object or let it pass, as the binding says', () => {
  const paramRef = { name: 'max', parameterNotFoundAction: 'Deny' };
  expect(messages(paramRef, configMap('max', '3', 'ops'))).toEqual([
    'there is no ConfigMap max, which its paramRef asks for',
  ]);
  expect(messages({ ...paramRef, parameterNotFoundAction: 'Allow' })).toEqual([]);
});

it('are null where the binding names none', () => {
  expect(messages(undefined)).toEqual([]);
});

it('of a kind that nobody knows refuse the object', () => {
  const unknown = policy({
    paramKind: { apiVersion: 'example.com/v1', kind: 'Limit' },
    validations: [{ expression: 'true' }],
  });
  const bound = binding({ paramRef: { name: 'max', parameterNotFoundAction: 'Allow' } });
  expect(said([unknown, bound, deployment()])).toMatchObject([
    { message: expect.stringContaining('its paramKind example.com/v1 Limit is not known') as string },
  ]);
});

it('are seen as the server writes them', () => {
  const paramRef = { name: 'max', parameterNotFoundAction: 'Deny' };
  const bare = policy({
    paramKind: { apiVersion: 'v1', kind: 'ConfigMap' },
    validations: [{ expression: "!has(params.data) && params.metadata.namespace == 'shop'" }],
  });
  const config = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'max', namespace: 'shop' },
    data: {},
  };
  expect(said([bare, binding({ paramRef }), config, deployment()])).toEqual([]);
});
