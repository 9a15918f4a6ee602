import { rendered } from './rendered';

describe('hello', () => {
  const set = rendered('hello');
  const { object: deployment } = set.get({ kind: 'Deployment' });
  const { object: service } = set.get({ kind: 'Service' });

  test('is one Deployment and one Service', () => {
    expect([...set].map(({ id }) => id.kind)).toEqual(['Deployment', 'Service']);
  });

  test('runs three pods that the Deployment finds by their label', () => {
    expect(deployment.metadata.name).toBe('my-deployment');
    expect(deployment).toMatchObject({
      spec: {
        replicas: 3,
        selector: { matchLabels: { app: 'my-app' } },
        template: { metadata: { labels: { app: 'my-app' } } },
      },
    });
    expect(deployment.metadata.labels).toEqual({ app: 'my-app' });
  });

  test('is reached through the Service', () => {
    expect(service['spec']).toEqual({
      selector: { app: 'my-app' },
      ports: [{ name: 'http', port: 80, targetPort: 'http' }],
    });
    expect(deployment).toMatchObject({
      spec: { template: { spec: { containers: [{ ports: [{ name: 'http', containerPort: 8080 }] }] } } },
    });
  });

  test('renders to the same text each time', () => {
    expect(rendered('hello').toYaml()).toBe(set.toYaml());
  });
});
