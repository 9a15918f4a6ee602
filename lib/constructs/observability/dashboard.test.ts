import type { DashboardProps } from '../../index';
import { NodeAgent, WebService, Worker, type Chart } from '../../index';
import { promqlProblems } from '../../promql/check';
import { at, problems, rendered } from '../../../test/constructs/rendering';

const AROUND = { chart: { namespace: 'shop' } };
const IMAGE = 'acme/app:1.4.2';

interface Json {
  readonly title: string;
  readonly uid: string;
  readonly templating: { readonly list: readonly { readonly name: string; readonly type: string }[] };
  readonly panels: readonly {
    readonly id: number;
    readonly title: string;
    readonly datasource: { readonly uid: string };
    readonly gridPos: { readonly x: number; readonly y: number };
    readonly targets: readonly { readonly expr: string; readonly refId: string }[];
  }[];
}

const web = (dashboard: DashboardProps['dashboard']) => (chart: Chart) =>
  new WebService(chart, 'web', { image: IMAGE, port: 8080, dashboard } as never);

function json(make: (chart: Chart) => unknown, around: object = AROUND): Json {
  const { object } = rendered(make, around).get({ kind: 'ConfigMap' });
  return JSON.parse(Object.values(object['data'] as Record<string, string>)[0] ?? '') as Json;
}

describe('the dashboard of a workload', () => {
  it('is a ConfigMap that the sidecar of Grafana finds', () => {
    const { object } = rendered(web(true), AROUND).get({ kind: 'ConfigMap' });
    expect(object.metadata).toMatchObject({
      name: 'shop-web-dashboard',
      namespace: 'shop',
      labels: { grafana_dashboard: '1', 'app.kubernetes.io/name': 'shop-web' },
    });
    expect(Object.keys(object['data'] as object)).toEqual(['shop-web.json']);
  });

  it('takes a title, labels and annotations', () => {
    const given = { title: 'Shop', labels: { dash: 'yes' }, annotations: { grafana_folder: 'Shop' } };
    const { object } = rendered(web(given), AROUND).get({ kind: 'ConfigMap' });
    expect(object.metadata.labels).not.toHaveProperty('grafana_dashboard');
    expect(object.metadata).toMatchObject({
      labels: { dash: 'yes' },
      annotations: { grafana_folder: 'Shop' },
    });
    expect(json(web(given)).title).toBe('Shop');
    expect(problems(web({ labels: { 'a b': '' } }), AROUND)).toMatchObject([{ code: 'INVALID_LABEL' }]);
  });

  it('asks the data source that the viewer chooses, in PromQL', () => {
    for (const around of [AROUND, {}]) {
      const { panels, templating } = json(web(true), around);
      expect(templating.list).toMatchObject([{ name: 'datasource', type: 'datasource' }]);
      for (const { datasource, targets } of panels) {
        expect(datasource.uid).toBe('${datasource}');
        for (const { expr } of targets)
          expect(promqlProblems(expr.replaceAll('$__rate_interval', '5m'))).toEqual([]);
      }
    }
  });

  it('places its panels next to each other, with ids of their own', () => {
    const { panels } = json(web(true));
    expect(panels.map(({ title }) => title)).toEqual([
      'Requests',
      'Errors',
      'Latency',
      'CPU',
      'Memory',
      'Restarts',
      'Replicas',
    ]);
    expect(new Set(panels.map(({ gridPos: { x, y } }) => `${x} ${y}`)).size).toBe(panels.length);
    expect(panels.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('shows no requests of pods without ports, and the replicas of each kind', () => {
    const titles = ({ panels }: Json) => panels.map(({ title }) => title);
    const worker = (chart: Chart) => new Worker(chart, 'a', { image: IMAGE, dashboard: true });
    expect(titles(json(worker))).toEqual(['CPU', 'Memory', 'Restarts', 'Replicas']);
    const agent = (chart: Chart) => new NodeAgent(chart, 'a', { image: IMAGE, dashboard: true });
    expect(JSON.stringify(json(agent).panels)).toContain('kube_daemonset_status_number_available');
  });

  it('has the same bytes each time, and a uid of its own', () => {
    const text = () => at(rendered(web(true), AROUND).get({ kind: 'ConfigMap' }).object, 'data');
    expect(text()).toEqual(text());
    expect(json(web(true)).uid).not.toBe(json(web(true), { chart: { namespace: 'other' } }).uid);
    expect(json(web(true)).uid).toMatch(/^[0-9a-f]{20}$/);
  });
});
