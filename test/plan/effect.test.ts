import { effect, having, object, refusals } from './changes';

const template = {
  metadata: { labels: { app: 'a' } },
  spec: {
    containers: [
      {
        name: 'app',
        image: 'nginx:1.27',
        ports: [{ containerPort: 80 }],
        resources: { requests: { cpu: '1' } },
      },
    ],
  },
};
const deployment = object('apps/v1', 'Deployment', {
  spec: { replicas: 2, selector: { matchLabels: { app: 'a' } }, template },
});
const C = 'spec.template.spec.containers.0';

describe('the effect of a change to a Deployment', () => {
  it.each([
    ['the image', `${C}.image`, 'nginx:1.28', 'pods-replaced'],
    ['an annotation of the template', 'spec.template.metadata.annotations', { a: 'b' }, 'pods-replaced'],
    ['the number of replicas', 'spec.replicas', 5, 'updated'],
    ['a label', 'metadata.labels', { tier: 'web' }, 'updated'],
    ['a default that is said out loud', `${C}.ports.0.protocol`, 'TCP', 'none'],
    ['a default of the strategy', 'spec.strategy', { type: 'RollingUpdate' }, 'none'],
    ['the same quantity in other words', `${C}.resources.requests.cpu`, '1000m', 'none'],
    ['an empty map', 'metadata.labels', {}, 'none'],
    ['a status', 'status', { replicas: 9 }, 'none'],
    ['the selector', 'spec.selector.matchLabels.app', 'b', 'rejected'],
    ['a value of the wrong type', 'spec.replicas', 'five', 'rejected'],
    ['a field that is none', 'spec.replica', 5, 'rejected'],
    ['an item twice', `${C}.ports`, [{ containerPort: 80 }, { containerPort: 80 }], 'rejected'],
  ])('%s', (_, path, value, expected) => {
    expect(effect(deployment, having(deployment, path, value))).toBe(expected);
  });

  it('goes back to the default where a field is no longer named', () => {
    const one = having(deployment, 'spec.replicas', 1);
    expect(effect(one, having(one, 'spec.replicas'))).toBe('none');
    expect(effect(deployment, having(deployment, 'spec.replicas'))).toBe('updated');
  });

  it('is a rejection where the defaults of the old strategy are still there', () => {
    const recreate = having(deployment, 'spec.strategy', { type: 'Recreate' });
    expect(refusals(deployment, recreate)).toEqual(['spec.strategy.rollingUpdate']);
    const explicit = having(deployment, 'spec.strategy', { rollingUpdate: { maxSurge: 1 } });
    expect(effect(explicit, recreate)).toBe('updated');
  });

  it('leaves out what the cluster had added to either side', () => {
    const live = {
      ...deployment,
      metadata: {
        ...deployment.metadata,
        uid: '1',
        resourceVersion: '7',
        generation: 3,
        managedFields: [],
        annotations: { 'deployment.kubernetes.io/revision': '3' },
      },
      status: { readyReplicas: 2 },
    };
    expect(effect(live, deployment)).toBe('none');
    expect(effect(deployment, live)).toBe('none');
  });
});

it('leaves out what the cluster chose for an object that it holds', () => {
  const claim = object('v1', 'PersistentVolumeClaim', {
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
  });
  const held = having(having(claim, 'spec.volumeName', 'pvc-1'), 'metadata.uid', '1');
  const bound = having(held, 'metadata.annotations', { 'pv.kubernetes.io/bound-by-controller': 'yes' });
  expect(effect(bound, claim)).toBe('none');
  expect(effect(held, having(claim, 'spec.volumeName', 'pvc-1'))).toBe('none');
  expect(effect(having(claim, 'spec.volumeName', 'pvc-1'), claim)).toBe('rejected');
});

it('is no replacement of pods where a Job or a CronJob changes', () => {
  const cronJob = object('batch/v1', 'CronJob', {
    spec: {
      schedule: '0 3 * * *',
      jobTemplate: { spec: { template: { spec: { ...template.spec, restartPolicy: 'Never' } } } },
    },
  });
  const image = 'spec.jobTemplate.spec.template.spec.containers.0.image';
  expect(effect(cronJob, having(cronJob, image, 'nginx:2'))).toBe('updated');
});

it('compares objects of unknown kinds by their structure', () => {
  const widget = object('acme.io/v1', 'Widget', { spec: { size: 1, list: ['a'] } });
  expect(effect(widget, widget)).toBe('none');
  expect(effect(widget, having(widget, 'spec.size', 2))).toBe('updated');
  expect(effect(widget, having(widget, 'status', {}))).toBe('none');
});

it('judges the new object alone where the old one could not have been there', () => {
  const broken = having(deployment, 'spec.replicas', 'two');
  expect(effect(broken, deployment)).toBe('updated');
  expect(effect(broken, having(deployment, 'spec.selector'))).toBe('rejected');
});
