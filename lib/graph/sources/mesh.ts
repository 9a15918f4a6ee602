import { push } from '../../kube/grouped';
import type { Manifest } from '../../manifest/manifest';
import { namespaceOf } from '../namespace';
import { Field } from '../../manifest/field';
import type { ReferenceCollector, ReferenceSource } from '../reference-collector';
import { selectsAll } from '../selectors';
import type { World } from '../world';

const ISTIO = 'networking.istio.io';

/** The destinations of an Istio VirtualService, and its gateways. */
export const virtualService: ReferenceSource = (collect, object) => {
  const spec = object.at('spec');
  for (const gateway of spec.list('gateways')) {
    if (gateway.text === 'mesh') continue;
    const [name = '', namespace = collect.namespace] = gateway.text.split('/').reverse();
    collect.name('mesh-gateway', gateway, { group: ISTIO, kind: 'Gateway', namespace, name });
  }
  for (const protocol of ['http', 'tls', 'tcp']) {
    for (const route of spec.list(protocol)) {
      for (const to of route.list('route')) ofDestination(collect, to.at('destination'));
      for (const mirror of [
        route.at('mirror'),
        ...route.list('mirrors').map((each) => each.at('destination')),
      ])
        ofDestination(collect, mirror);
    }
  }
};

function ofDestination(collect: ReferenceCollector, destination: Field): void {
  const host = destination.at('host');
  const target = serviceOf(host.text, collect.namespace);
  if (target === undefined) return;
  const port = destination.at('port', 'number');
  collect.name('mesh-host', host, target, { part: { type: 'port', at: port } });
  const subset = destination.at('subset');
  // Without a Service there is nothing to have subsets of.
  if (subset.text === '' || collect.world.find(target) === undefined) return;
  const subsets = subsetsOf(collect.world);
  const own = subsets.get(`${target.namespace}/${target.name}`) ?? [];
  // The rule may be in one of the files beside this one.
  if (own.length === 0 && collect.world.isPart) return;
  const has = withLost(own, subsets.get(LOST) ?? []);
  collect.name('mesh-host', host, target, { part: { type: 'subset', at: subset, has } });
}

/** The host of a DestinationRule, and the pods of its subsets. */
export const destinationRule: ReferenceSource = (collect, object) => {
  const host = object.at('spec', 'host');
  const target = serviceOf(host.text, collect.namespace);
  if (target === undefined) return;
  collect.name('mesh-host', host, target);
  for (const subset of object.list('spec', 'subsets')) {
    const selector = { matchLabels: subset.at('labels').labels };
    if (!selectsAll(selector)) collect.pods('subset-pods', subset.at('labels'), selector, [target.namespace]);
  }
};

/** The pods that a policy of Istio is for. */
export const meshPolicy: ReferenceSource = (collect, object) => {
  const at = object.at('spec', 'selector', 'matchLabels');
  const selector = { matchLabels: at.labels };
  // In the root namespace it is for pods everywhere.
  if (!selectsAll(selector) && collect.namespace !== 'istio-system')
    collect.pods('mesh-pods', at, selector, [collect.namespace]);
};

/** The Service of this cluster that a host means; nothing where it is somewhere else, or a ServiceEntry's. */
function serviceOf(host: string, namespace: string) {
  const match = /^([^.*]+)(?:\.([^.]+)(?:\.svc(?:\.cluster\.local)?)?)?$/.exec(host);
  if (match === null) return undefined;
  const [, name = '', elsewhere] = match;
  const short = elsewhere !== undefined && !/\.svc/.test(host);
  // `a.b` may be a host of the internet as well.
  return short ? undefined : { group: '', kind: 'Service', namespace: elsewhere ?? namespace, name };
}

const known = new WeakMap<World, Map<string, string[]>>();

/** The key of the subsets of rules with a wrong host: that is reported, and routes to the subsets are not. */
const LOST = '';

const joined = new WeakMap<readonly string[], readonly string[]>();

/** The subsets of a Service, and those of rules with a wrong host; the same list for the same Service. */
function withLost(own: readonly string[], lost: readonly string[]): readonly string[] {
  if (lost.length === 0) return own;
  const all = joined.get(own) ?? [...own, ...lost];
  joined.set(own, all);
  return all;
}

/** Names of the subsets that DestinationRules give to each Service. */
function subsetsOf(world: World): Map<string, string[]> {
  const found = known.get(world);
  if (found !== undefined) return found;
  const subsets = new Map<string, string[]>();
  for (const manifest of world.set) addSubsets(world, subsets, manifest);
  known.set(world, subsets);
  return subsets;
}

function addSubsets(world: World, subsets: Map<string, string[]>, manifest: Manifest): void {
  if (manifest.id.kind !== 'DestinationRule') return;
  const spec = Field.root(manifest.object).at('spec');
  const target = serviceOf(spec.at('host').text, namespaceOf(manifest));
  if (target === undefined) return;
  const key = world.find(target) === undefined ? LOST : `${target.namespace}/${target.name}`;
  const names = spec.list('subsets').map((subset) => subset.at('name').text);
  for (const name of names) push(subsets, key, name);
}
