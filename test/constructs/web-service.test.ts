import { ApiObject } from 'cdk8s';
import type { WebServiceProps } from '../../lib';
import { WebService } from '../../lib';
import type { Surroundings } from './rendering';
import { at, only, rendered } from './rendering';

const PROPS: WebServiceProps = { image: 'acme/web:1', port: 8080 };

function web(props: Partial<WebServiceProps> = {}, around: Surroundings = {}) {
  return rendered((chart) => new WebService(chart, 'web', { ...PROPS, ...props }), around);
}

const kinds = (props: Partial<WebServiceProps>, around?: Surroundings): string[] =>
  [...web(props, around)].map(({ id }) => id.kind).sort();

const LABELS = { 'app.kubernetes.io/instance': 'shop-web', 'app.kubernetes.io/name': 'shop-web' };

describe('a WebService', () => {
  it('is a Deployment, a Service and a ServiceAccount', () => {
    expect(kinds({})).toEqual(['Deployment', 'Service', 'ServiceAccount']);
  });

  it('has a budget from two replicas on', () => {
    expect(kinds({ replicas: 1 })).not.toContain('PodDisruptionBudget');
    expect(kinds({ replicas: 2 })).toContain('PodDisruptionBudget');
    expect(kinds({ replicas: 2, disruptionBudget: false })).not.toContain('PodDisruptionBudget');
    expect(kinds({ disruptionBudget: { maxUnavailable: 1 } })).toContain('PodDisruptionBudget');
  });

  it('is called, found and labelled by the path of its ids', () => {
    const set = web({ replicas: 2 });
    for (const { id, object } of set) {
      expect(id.name).toBe('shop-web');
      expect(object.metadata.labels).toEqual(LABELS);
    }
    expect(set.get({ kind: 'Service' }).object['spec']).toEqual({
      ports: [{ name: 'http', port: 8080, targetPort: 'http' }],
      selector: LABELS,
    });
    expect(set.get({ kind: 'Deployment' }).object).toMatchObject({
      spec: { selector: { matchLabels: LABELS }, template: { metadata: { labels: LABELS } } },
    });
    expect(set.get({ kind: 'PodDisruptionBudget' }).object['spec']).toEqual({
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
      selector: { matchLabels: LABELS },
    });
  });

  it('keeps its selector under another id, as long as its name stays', () => {
    const named = (id: string): unknown =>
      at(
        only('Deployment', (chart) => new WebService(chart, id, { ...PROPS, name: 'api' })),
        'spec.selector',
      );
    expect(named('new')).toEqual(named('old'));
  });

  it('is what it is told to be called and found by', () => {
    const selector = { app: 'api' };
    const set = web({ name: 'api', namespace: 'elsewhere', selector, labels: { team: 'checkout' } });
    for (const { id, object } of set) {
      expect(id).toMatchObject({ name: 'api', namespace: 'elsewhere' });
      expect(object.metadata.labels).toEqual({ app: 'api', team: 'checkout' });
    }
    expect(at(set.get({ kind: 'Service' }).object, 'spec.selector')).toEqual(selector);
  });

  it('rolls without ever dropping below strength', () => {
    expect(at(web().get({ kind: 'Deployment' }).object, 'spec.strategy')).toEqual({
      type: 'RollingUpdate',
      rollingUpdate: { maxSurge: '25%', maxUnavailable: 0 },
    });
  });

  it('says no number of replicas unless told', () => {
    expect(web().get({ kind: 'Deployment' }).object['spec']).not.toHaveProperty('replicas');
    expect(at(web({ replicas: 0 }).get({ kind: 'Deployment' }).object, 'spec.replicas')).toBe(0);
  });

  it('says how it is reached', () => {
    new WebServiceProbe((service) => {
      expect([service.host, service.address]).toEqual(['shop-web', 'shop-web:80']);
    });
  });

  it('is found by ApiObject.of, as any construct of cdk8s', () => {
    new WebServiceProbe((service) => expect(ApiObject.of(service).kind).toBe('Deployment'));
  });

  it('is exposed by further Services', () => {
    const set = rendered((chart) => {
      new WebService(chart, 'web', PROPS).expose('external', { type: 'LoadBalancer' });
    });
    expect(set.get({ kind: 'Service', name: 'shop-web-external' }).object).toMatchObject({
      spec: { type: 'LoadBalancer', selector: LABELS },
    });
  });
});

/** Runs `look` on a WebService whose port 8080 is 80 on its Service. */
class WebServiceProbe {
  constructor(look: (service: WebService) => void) {
    rendered((chart) => look(new WebService(chart, 'web', { ...PROPS, port: { port: 8080, service: 80 } })));
  }
}
