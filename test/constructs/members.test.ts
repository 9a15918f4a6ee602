import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { ClusterProfile } from '../../lib';
import { App, Chart, Environment, internet, WebService, Workload } from '../../lib';
import { CONSTRUCTS, INGRESS_PROFILE, PROFILE } from './maximal';

/** Every object that `construct` leads to by its members, and those that its methods returned. */
function reached(construct: object, returned: readonly unknown[]): ReadonlySet<unknown> {
  const found = new Set<unknown>(returned);
  for (let type = construct; type !== Object.prototype; type = Object.getPrototypeOf(type) as object) {
    for (const name of Object.getOwnPropertyNames(type)) {
      if (name === 'node' || name === 'constructor') continue;
      for (const member of [Reflect.get(construct, name, construct)].flat() as unknown[]) {
        if (typeof member !== 'object' || member === null || !('node' in member)) continue;
        found.add(member);
        // A single object is a construct of its own: the ServiceAccount of a workload.
        if ('object' in member) found.add(member.object);
      }
    }
  }
  return found;
}

const PROFILES: readonly ClusterProfile[] = [PROFILE, INGRESS_PROFILE];
const MAKERS = CONSTRUCTS.filter(({ name }) => !['Environment', 'Chart', 'KubeObject'].includes(name));

describe.each(MAKERS)('a $name', ({ create, variants }) => {
  it('has each object that it makes as a member', () => {
    for (const profile of PROFILES) {
      for (const variant of variants) {
        const app = new App();
        const chart = new Chart(new Environment(app, 'production', profile), 'shop', { namespace: 'home' });
        const construct = create(app, chart, variant(chart) as never) as IConstruct;
        const returned: unknown[] = [];
        if (construct instanceof Workload)
          construct.connectsTo(internet({ fqdn: 'api.example' }), { port: 443 });
        if (construct instanceof WebService)
          returned.push(construct.expose('world', { type: 'LoadBalancer' }));
        const objects = construct.node.findAll().filter((each) => ApiObject.isApiObject(each));
        const members = reached(construct, returned);
        expect(objects.length).toBeGreaterThan(0);
        expect(objects.filter((each) => !members.has(each)).map(({ node }) => node.path)).toEqual([]);
      }
    }
  });
});
