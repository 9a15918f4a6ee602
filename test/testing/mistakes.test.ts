/** What the fifteen mistakes that people make most often look like, word for word. */
import { Manifests, match, matchers } from '../../lib/testing';
import '../../lib/testing/jest';
import { messageOf, shopApp } from './apps';

const { app, production } = shopApp();
const manifests = Manifests.from(production);

/** The message without what depends on the place of this repository. */
const said = (run: () => unknown): string =>
  messageOf(run).replaceAll(/\bat (test\/\S+?):\d+/g, 'at $1:LINE');

test('1. a number that is not as expected', () => {
  expect(said(() => manifests.hasResource('Deployment', { spec: { replicas: 5 } }))).toMatchInlineSnapshot(`
   "no Deployment of 3 is as expected. The closest is Deployment shop/shop-api, of production/shop/api at test/testing/apps.ts:LINE

     apiVersion: apps/v1
     kind: Deployment
     metadata:
       …
       name: shop-api
       …
     spec:
   >   replicas: 3    ← expected 5
       …"
  `);
});

test('2. a container of another image', () => {
  const containers = match.key('api', { image: 'ghcr.io/acme/shop-api:1.5.0' });
  expect(said(() => manifests.hasResource('Deployment', { spec: { template: { spec: { containers } } } })))
    .toMatchInlineSnapshot(`
   "no Deployment of 3 is as expected. The closest is Deployment shop/shop-api, of production/shop/api at test/testing/apps.ts:LINE

     apiVersion: apps/v1
     kind: Deployment
     metadata:
       …
       name: shop-api
       …
     spec:
       …
       template:
         …
         spec:
           …
           containers:
             - name: api
               …
   >           image: ghcr.io/acme/shop-api:1.4.2    ← expected "ghcr.io/acme/shop-api:1.5.0"
               …"
  `);
});

test('3. a container that there is not', () => {
  const containers = match.key('app');
  expect(
    said(() =>
      manifests.hasResource('Deployment', {
        metadata: { name: 'shop-api' },
        spec: { template: { spec: { containers } } },
      }),
    ),
  ).toMatchInlineSnapshot(`
   "no Deployment of 3 is as expected. The closest is Deployment shop/shop-api, of production/shop/api at test/testing/apps.ts:LINE

     apiVersion: apps/v1
     kind: Deployment
     metadata:
       …
       name: shop-api
       …
     spec:
       …
       template:
         …
         spec:
           …
   >       containers: [{"env":[{"name":"REGION","value":"eu"},{"name":"LOG_FORMAT","value":"json"}],"…    ← expected an item with { name: "app" }, and there is "api"
           …"
  `);
});

test('4. an environment variable that is lacking', () => {
  const containers = match.key('api', { env: match.arrayWith([{ name: 'LOG_LEVEL', value: 'info' }]) });
  expect(said(() => manifests.hasResource('Deployment', { spec: { template: { spec: { containers } } } })))
    .toMatchInlineSnapshot(`
   "no Deployment of 3 is as expected. The closest is Deployment shop/shop-api, of production/shop/api at test/testing/apps.ts:LINE

     apiVersion: apps/v1
     kind: Deployment
     metadata:
       …
       name: shop-api
       …
     spec:
       …
       template:
         …
         spec:
           …
           containers:
             - name: api
   >           env: [{"name":"REGION","value":"eu"},{"name":"LOG_FORMAT","value":"json"}]    ← expected an item like { name: "LOG_LEVEL", value: "info" }
               …"
  `);
});

test('5. an environment variable with another value', () => {
  const containers = match.key('api', { env: match.key('REGION', { value: 'us' }) });
  expect(said(() => manifests.hasResource('Deployment', { spec: { template: { spec: { containers } } } })))
    .toMatchInlineSnapshot(`
   "no Deployment of 3 is as expected. The closest is Deployment shop/shop-api, of production/shop/api at test/testing/apps.ts:LINE

     apiVersion: apps/v1
     kind: Deployment
     metadata:
       …
       name: shop-api
       …
     spec:
       …
       template:
         …
         spec:
           …
           containers:
             - name: api
               env:
                 - name: REGION
   >               value: eu    ← expected "us"
                 …"
  `);
});

test('6. a list that is longer than expected', () => {
  const containers = [match.like({ env: [{ name: 'REGION', value: 'eu' }] })];
  expect(said(() => manifests.hasResource('Deployment', { spec: { template: { spec: { containers } } } })))
    .toMatchInlineSnapshot(`
   "no Deployment of 3 is as expected. The closest is Deployment shop/shop-api, of production/shop/api at test/testing/apps.ts:LINE

     apiVersion: apps/v1
     kind: Deployment
     metadata:
       …
       name: shop-api
       …
     spec:
       …
       template:
         …
         spec:
           …
           containers:
             - name: api
   >           env: [{"name":"REGION","value":"eu"},{"name":"LOG_FORMAT","value":"json"}]    ← expected 1 item, and there are 2
               …"
  `);
});

