import { ManifestSet } from '../../../manifest/set';
import { workload } from '../../../../test/plan/consequences/consequences';
import { plan } from '../../plan';

const set = (object: object, featureGates: Record<string, boolean> = {}): ManifestSet =>
  ManifestSet.from(
    [...ManifestSet.of([object])].map((manifest) => ({ ...manifest, origin: { environment: 'prod' } })),
    new Map([['prod', { kubernetes: '1.28', featureGates }]]),
  );
const planned = (before: object, after: object, featureGates?: Record<string, boolean>) =>
  plan(set(before, featureGates), set(after, featureGates)).changes.map(
    ({ effect, fields, consequences }) => ({
      effect,
      fields: fields.map(({ path }) => path),
      dropped: consequences
        .filter(({ kind }) => kind === 'dropped')
        .map(({ severity, message }) => `${severity}: ${message}`),
    }),
  );

const deployment = (pod: Record<string, unknown>, image = 'nginx:1') =>
  workload('Deployment', {}, image, pod);
const sidecar = { name: 'proxy', image: 'proxy:1' };

test('a field that is dropped changes nothing, and the plan says why', () => {
  const after = deployment({ hostUsers: false });
  const [change] = planned(deployment({}), after);
  expect(change).toMatchObject({ effect: 'none', fields: [] });
  expect(change?.dropped).toEqual([
    expect.stringMatching(
      /^error: spec\.template\.spec\.hostUsers of Deployment shop\/a changes nothing: Kubernetes 1\.28 drops it: feature gate UserNamespacesSupport is off; the pod shares the user namespace of its node/,
    ),
  ]);
});

test('what else changes is told beside it', () => {
  const [change] = planned(
    deployment({ initContainers: [sidecar] }),
    deployment({ initContainers: [{ ...sidecar, image: 'proxy:2', restartPolicy: 'Always' }] }),
  );
  expect(change).toMatchObject({
    effect: 'pods-replaced',
    fields: ['spec.template.spec.initContainers[0].image'],
  });
  expect(change?.dropped).toEqual([
    expect.stringMatching(
      /^error: spec\.template\.spec\.initContainers\[0\]\.restartPolicy of .* changes nothing/,
    ),
  ]);
});

test('a field that was dropped before and is still there is not told again, wherever in its list it is', () => {
  const always = { ...sidecar, restartPolicy: 'Always' };
  const [change] = planned(
    deployment({ hostUsers: false, initContainers: [always] }),
    deployment({ hostUsers: false, initContainers: [{ name: 'first', image: 'x:1' }, always] }),
  );
  expect(change).toMatchObject({ effect: 'pods-replaced', dropped: [] });
});

test('taking away a field that was dropped changes nothing either', () => {
  expect(planned(deployment({ hostUsers: false }), deployment({}))).toEqual([
    {
      effect: 'none',
      fields: [],
      dropped: [
        'info: spec.template.spec.hostUsers of Deployment shop/a is removed, which changes nothing: Kubernetes 1.28 has dropped it.',
      ],
    },
  ]);
});

test('a gate of the profile makes it a change', () => {
  const gates = { UserNamespacesSupport: true };
  expect(planned(deployment({}), deployment({ hostUsers: false }), gates)).toEqual([
    { effect: 'pods-replaced', fields: ['spec.template.spec.hostUsers'], dropped: [] },
  ]);
});
