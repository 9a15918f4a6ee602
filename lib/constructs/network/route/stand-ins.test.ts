import type { Chart, ClusterProfile } from '../../../index';
import { Route, WebService } from '../../../index';
import { at, rendered } from '../../../../test/constructs/rendering';
import { followRoutes, replaceService, routesTo } from './stand-ins';

const GATEWAY: ClusterProfile = { gateway: { name: 'edge' } };
const IMAGE = { image: 'a/b:1', port: 8080 };

/** The routes to a workload that other Services stand in for: its own, one of others, and one that it shares with another. */
function routesWith(profile: ClusterProfile, services: Parameters<typeof replaceService>[1], shared = true) {
  const set = rendered(
    (chart) => {
      const web = new WebService(chart, 'web', { ...IMAGE, route: { host: 'web.example' } });
      replaceService(web, services);
      new Route(chart, 'edge', { host: 'shop.example', paths: { '/': web } });
      if (!shared) return;
      const other = new WebService(chart, 'other', IMAGE);
      const to = [
        { service: web, weight: 80 },
        { service: other, weight: 20 },
      ];
      new Route(chart, 'both', { host: 'both.example', paths: { '/': { to } } });
    },
    { profile },
  );
  return [...set].map(({ object }) => object).filter(({ kind }) => /Route|Ingress/.test(kind));
}

const backendsOf = (routes: readonly unknown[]): unknown[] =>
  routes.map((each) => at(each, 'spec.rules.0.backendRefs'));

describe('Services that stand in for that of a workload', () => {
  const port = 8080;

  it('are led to by its own routes and those of others, in their shares of its own', () => {
    const services = [
      { name: 'stable', weight: 90 },
      { name: 'canary', weight: 10 },
    ];
    const halves = [
      { name: 'stable', port, weight: 90 },
      { name: 'canary', port, weight: 10 },
    ];
    expect(backendsOf(routesWith(GATEWAY, services))).toEqual([
      halves,
      halves,
      [
        // Of 100 requests, 80 are for the two: 72 and 8, and 20 for the other.
        { name: 'stable', port, weight: 7200 },
        { name: 'canary', port, weight: 800 },
        { name: 'shop-other', port, weight: 2000 },
      ],
    ]);
  });

  it('need no shares where there is one of them', () => {
    const one = [{ name: 'stable', port }];
    expect(backendsOf(routesWith(GATEWAY, [{ name: 'stable' }], false))).toEqual([one, one]);
  });

  it('may be what a controller reads from an annotation', () => {
    const services = [{ name: 'stable', port: 'use-annotation' as const }];
    const [own] = routesWith({ ingressClass: 'alb' }, services, false);
    expect(at(own, 'spec.rules.0.http.paths.0.backend.service')).toEqual({
      name: 'stable',
      port: { name: 'use-annotation' },
    });
  });
});

describe('the routes that lead to a workload', () => {
  it('are its own and those of others, each once and in their order, and those to come are told', () => {
    const later: string[] = [];
    rendered(
      (chart: Chart) => {
        const web = new WebService(chart, 'web', { ...IMAGE, routes: ['a.example', 'b.example'] });
        followRoutes(web, ({ name }) => later.push(name));
        const other = new WebService(chart, 'other', IMAGE);
        const paths = { '/': web, '/v2': web, '/other': other };
        new Route(chart, 'edge', { host: 'shop.example', paths });
        new Route(chart, 'else', { host: 'else.example', paths: { '/': other } });
        expect(routesTo(web).map(({ name }) => name)).toEqual(['shop-web', 'shop-web-route-2', 'shop-edge']);
        expect(routesTo(other).map(({ name }) => name)).toEqual(['shop-edge', 'shop-else']);
      },
      { profile: GATEWAY },
    );
    expect(later).toEqual(['shop-edge']);
  });
});
