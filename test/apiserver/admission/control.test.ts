import { having, refusals } from './objects';

const schema = {
  apiVersion: 'flowcontrol.apiserver.k8s.io/v1',
  kind: 'FlowSchema',
  metadata: { name: 'low' },
  spec: {
    priorityLevelConfiguration: { name: 'workload-low' },
    rules: [
      {
        subjects: [{ kind: 'User', user: { name: 'bob' } }],
        resourceRules: [{ verbs: ['get'], apiGroups: [''], resources: ['pods'], namespaces: ['*'] }],
        nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['/healthz'] }],
      },
    ],
  },
};
const level = {
  apiVersion: 'flowcontrol.apiserver.k8s.io/v1',
  kind: 'PriorityLevelConfiguration',
  metadata: { name: 'low' },
  spec: { type: 'Limited', limited: { limitResponse: { type: 'Queue', queuing: {} } } },
};
const request = (text: string): string => Buffer.from(text).toString('base64');
const pem = (der: number[]): string =>
  `-----BEGIN CERTIFICATE REQUEST-----\n${Buffer.from(der).toString('base64')}\n-----END CERTIFICATE REQUEST-----\n`;
const signing = {
  apiVersion: 'certificates.k8s.io/v1',
  kind: 'CertificateSigningRequest',
  metadata: { name: 'bob' },
  spec: { request: request(pem([0x30, 2, 5, 0])), signerName: 'example.com/signer', usages: ['client auth'] },
};
const service = {
  apiVersion: 'apiregistration.k8s.io/v1',
  kind: 'APIService',
  metadata: { name: 'v1.metrics.example.com' },
  spec: {
    group: 'metrics.example.com',
    version: 'v1',
    groupPriorityMinimum: 100,
    versionPriority: 100,
    service: { name: 'metrics', namespace: 'infra' },
  },
};
const rule = 'spec.rules.0';
const url = 'spec.rules[0].nonResourceRules[0].nonResourceURLs';
const queuing = 'spec.limited.limitResponse.queuing';

it('what is well-formed is taken', () => {
  for (const object of [schema, level, signing, service]) expect(refusals(object)).toEqual([]);
});

it.each<[string, object, string, unknown, string[]]>([
  ['a schema before the exempt one', schema, 'spec.matchingPrecedence', 1, ['spec.matchingPrecedence']],
  [
    'an asterisk beside other verbs',
    schema,
    `${rule}.resourceRules.0.verbs`,
    ['*', 'get'],
    ['spec.rules[0].resourceRules[0].verbs'],
  ],
  [
    'a verb that is none',
    schema,
    `${rule}.resourceRules.0.verbs`,
    ['read'],
    ['spec.rules[0].resourceRules[0].verbs'],
  ],
  [
    'a rule for no namespace',
    schema,
    `${rule}.resourceRules.0.namespaces`,
    [],
    ['spec.rules[0].resourceRules[0].namespaces'],
  ],
  [
    'an asterisk in the middle of a URL',
    schema,
    `${rule}.nonResourceRules.0.nonResourceURLs`,
    ['/a/*/b'],
    [`${url}[0]`],
  ],
  [
    'a user that is a group',
    schema,
    `${rule}.subjects.0.group`,
    { name: 'a' },
    ['spec.rules[0].subjects[0].group'],
  ],
  ['a level that is exempt by another name', level, 'spec.type', 'Exempt', ['spec.type', 'spec.limited']],
  [
    'a hand of more queues than there are',
    level,
    queuing,
    { queues: 4, handSize: 5 },
    [`${queuing}.handSize`],
  ],
  [
    'a hand that no hash can deal',
    level,
    queuing,
    { queues: 10_000_000, handSize: 3 },
    [`${queuing}.handSize`],
  ],
  ['queues where all is rejected', level, 'spec.limited.limitResponse.type', 'Reject', [queuing]],
  ['a request that is no PEM', signing, 'spec.request', request('bob'), ['spec.request']],
  ['a request that is cut off', signing, 'spec.request', request(pem([0x30, 9, 5, 0])), ['spec.request']],
  ['a usage twice', signing, 'spec.usages', ['any', 'any'], ['spec.usages[1]']],
  ['a signer without a domain', signing, 'spec.signerName', 'signer/a', ['spec.signerName']],
  ['a certificate for nine minutes', signing, 'spec.expirationSeconds', 540, ['spec.expirationSeconds']],
  ['an API whose name is another', service, 'metadata.name', 'v2.metrics.example.com', ['metadata.name']],
  [
    'a certificate that nobody looks at',
    service,
    'spec',
    { ...service.spec, caBundle: 'YQ==', insecureSkipTLSVerify: true },
    ['spec.insecureSkipTLSVerify'],
  ],
])('%s is refused', (_, object, path, value, refused) => {
  expect(refusals(having(object, path, value))).toEqual(refused);
});

describe('a review', () => {
  const review = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'LocalSubjectAccessReview',
    metadata: { namespace: 'shop' },
    spec: { user: 'bob', resourceAttributes: { namespace: 'shop', verb: 'get', resource: 'pods' } },
  };

  it('needs no name, and may have none', () => {
    expect(refusals(review)).toEqual([]);
    expect(refusals(having(review, 'metadata.name', 'a'))).toEqual(['metadata']);
    expect(refusals(having(review, 'metadata.labels', {}))).toEqual([]);
  });

  it('asks about its own namespace', () => {
    expect(refusals(having(review, 'spec.resourceAttributes.namespace', 'other'))).toEqual([
      'spec.resourceAttributes.namespace',
    ]);
  });
});

it.each([
  ['node.k8s.io/v1', 'RuntimeClass', []],
  ['policy/v1', 'PodDisruptionBudget', []],
  ['v1', 'ConfigMap', ['metadata.finalizers[0]']],
])('a finalizer without a domain on %s %s is refused at %j', (apiVersion, kind, refused) => {
  const object = { apiVersion, kind, metadata: { name: 'a', finalizers: ['keep'] }, handler: 'a', spec: {} };
  const plain =
    kind === 'RuntimeClass' ? having(object, 'spec', undefined) : having(object, 'handler', undefined);
  expect(refusals(kind === 'ConfigMap' ? having(plain, 'spec', undefined) : plain)).toEqual(refused);
});
