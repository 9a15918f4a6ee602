import { deployment, having, pod, refusals } from '../../objects';

const constraint = {
  maxSkew: 1,
  topologyKey: 'zone',
  whenUnsatisfiable: 'DoNotSchedule',
  labelSelector: { matchLabels: { app: 'web' } },
  matchLabelKeys: ['app'],
};

describe('a label that a selector asks for and takes from the pod', () => {
  it('is one too many where the pod has it', () => {
    expect(refusals(having(pod, 'spec.topologySpreadConstraints', [constraint]))).toEqual([
      'spec.topologySpreadConstraints[0][0]',
    ]);
  });

  it('is fine where the pod does not have it', () => {
    const other = { ...constraint, labelSelector: { matchLabels: { tier: 'x' } }, matchLabelKeys: ['tier'] };
    expect(refusals(having(pod, 'spec.topologySpreadConstraints', [other]))).toEqual([]);
  });

  it('is fine in a template, whose pods are not there yet', () => {
    expect(
      refusals(having(deployment, 'spec.template.spec.topologySpreadConstraints', [constraint])),
    ).toEqual([]);
  });

  it('must not be in the selector at all before 1.34', () => {
    expect(refusals(having(pod, 'spec.topologySpreadConstraints', [constraint]), '1.33')).toEqual([
      'spec.topologySpreadConstraints[0].matchLabelKeys[0]',
    ]);
  });
});

it('SELinux labels can only be changed recursively until 1.36', () => {
  const policy = (value: string) => having(pod, 'spec.securityContext', { seLinuxChangePolicy: value });
  expect(refusals(policy('Recursive'))).toEqual([]);
  expect(refusals(policy('MountOption'), '1.36')).toEqual(['spec.securityContext.seLinuxChangePolicy']);
  expect(refusals(policy('MountOption'), '1.37')).toEqual([]);
});