test('7. an exact match that forgets fields', () => {
  const spec = match.exactly({ selector: match.any(), minAvailable: match.any() });
  expect(said(() => manifests.hasResource('PodDisruptionBudget', { spec }))).toMatchInlineSnapshot(`
   "no PodDisruptionBudget is as expected. The closest is PodDisruptionBudget shop/shop-api, of production/shop/api/disruption-budget at test/testing/apps.ts:LINE

     apiVersion: policy/v1
     kind: PodDisruptionBudget
     metadata:
       …
       name: shop-api
       …
     spec:
   >   maxUnavailable: 1    ← expected nothing
       …
   >   unhealthyPodEvictionPolicy: AlwaysAllow    ← expected nothing
   >   minAvailable: (absent)    ← expected any value"
  `);
});

test('8. a field that should not be there', () => {
  expect(said(() => manifests.hasResource('CronJob', { spec: { schedule: match.absent() } })))
    .toMatchInlineSnapshot(`
   "no CronJob is as expected. The closest is CronJob shop/shop-report, of production/shop/report at test/testing/apps.ts:LINE

     apiVersion: batch/v1
     kind: CronJob
     metadata:
       …
       name: shop-report
       …
     spec:
       …
   >   schedule: 0 3 * * *    ← expected nothing"
  `);
});

test('9. a quantity of another size', () => {
  const resources = { requests: { cpu: match.quantity('1') } };
  const containers = match.key('api', { resources });
  expect(said(() => manifests.hasResource('Deployment', { spec: { template: { spec: { containers } } } })))
    .toMatchInlineSnapshot(`
   "no Deployment of 3 is as expected. The closest is Deployment shop/shop-api, of production/shop/api at test/testing/apps.ts:LINE

     apiVersion: apps/v1
     kind: Deployment
     metadata:
       …
       name: shop-api
       …
     spec:
       …
       template:
         …
         spec:
           …
           containers:
             - name: api
               …
               resources:
                 requests:
   >               cpu: 500m    ← expected a quantity equal to 1
                   …"
  `);
});

test('10. a kind that is misspelt', () => {
  expect(said(() => manifests.hasResource('Cronjob'))).toMatchInlineSnapshot(`
   "unknown kind "Cronjob" [UNKNOWN_KIND]
     Did you mean CronJob?"
  `);
});

test('11. a regular expression as it stands', () => {
  expect(said(() => manifests.hasResource('Deployment', { metadata: { name: /api/ } })))
    .toMatchInlineSnapshot(`
   "metadata.name: /api/ is a regular expression, which no manifest holds [INVALID_MATCHER]
     Write match.pattern(/api/)."
  `);
});

test('12. a name that is misspelt', () => {
  expect(said(() => manifests.get('Deployment', 'shop-workr'))).toMatchInlineSnapshot(`
   "no object matches Deployment shop-workr [NOT_FOUND]
     Did you mean shop-worker?"
  `);
});

test('13. one object asked for where there are several', () => {
  expect(said(() => manifests.get('Service'))).toMatchInlineSnapshot(`
   "2 objects match Service: Service shop/shop-api, Service shop/shop-web [AMBIGUOUS]
     Name it or add more fields, or use find()."
  `);
});

test('14. a capture that is read too early', () => {
  const capture = match.capture();
  expect(said(() => capture.value)).toMatchInlineSnapshot(`
   "the capture has no value: no expectation with it has matched [CAPTURE_EMPTY]
     Read it after an assertion that holds, such as hasResource."
  `);
});

test('15. another number of objects', () => {
  expect(said(() => manifests.countIs('Deployment', 4))).toMatchInlineSnapshot(
    `"expected 4 of Deployment, and there are 3: Deployment shop/shop-api, Deployment shop/shop-web, Deployment shop/shop-worker"`,
  );
});

test('and a workload that is in several environments', () => {
  expect(said(() => expect(app).toAllowConnection('shop-web', 'shop-api', 8080))).toMatchInlineSnapshot(`
   "2 environments have "shop-web" and "shop-api": production, staging [AMBIGUOUS]
     Select one: Manifests.from(app).resourcesOf('production')."
  `);
});

test('and a snapshot that is lacking in CI', () => {
  const place = {
    testPath: 'test/shop.test.ts',
    currentTestName: 'shop',
    snapshotState: { _updateSnapshot: 'none' },
  } as const;
  expect(matchers.toMatchManifestSnapshot.call(place, manifests).message()).toMatchInlineSnapshot(
    `"there is no snapshot test/__snapshots__/shop.test.ts/shop.production.yaml, and in CI none is written: run the test and commit it"`,
  );
});
