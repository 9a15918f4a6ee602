import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Chart } from '../../lib';
import { internet, ManifestSet, namespace, StatefulService, synth, WebService, Workload } from '../../lib';
import { admitSet } from '../../lib/check/admit-set';
import { isEncrypted } from '../../lib/manifest/encrypted';
import { CLUSTERS, programsIn } from './clusters';
import { CONSTRUCTS } from './maximal';

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

/** Calls each method of a workload that makes objects, and returns what it has made for others. */
function call(workload: Workload, chart: Chart): unknown[] {
  const db = new StatefulService(chart, 'their-db', { image: 'postgres:16.4', port: 5432 });
  workload
    .connectsTo(db)
    .connectsTo(internet({ fqdn: 'api.example' }), { port: 443 })
    .allowTo(internet(), { port: 443 })
    .allowFrom(namespace('ops'), { port: 9000 })
    .grant('get', 'pods')
    .grant('list', 'pods', { in: 'jobs' })
    .grant('get', 'nodes');
  return workload instanceof WebService && workload.previewService === undefined
    ? [workload.expose('world', { type: 'LoadBalancer', ports: workload.ports.map(({ name }) => name) })]
    : [];
}

/** A kind of somebody else, for which there is no schema. */
const FOREIGN = 'example.com/v1 Widget';

/** A program with all that its methods make, and what it renders. */
interface Rendered {
  readonly construct: unknown;
  readonly returned: readonly unknown[];
  readonly set: ManifestSet;
}

describe.each(CONSTRUCTS)('a $name', (maker) => {
  let programs: Rendered[];
  beforeAll(() => {
    programs = CLUSTERS.flatMap((cluster) => programsIn(cluster, maker)).map(({ app, chart, construct }) => {
      const returned = construct instanceof Workload ? call(construct as Workload, chart) : [];
      return { construct, returned, set: synth(app) };
    });
  });

  it('makes objects that a schema judges, and accepts', () => {
    for (const { set } of programs) {
      // Flux takes `sops` off a Secret before it is applied.
      const decrypted = [...set].filter(({ object }) => !(object.kind === 'Secret' && isEncrypted(object)));
      const refused = admitSet(ManifestSet.of(decrypted.map(({ object }) => object)))
        .filter(({ id }) => `${id.apiVersion} ${id.kind}` !== FOREIGN)
        .map(({ rule, id, path, message }) => `${rule} ${id.kind} ${path}: ${message}`);
      expect(refused).toEqual([]);
      expect(set.size).toBeGreaterThan(0);
    }
  });

  if (['Environment', 'Chart', 'KubeObject'].includes(maker.name)) return;

  it('has each object that it makes as a member, those of its methods too', () => {
    for (const { construct, returned } of programs) {
      const objects = (construct as IConstruct).node.findAll().filter((each) => ApiObject.isApiObject(each));
      const members = reached(construct as IConstruct, returned);
      expect(objects.length).toBeGreaterThan(0);
      expect(objects.filter((each) => !members.has(each)).map(({ node }) => node.path)).toEqual([]);
    }
  });
});
