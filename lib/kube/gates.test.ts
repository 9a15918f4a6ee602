import { isOn } from './gates';
import { releases } from './schema/release';

describe('a feature gate', () => {
  it.each([
    ['SidecarContainers', '1.29'],
    ['RelaxedEnvironmentVariableValidation', '1.32'],
    ['RelaxedServiceNameValidation', '1.36'],
  ] as const)('%s is on from %s on', (gate, since) => {
    expect(releases.filter((release) => isOn(gate, release))).toEqual(
      releases.slice(releases.indexOf(since)),
    );
  });

  it('is on in all releases where it was before the first of them', () => {
    expect(releases.every((release) => isOn('MinDomainsInPodTopologySpread', release))).toBe(true);
  });

  it('is off where it never was on by default', () => {
    expect(releases.some((release) => isOn('CrossNamespaceVolumeDataSource', release))).toBe(false);
  });
});
