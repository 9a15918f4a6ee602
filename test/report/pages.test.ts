import { createColors } from 'picocolors';
import { fit } from '../../lib/fit/fit';
import { ManifestSet } from '../../lib/manifest/set';
import { plan } from '../../lib/plan/plan';
import { FIT_FORMATS } from '../../lib/report/fit/formats';
import { PLAN_FORMATS } from '../../lib/report/plan/formats';
import { UPGRADE_FORMATS } from '../../lib/report/upgrade/formats';
import { upgrade } from '../../lib/upgrade/upgrade';

const paint = createColors(false);
const version = '0.1.0';

/** The printer of pages in a list of formats. */
function printer<Print>(formats: readonly { readonly name: string; readonly print: Print }[]): Print {
  const found = formats.find(({ name }) => name === 'html');
  if (found === undefined) throw new Error('no format html');
  return found.print;
}

const workload = (image: string, cpu: string): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: api, namespace: shop }
spec:
  replicas: 3
  selector: { matchLabels: { app: api } }
  template:
    metadata: { labels: { app: api } }
    spec: { containers: [{ name: api, image: "${image}", resources: { requests: { cpu: "${cpu}" } } }] }
---
apiVersion: v1
kind: Secret
metadata: { name: login, namespace: shop }
stringData: { password: "battery-${cpu}-staple" }
`;

test('the page of a plan has the verdict, the changed fields and no secret, old or new', () => {
  const before = ManifestSet.parse(workload('shop:<b>1</b>', '1'));
  const after = ManifestSet.parse(workload('shop:<b>2</b>', '2'));
  const html = printer(PLAN_FORMATS)(
    {
      version,
      before: { name: '<old>' },
      after: { name: 'new' },
      parts: [{ place: '', changes: plan(before, after).changes }],
      mode: 'change',
      apply: 'server-side',
      refused: [],
      full: false,
    },
    paint,
  );
  expect(html).toContain('1 rolled out');
  expect(html).toContain('&lt;old&gt; → new');
  expect(html).toContain('<code>spec.template.spec.containers[0].image</code>');
  expect(html).toContain('shop:&lt;b&gt;2&lt;/b&gt;');
  expect(html).not.toMatch(/battery-[12]-staple/);
});

test('the page of a fit says what stays pending and why, and shows each node with its pods', () => {
  const set = ManifestSet.parse(workload('shop:1', '600m'));
  const nodes = [{ name: 'node-<1>', allocatable: { cpu: '1', memory: '1Gi', pods: '10' } }];
  const html = printer(FIT_FORMATS)({ parts: [{ environment: null, fit: fit(set, nodes) }] }, paint);
  expect(html).toContain('Failed</span> 1 of 3 pods finds a node, 2 stay pending');
  expect(html).toContain('Insufficient cpu');
  expect(html).toContain('<code>node-&lt;1&gt;</code>');
  expect(html).toContain('cpu 60 %');
  expect(html).toMatch(/<li>Pod shop\/api-\w+<\/li>/);
});

test('the page of an upgrade has a table of objects by releases, and the release that stops each', () => {
  const set = ManifestSet.parse(`
apiVersion: flowcontrol.apiserver.k8s.io/v1beta3
kind: FlowSchema
metadata: { name: "slow" }
spec: { priorityLevelConfiguration: { name: exempt } }
`);
  const parts = upgrade(set, { from: '1.31', to: '1.33' }).clusters.map((cluster) => ({
    ...cluster,
    manifests: set.manifests,
  }));
  const html = printer(UPGRADE_FORMATS)({ version, parts, fallback: 'cdk8s.yaml' }, paint);
  expect(html).toContain(
    'Failed</span> 1 of 1 object with something to look at, from Kubernetes 1.31 to 1.33',
  );
  expect(html).toContain('<th scope="col">1.32</th>');
  expect(html).toContain('<span class="mark removed">removed</span>');
  expect(html).toMatch(/<h3>1\.32: <code>FlowSchema slow<\/code><\/h3>/);
});
