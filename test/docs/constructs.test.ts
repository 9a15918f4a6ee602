import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClusterProfile } from '../../lib';
import { App, canary, Chart, Environment, synth, internet, namespace, WebService, Workload } from '../../lib';
import { constructs } from '../../scripts/docs/constructs';
import { CONSTRUCTS, INGRESS_PROFILE, PROFILE } from '../constructs/maximal';

const page = readFileSync(join(__dirname, '../../docs/reference/constructs.md'), 'utf8');

/** The section of the page about `name`. */
function section(name: string): string {
  return new RegExp(`\n### ${name}\n([^]*?)(\n##|\n<!--)`).exec(page)?.[1] ?? '';
}

/** The kinds in the table of objects. */
function listed(name: string): string[] {
  const table = /\| object \| when \| why \|\n\|[-|]+\|\n((\|.*\|\n?)+)/.exec(section(name))?.[1] ?? '';
  // A StatefulService makes two Services, each for a reason of its own.
  const kinds = [...table.matchAll(/^\| (\w+(?: and \w+)*) \|/gm)].flatMap(([, all = '']) =>
    all.split(' and '),
  );
  return [...new Set(kinds.map(orMonitor))].sort();
}

/** Which kind of monitor a workload has depends on the ports of its Service. */
function orMonitor(kind: string): string {
  return kind === 'ServiceMonitor' || kind === 'PodMonitor' ? 'ServiceMonitor or PodMonitor' : kind;
}

/** The kinds that `create` makes with any of its props, connected and exposed, in clusters with and without a Gateway, in both meshes. */
function made({ name, create, variants }: (typeof CONSTRUCTS)[number]): string[] {
  const profiles: ClusterProfile[] = [
    { ...PROFILE, trafficRouter: 'istio', mesh: { kind: 'istio', mtls: 'strict', cni: true } },
    { ...INGRESS_PROFILE, mesh: { kind: 'linkerd', cni: true } },
  ];
  const kinds = profiles.flatMap((profile) =>
    variants.flatMap((variant) => {
      const app = new App();
      const chart = new Chart(new Environment(app, 'production', profile), 'shop', { namespace: 'home' });
      const construct = create(app, chart, variant(chart) as never);
      if (construct instanceof Workload)
        construct
          .connectsTo(internet({ fqdn: 'api.example' }), { port: 443 })
          .allowFrom(namespace('ops'), { port: 8080 })
          .grant('get', 'pods')
          .grant('get', 'nodes');
      // One more Service would lead to the old and the new pods of a blue-green rollout at once.
      if (construct instanceof WebService && construct.previewService === undefined)
        construct.expose('world', { type: 'LoadBalancer', ports: construct.ports.map(({ name }) => name) });
      return [...synth(app)]
        .filter(({ origin }) => /^production\/shop\/app(\/|$)/.test(origin?.construct ?? ''))
        .map(({ id }) => orMonitor(id.kind));
    }),
  );
  return [...new Set([...kinds, ...(name === 'WebService' ? withFlagger() : [])])].sort();
}

/** Flagger takes no more than a part of the props. */
function withFlagger(): string[] {
  const profile: ClusterProfile = { ...PROFILE, installed: ['flagger'], trafficRouter: 'gateway-api' };
  const chart = new Chart(new Environment(new App(), 'production', profile), 'shop');
  const rollout = canary(['5%'], { abortOn: ['errors'] });
  new WebService(chart, 'app', { image: 'acme/app:1', port: 8080, route: 'a.example', rollout });
  return [...synth(chart.node.root as App)].map(({ id }) => id.kind);
}

/** Those whose objects do not depend on what they are given. */
const SINGLE = CONSTRUCTS.filter(
  ({ name }) => !['Environment', 'Chart', 'HelmChart', 'KubeObject'].includes(name),
);

describe('the page of constructs', () => {
  it.each(SINGLE)('lists exactly the objects that a $name can make', (construct) => {
    expect(listed(construct.name)).toEqual(made(construct));
  });

  it('has each construct, and each prop of its own and of its traits', () => {
    const [constructSections = ''] = page.split('\n## Every workload');
    const names = [...constructSections.matchAll(/^### (.*)$/gm)].map(([, name = '']) => name);
    expect(names.sort()).toEqual(CONSTRUCTS.map(({ name }) => name).sort());
    expect(section('WebService')).toMatch(
      /^\| `replicas` \| \[`Replicas`\]\(#replicas\) \| Number of pods.* \| 1, set by the API server \|$/m,
    );
    expect(section('CronJob')).toMatch(/^\| `schedule` \| `string` \| .* \| \*required\* \|$/m);
    expect(section('WebService')).toMatch(/^\| `expose\(id, service\)` \| /m);
  });

  it('links only to sections that it has', () => {
    const headings = [...page.matchAll(/^##+ (.*)$/gm)].map(([, title = '']) => title.toLowerCase());
    const anchors = new Set(headings.map((title) => title.replace(/ /g, '-').replace(/,/g, '')));
    const links = [...constructs().matchAll(/\]\(#([^)]*)\)/g)].map(([, anchor = '']) => anchor);
    expect(links.length).toBeGreaterThan(100);
    expect(links.filter((anchor) => !anchors.has(anchor))).toEqual([]);
  });
});
