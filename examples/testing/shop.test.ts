import { App, Environment } from 'seaworthy';
import { Manifests, match } from 'seaworthy/testing';
import 'seaworthy/testing/jest';
import { Shop } from './shop';

function shop(replicas = 3) {
  const app = new App();
  const production = new Environment(app, 'production', { kubernetes: '1.31' });
  return new Shop(production, 'shop', { replicas });
}

// docs: first
test('runs three replicas of a pinned API image', () => {
  expect(shop()).toHaveResource('Deployment', {
    metadata: { name: 'shop-api' },
    spec: {
      replicas: 3,
      template: { spec: { containers: match.key('api', { image: match.pattern(/:\d/) }) } },
    },
  });
});
// docs: end

// docs: server
test('is admitted and has no findings', () => {
  expect(shop()).toBeAdmitted();
  expect(shop()).toHaveNoFindings();
});
// docs: end

// docs: connections
test('only the web server reaches the API, and only the API the database', () => {
  const chart = shop();
  expect(chart).toOnlyAllow([
    [chart.web, chart.api, 8080],
    [chart.api, chart.db, 5432],
    [chart.db, chart.web, 8080], // nothing isolates the web server, which the internet may reach
  ]);
  expect(chart).not.toAllowConnection('203.0.113.7', chart.db, 5432);
});
// docs: end

// docs: change
test('scales without replacing pods', () => {
  expect(shop(4)).not.toReplacePods(shop(3));
  expect(shop(4)).toRollOut(shop(3));
});
// docs: end

// docs: get
test('the API connects to the Service of the database', () => {
  const manifests = Manifests.from(shop());
  const host = match.capture<string>();
  manifests.hasResource('Deployment', {
    metadata: { name: 'shop-api' },
    spec: {
      template: {
        spec: { containers: match.key('api', { env: match.key('DATABASE_HOST', { value: host }) }) },
      },
    },
  });
  expect(manifests.get('Service', 'shop-db').id.name).toBe(host.value.split('.')[0]);
});
// docs: end

// docs: snapshot
test('the manifests are as reviewed', () => {
  expect(shop()).toMatchManifestSnapshot();
});
// docs: end
