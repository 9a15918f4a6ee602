import { Manifests, match } from 'seaworthy/testing';
import 'seaworthy/testing/jest';
import { hello } from '../../apps/hello/app';

describe('hello', () => {
  const app = Manifests.from(hello());
  const labels = match.exactly({ app: 'my-app' });

  test('is one Deployment and one Service', () => {
    expect([...app].map(({ id }) => id.kind)).toEqual(['Deployment', 'Service']);
  });

  test('runs three pods that the Deployment finds by their label', () => {
    expect(app).toHaveResource('Deployment', {
      metadata: { name: 'my-deployment', labels },
      spec: { replicas: 3, selector: { matchLabels: labels }, template: { metadata: { labels } } },
    });
  });

  test('is reached through the Service', () => {
    expect(app).toHaveResource('Service', {
      spec: match.exactly({
        selector: { app: 'my-app' },
        ports: [{ name: 'http', port: 80, targetPort: 'http' }],
      }),
    });
    expect(app).toHaveResource('Deployment', {
      spec: { template: { spec: { containers: [{ ports: [{ name: 'http', containerPort: 8080 }] }] } } },
    });
  });

  test('renders to the same text each time', () => {
    expect(Manifests.from(hello()).set.toYaml()).toBe(app.set.toYaml());
  });
});
