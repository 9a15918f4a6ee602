import { admit, check, ManifestSet, StatefulService, type ClusterProfile } from '../../lib';
import { problems, rendered } from '../constructs/rendering';

const DROPPED = 'admission/dropped-field';

function pod(spec: object): object {
  const containers = [{ name: 'a', image: 'a:1' }];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p', namespace: 'shop' },
    spec: { containers, ...spec },
  };
}

const SIDECAR = pod({ initContainers: [{ name: 'i', image: 'i:1', restartPolicy: 'Always' }] });

function found(object: object, kubernetes: string): readonly [severity: string, path: string][] {
  return check(ManifestSet.of([object]), { kubernetes, preset: 'none' })
    .filter(({ rule }) => rule === DROPPED)
    .map(({ severity, path }) => [severity, path] as const);
}

it('reports a sidecar before 1.29 as an error, because the pod hangs', () => {
  expect(found(SIDECAR, '1.28')).toEqual([['error', 'spec.initContainers[0].restartPolicy']]);
  expect(found(SIDECAR, '1.29')).toEqual([]);
  const [finding] = check(ManifestSet.of([SIDECAR]), { kubernetes: '1.28', preset: 'none' });
  expect(finding?.message).toBe(
    'Kubernetes 1.28 drops it: feature gate SidecarContainers is off; the init container never ends, and the pod waits for it forever',
  );
  expect(finding?.hint).toContain('SidecarContainers is on from 1.29 on.');
});

it('leaves the verdict of the server alone', () => {
  expect(admit(SIDECAR, { kubernetes: '1.28', warnings: true })).toEqual([]);
});

it('says nothing of a value that means the same without the field', () => {
  expect(found(pod({ hostUsers: true }), '1.31')).toEqual([]);
  expect(found(pod({ hostUsers: false }), '1.31')).toEqual([['error', 'spec.hostUsers']]);
  const mounted = (recursiveReadOnly: string) => {
    const mount = { name: 'v', mountPath: '/v', readOnly: true, recursiveReadOnly };
    const containers = [{ name: 'a', image: 'a:1', volumeMounts: [mount] }];
    return found(pod({ volumes: [{ name: 'v', emptyDir: {} }], containers }), '1.30');
  };
  expect(mounted('Disabled')).toEqual([]);
  expect(mounted('IfPossible')).toEqual([['error', 'spec.containers[0].volumeMounts[0].recursiveReadOnly']]);
});

it('reports a volume that is gone once, without its parts', () => {
  const volumes = [{ name: 'i', image: { reference: 'a:1', pullPolicy: 'Always' } }];
  const containers = [{ name: 'a', image: 'a:1', volumeMounts: [{ name: 'i', mountPath: '/i' }] }];
  expect(found(pod({ volumes, containers }), '1.34')).toEqual([['error', 'spec.volumes[0]']]);
});

it('is a warning where the object works without it', () => {
  const stop = {
    os: { name: 'linux' },
    containers: [{ name: 'a', image: 'a:1', lifecycle: { stopSignal: 'SIGUSR1' } }],
  };
  expect(found(pod(stop), '1.34')).toEqual([['warning', 'spec.containers[0].lifecycle.stopSignal']]);
});

describe('the feature gates of a profile', () => {
  const paths = (profile: ClusterProfile) =>
    check(
      rendered(
        (chart) =>
          new StatefulService(chart, 'db', { image: 'db:1', port: 80, rollout: { maxUnavailable: 2 } }),
        { profile, chart: { namespace: 'shop' } },
      ),
    )
      .filter(({ rule }) => rule === DROPPED)
      .map(({ path }) => path);

  it('turn a feature on, and the field is kept', () => {
    const at = 'spec.updateStrategy.rollingUpdate.maxUnavailable';
    expect(paths({ kubernetes: '1.34' })).toEqual([at]);
    expect(paths({ kubernetes: '1.34', featureGates: { MaxUnavailableStatefulSet: true } })).toEqual([]);
  });

  it('are those of the patch release, where a gate changed within a minor one', () => {
    expect(paths({ kubernetes: '1.35.3' })).toEqual([]);
    expect(paths({ kubernetes: 'v1.35.4-eks.1' })).not.toEqual([]);
    expect(paths({ kubernetes: '1.35' })).not.toEqual([]);
  });

  it.each<[Record<string, boolean>, string, RegExp, string | RegExp]>([
    [{ SidecarContainer: true }, 'SidecarContainer', /no release/, 'Did you mean "SidecarContainers"?'],
    [{ SidecarContainers: false }, 'SidecarContainers', /locked it to true/, 'Remove it.'],
    [{ HPAContainerMetrics: true }, 'HPAContainerMetrics', /removed it/, /does not start/],
  ])('%j is an error of the profile', (featureGates, gate, message, hint) => {
    const problem = { code: 'INVALID_PROP', path: `profile.featureGates.${gate}` };
    expect(problems(() => undefined, { profile: { kubernetes: '1.34', featureGates } })).toMatchObject([
      {
        ...problem,
        message: expect.stringMatching(message) as string,
        hint: expect.stringMatching(hint) as string,
      },
    ]);
  });
});
