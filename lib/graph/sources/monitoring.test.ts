import { linesOf } from '../../../test/graph/reference-lines';

const KINDS = [
  ['ServiceMonitor', 'endpoints', 'monitor-services'],
  ['PodMonitor', 'podMetricsEndpoints', 'monitor-pods'],
] as const;

/** A Service and a pod with the same name and labels in each of two namespaces. */
const THINGS = ['shop', 'tools']
  .map(
    (namespace) => `
---
apiVersion: v1
kind: Service
metadata: { name: ${namespace}-api, namespace: ${namespace}, labels: { app: api } }
spec: { ports: [{ port: 80 }] }
---
apiVersion: v1
kind: Pod
metadata: { name: ${namespace}-api, namespace: ${namespace}, labels: { app: api } }
spec: { containers: [{ name: api, image: api:1 }] }
`,
  )
  .join('');

describe.each(KINDS)('a %s', (kind, endpoints, role) => {
  const monitor = (spec: string, others = THINGS): string[] =>
    linesOf(`
apiVersion: monitoring.coreos.com/v1
kind: ${kind}
metadata: { name: api, namespace: shop }
spec: ${spec}
${others}`);

  it('selects in its own namespace unless it names others, or any', () => {
    const selector = 'selector: { matchLabels: { app: api } }';
    expect(monitor(`{ ${selector} }`)).toEqual([`${role} spec.selector → app=api in shop: shop-api`]);
    expect(monitor(`{ ${selector}, namespaceSelector: { any: false } }`)).toEqual([
      `${role} spec.selector → app=api in shop: shop-api`,
    ]);
    expect(monitor(`{ ${selector}, namespaceSelector: { matchNames: [tools] } }`)).toEqual([
      `${role} spec.selector → app=api in tools: tools-api`,
    ]);
    expect(monitor(`{ ${selector}, namespaceSelector: { any: true, matchNames: [tools] } }`)).toEqual([
      `${role} spec.selector → app=api in all: shop-api, tools-api`,
    ]);
  });

  it('selects everything without a selector', () => {
    expect(monitor('{}')).toEqual([`${role} spec.selector →  in shop: shop-api`]);
  });

  it('may select what comes with the cluster, of which nothing is known', () => {
    const spec =
      '{ selector: { matchLabels: { k8s-app: dns } }, namespaceSelector: { matchNames: [kube-system] } }';
    expect(monitor(spec)).toEqual([]);
    const own = THINGS.replaceAll('namespace: tools', 'namespace: kube-system');
    expect(monitor(spec, own)).toEqual([`${role} spec.selector → k8s-app=dns in kube-system: nothing`]);
    const both = spec.replace('[kube-system]', '[kube-system, shop]');
    expect(monitor(both)).toEqual([`${role} spec.selector → k8s-app=dns in kube-system, shop: nothing`]);
  });

  it('names the Secrets of its namespace that hold its credentials', () => {
    const spec = `
  selector: { matchLabels: { app: api } }
  ${endpoints}:
    - bearerTokenSecret: { name: a, key: k }
      authorization: { credentials: { name: b, key: k } }
      basicAuth: { username: { name: c, key: k }, password: { name: d, key: k } }
    - tlsConfig:
        ca: { secret: { name: e, key: k, optional: true } }
        cert: { secret: { name: f, key: k, optional: false } }
        keySecret: { name: g, key: k }
`;
    const lines = monitor(spec).slice(1);
    const line = (at: string, name: string): string =>
      `secret spec.${endpoints}${at}.name → Secret shop/${name} missing with key k (spec.${endpoints}${at}.key): unknown`;
    expect(lines).toEqual([
      line('[0].bearerTokenSecret', 'a'),
      line('[0].authorization.credentials', 'b'),
      line('[0].basicAuth.username', 'c'),
      line('[0].basicAuth.password', 'd'),
      line('[1].tlsConfig.ca.secret', 'e optional'),
      line('[1].tlsConfig.cert.secret', 'f'),
      line('[1].tlsConfig.keySecret', 'g'),
    ]);
  });
});
