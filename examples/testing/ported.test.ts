/** Twenty-five assertions as users of aws-cdk-lib/assertions and of helm-unittest write them. */
import { App, Environment } from 'seaworthy';
import { Manifests, match } from 'seaworthy/testing';
import 'seaworthy/testing/jest';
import { Shop } from './shop';

const app = new App();
const chart = new Shop(new Environment(app, 'production'), 'shop', { replicas: 3 });
const template = Manifests.from(chart);
const api = (container: object) => ({
  metadata: { name: 'shop-api' },
  spec: { template: { spec: { containers: match.key('api', container) } } },
});

describe('aws-cdk-lib/assertions', () => {
  // 1
  test('Template.fromStack', () => {
    expect(Manifests.from(chart).size).toBeGreaterThan(0);
  });
  // 2
  test('resourceCountIs', () => {
    template.countIs('Deployment', 2);
  });
  // 3
  test('resourcePropertiesCountIs', () => {
    template.countIs('Deployment', 1, { spec: { replicas: 3 } });
  });
  // 4
  test('hasResourceProperties', () => {
    template.hasResource('Deployment', { spec: { replicas: 3 } });
  });
  // 5
  test('hasResource', () => {
    template.hasResource('StatefulSet', { metadata: { name: 'shop-db' }, spec: { serviceName: 'shop-db' } });
  });
  // 6
  test('allResourcesProperties', () => {
    expect(template.find('Deployment', { metadata: { namespace: 'shop' } })).toHaveLength(
      template.find('Deployment').length,
    );
  });
  // 7
  test('findResources', () => {
    expect(template.find('Service').map(({ id }) => id.name)).toContain('shop-api');
  });
  // 8
  test('Match.objectLike', () => {
    template.hasResource('Service', {
      spec: match.like({ selector: { 'app.kubernetes.io/name': 'shop-api' } }),
    });
  });
  // 9
  test('Match.objectEquals', () => {
    template.hasResource('ConfigMap', { data: match.exactly({ LOG_LEVEL: 'info' }) });
  });
  // 10
  test('Match.arrayWith', () => {
    template.hasResource('Deployment', api({ ports: match.arrayWith([{ containerPort: 8080 }]) }));
  });
  // 11
  test('Match.arrayEquals', () => {
    template.hasResource('Service', {
      spec: { ports: match.exactly([{ name: 'http', port: 8080, targetPort: 'http' }]) },
    });
  });
  // 12
  test('Match.absent', () => {
    template.hasResource('Deployment', { spec: { template: { spec: { hostNetwork: match.absent() } } } });
  });
  // 13
  test('Match.anyValue', () => {
    template.hasResource('Deployment', api({ readinessProbe: match.any() }));
  });
  // 14
  test('Match.not', () => {
    template.hasResource('Deployment', api({ image: match.not(match.pattern(/:latest$/)) }));
  });
  // 15
  test('Match.stringLikeRegexp', () => {
    template.hasResource('Deployment', api({ image: match.pattern('^ghcr\\.io/acme/') }));
  });
  // 16
  test('Capture', () => {
    const name = match.capture<string>();
    template.hasResource('Deployment', { spec: { template: { spec: { serviceAccountName: name } } } });
    template.hasResource('ServiceAccount', { metadata: { name: name.value } });
  });
  // 17
  test('Annotations.hasNoError', () => {
    expect(chart).toHaveNoFindings();
  });
});

describe('helm-unittest', () => {
  // 18
  test('hasDocuments', () => {
    template.countIs('PodDisruptionBudget', 2);
  });
  // 19
  test('isKind, isAPIVersion', () => {
    expect(template.get('apps/v1/StatefulSet').id.name).toBe('shop-db');
  });
  // 20
  test('equal', () => {
    template.hasResource('Service', { metadata: { name: 'shop-db' }, spec: { clusterIP: 'None' } });
  });
  // 21
  test('matchRegex', () => {
    template.hasResource('Deployment', { metadata: { name: match.pattern(/-api$/) } });
  });
  // 22
  test('contains', () => {
    template.hasResource(
      'Deployment',
      api({ env: match.arrayWith([match.like({ name: 'DATABASE_HOST' })]) }),
    );
  });
  // 23
  test('exists, notExists', () => {
    template.hasResource('Deployment', { spec: { selector: match.any(), paused: match.absent() } });
  });
  // 24
  test('isSubset', () => {
    template.hasResource('Deployment', api({ resources: { requests: { cpu: match.quantity('0.5') } } }));
  });
  // 25
  test('matchSnapshot', () => {
    expect(chart).toMatchManifestSnapshot();
  });
});
