import { ManifestSet } from '../manifest/set';
import { Cluster } from './cluster';
import { podsOf } from './pods';
import { isRenewed } from './renewal';

/** Whether a Deployment with these annotations, of its own or of its pods, has its pods started anew. */
function renewed(annotations: object, ofPods: object = {}): boolean {
  const template = { metadata: { annotations: ofPods }, spec: { containers: [{ name: 'web' }] } };
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web', annotations },
    spec: { template },
  };
  const [pods] = podsOf(new Cluster(ManifestSet.of([deployment])));
  return pods !== undefined && isRenewed(pods);
}

test.each(['checksum/config', 'config-hash', 'digest', 'SHA256', 'config-version', 'configVersion'])(
  'pods with the annotation %s are started anew when it changes, and not by one of the workload',
  (name) => {
    expect(renewed({}, { [name]: 'x' })).toBe(true);
    expect(renewed({}, { other: 'y', [name]: 'x' })).toBe(true);
    expect(renewed({ [name]: 'x' })).toBe(false);
  },
);

test.each([
  'reloader.stakater.com/auto',
  'configmap.reloader.stakater.com/reload',
  'secret.reloader.stakater.com/reload',
])('a controller that watches is asked by %s, of the workload or its pods', (name) => {
  expect(renewed({ other: 'y', [name]: 'x' })).toBe(true);
  expect(renewed({}, { [name]: 'x' })).toBe(true);
});

test('other annotations start nothing anew', () => {
  expect(renewed({})).toBe(false);
  expect(renewed({ 'example.com/reloader.stakater.com/': 'x' }, { note: 'x' })).toBe(false);
});
