import { deployment, having, podSpec, refusals } from '../../objects';

const template = { metadata: { labels: { app: 'web' } }, spec: podSpec() };
const metadata = { name: 'web', namespace: 'shop' };
const controller = { apiVersion: 'v1', kind: 'ReplicationController', metadata, spec: { template } };
const podTemplate = { apiVersion: 'v1', kind: 'PodTemplate', metadata, template };
const revision = {
  apiVersion: 'apps/v1',
  kind: 'ControllerRevision',
  metadata,
  revision: 1,
  data: { spec: {} },
};
const daemonSet = {
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata,
  spec: { selector: { matchLabels: { app: 'web' } }, template },
};
const name = 'spec.containers[0].name';

it.each([controller, podTemplate, revision, daemonSet])('$kind passes as it should be', (object) => {
  expect(refusals(object)).toEqual([]);
});

describe('refused is', () => {
  it.each<[string, object, string, unknown, string[]]>([
    ['a controller of no pods', controller, 'spec.template', undefined, ['spec.selector', 'spec.template']],
    ['a negative number of pods', controller, 'spec.replicas', -1, ['spec.replicas']],
    [
      'a selector that misses the template',
      controller,
      'spec.selector',
      { app: 'api' },
      ['spec.template.metadata.labels'],
    ],
    [
      'pods that end',
      controller,
      'spec.template.spec.restartPolicy',
      'Never',
      ['spec.template.spec.restartPolicy'],
    ],
    ['a bad template', podTemplate, 'template.spec.containers.0.name', 'A', [`template.${name}`]],
    ['a revision without data', revision, 'data', null, ['data']],
    ['a revision of a list', revision, 'data', [], ['data']],
    ['a revision before the first', revision, 'revision', -1, ['revision']],
    [
      'an old generation that is no number',
      daemonSet,
      'metadata.annotations',
      { 'deprecated.daemonset.template.generation': 'x' },
      ['metadata.annotations[deprecated.daemonset.template.generation]'],
    ],
    [
      'an old rollback that is no number',
      deployment,
      'metadata.annotations',
      { 'deprecated.deployment.rollback.to': '1.0' },
      ['metadata.annotations[deprecated.deployment.rollback.to]'],
    ],
  ])('%s', (_, object, path, value, paths) => {
    expect(refusals(having(object, path, value))).toEqual(paths);
  });
});
