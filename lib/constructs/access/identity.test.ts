import { at, problems, rendered } from '../../../test/constructs/rendering';
import type { Chart, ClusterProfile, CloudIdentity } from '../../index';
import { internet, Worker } from '../../index';

const IDENTITY: CloudIdentity = {
  aws: 'arn:aws:iam::111122223333:role/shop-api',
  gcp: 'shop-api@acme.iam.gserviceaccount.com',
  azure: '11111111-2222-3333-4444-555555555555',
};

function render(profile: ClusterProfile): readonly unknown[] {
  const set = rendered((chart) => new Worker(chart, 'app', { image: 'acme/app:1', identity: IDENTITY }), {
    profile,
  });
  const template = at(set.get({ kind: 'Deployment' }).object, 'spec.template');
  return [
    set.get({ kind: 'ServiceAccount' }).object.metadata.annotations,
    (at(template, 'metadata.labels') as Record<string, string>)['azure.workload.identity/use'],
    at(template, 'spec.automountServiceAccountToken'),
  ];
}

it.each<[ClusterProfile, object | undefined, string | undefined]>([
  [{ provider: 'eks' }, { 'eks.amazonaws.com/role-arn': IDENTITY.aws }, undefined],
  [{ provider: 'eks', awsIdentity: 'irsa' }, { 'eks.amazonaws.com/role-arn': IDENTITY.aws }, undefined],
  [{ provider: 'eks', awsIdentity: 'pod-identity' }, undefined, undefined],
  [{ provider: 'gke' }, { 'iam.gke.io/gcp-service-account': IDENTITY.gcp }, undefined],
  [{ provider: 'aks' }, { 'azure.workload.identity/client-id': IDENTITY.azure }, 'true'],
  [{ provider: 'kind' }, undefined, undefined],
])(
  'with %j the account has annotations %j and the pods label %j, and no token is mounted',
  (profile, ...parts) => {
    expect(render(profile)).toEqual([...parts, false]);
  },
);

const wrong = (profile: ClusterProfile, props: object): readonly string[] =>
  problems((chart) => new Worker(chart, 'app', { image: 'acme/app:1', ...props }), { profile }).map(
    ({ path, message, hint }) => `${path}: ${message} | ${hint ?? ''}`,
  );

it.each<ClusterProfile>([{}, { provider: 'generic' }])(
  'is an error with %j, which names the field',
  (profile) => {
    expect(wrong(profile, { identity: IDENTITY })).toEqual([
      "identity: Required value: the profile names no cloud that knows the identity | Set `provider` of the environment's profile to 'eks', 'gke' or 'aks'.",
    ]);
  },
);

it('is an error without the identity of the cloud, or in another form', () => {
  expect(wrong({ provider: 'gke' }, { identity: { aws: IDENTITY.aws } })).toEqual([
    expect.stringContaining('identity.gcp: Required value: the provider of the cluster is "gke"'),
  ]);
  expect(wrong({ provider: 'eks' }, { identity: { aws: 'shop-api' } })).toEqual([
    expect.stringContaining('identity.aws: Invalid value: "shop-api": expected the ARN of an IAM role'),
  ]);
});

it('is an error for an account that the workload does not make', () => {
  expect(wrong({ provider: 'eks' }, { identity: IDENTITY, serviceAccount: 'theirs' })).toEqual([
    expect.stringContaining('identity: Forbidden: may not specify both `identity` and `serviceAccount`'),
  ]);
});

it.each<[ClusterProfile, Record<string, number[]>]>([
  [{ provider: 'gke' }, { '169.254.169.254/32': [80, 8080], '169.254.169.252/32': [987, 988] }],
  [
    { provider: 'eks', awsIdentity: 'pod-identity' },
    { '169.254.170.23/32': [80], 'fd00:ec2::23/128': [80] },
  ],
  [{ provider: 'eks' }, {}],
  [{ provider: 'aks' }, {}],
  [{ provider: 'kind' }, {}],
])('with %j pods that may call the internet alone get their tokens at %j', (profile, expected) => {
  const build = (chart: Chart) =>
    new Worker(chart, 'app', { image: 'acme/app:1', identity: IDENTITY }).connectsTo(internet(), {
      port: 443,
    });
  const policy = rendered(build, { profile }).get({ kind: 'NetworkPolicy' }).object;
  expect((at(policy, 'spec.egress') as object[]).slice(2)).toEqual(
    Object.entries(expected).map(([cidr, ports]) => ({
      to: [{ ipBlock: { cidr } }],
      ports: ports.map((port) => ({ protocol: 'TCP', port })),
    })),
  );
});
