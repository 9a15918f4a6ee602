import type { Field } from '../../manifest/field';
import type { Manifest } from '../../manifest/manifest';
import { push } from '../../kube/grouped';
import { accountName } from '../accounts';
import type { Cluster } from '../cluster';
import { knownOf } from '../objects';
import { podIndex, type Pods } from '../pods';
import type { Port } from '../policy-ports';
import { worldOf } from '../references';
import { EVERYTHING, selectorAt } from '../selectors';
import type { Refuser } from './mesh-refusal';

/** An AuthorizationPolicy of pods. */
interface Policy {
  readonly manifest: Manifest;
  readonly denies: boolean;
  readonly rules: readonly Field[];
}

/**
 * The AuthorizationPolicy of Istio that refuses a call: one with a rule that denies it whatever the request is like, or the
 * first of those that allow, where no rule of them may be about the client and the port.
 *
 * Source: AuthorizationPolicy of security.istio.io/v1: those that deny come first; where one allows, what none allows is
 * denied.
 */
export const istioRefusal: Refuser = (cluster, client, server, port) => {
  const own = cluster.derived(readPolicies).get(server) ?? [];
  const isKnown = isMeshed(cluster, client);
  const denying = own.find(
    ({ denies, rules }) => denies && rules.some((rule) => isAbout(rule, client, port, isKnown)),
  );
  if (denying !== undefined)
    return { policy: denying.manifest, isDenied: true, isMeshed: isMeshed(cluster, server) };
  const allowing = own.filter(({ denies }) => !denies);
  const [first] = allowing;
  if (first === undefined) return undefined;
  if (allowing.some(({ rules }) => rules.some((rule) => mayAllow(rule, client, port)))) return undefined;
  return { policy: first.manifest, isDenied: false, isMeshed: isMeshed(cluster, server) };
};

/** In the root namespace, a policy is for all of them; it is called so unless the mesh is told otherwise. */
const ROOT = 'istio-system';

/** The policies that allow or deny, by the pods that they are for. Those of waypoints and gateways are left out. */
function readPolicies(cluster: Cluster): ReadonlyMap<Pods, readonly Policy[]> {
  const found = new Map<Pods, Policy[]>();
  const everywhere = [...worldOf(cluster).namespaces];
  for (const { manifest, namespace, root } of knownOf(cluster, 'security.istio.io/AuthorizationPolicy')) {
    const spec = root.child('spec');
    const action = spec.child('action').text;
    if (!['', 'ALLOW', 'DENY'].includes(action)) continue;
    if (spec.child('targetRef').isSet || spec.child('targetRefs').isSet) continue;
    const policy = { manifest, denies: action === 'DENY', rules: spec.list('rules') };
    const selector = selectorAt(spec.child('selector')) ?? EVERYTHING;
    for (const pods of podIndex(cluster).select(selector, namespace === ROOT ? everywhere : [namespace]))
      push(found, pods, policy);
  }
  return found;
}

/** Whether a rule may be about calls of the client: what depends on the request counts as if it were. */
function mayAllow(rule: Field, client: Pods, { number }: Port): boolean {
  const [from, to] = [rule.list('from'), rule.list('to')];
  const isFrom = from.length === 0 || from.some((each) => mayBeFrom(each.child('source'), client));
  return (
    isFrom &&
    (to.length === 0 ||
      to.some((each) => {
        const ports = each.at('operation', 'ports').texts;
        return ports.length === 0 || ports.includes(String(number));
      }))
  );
}

/** Whether a rule is about all calls of the client to the port: what depends on the request counts as if it were not. */
function isAbout(rule: Field, client: Pods, { number }: Port, isKnown: boolean): boolean {
  const [from, to] = [rule.list('from'), rule.list('to')];
  if (rule.list('when').length > 0) return false;
  return (
    (from.length === 0 || from.some((each) => isFrom(each.child('source'), client, isKnown))) &&
    (to.length === 0 ||
      to.some((each) => {
        const operation = each.child('operation');
        const [ports, others] = [operation.child('ports').texts, operation.child('notPorts').texts];
        return (
          hasOnly(operation, ['ports', 'notPorts']) &&
          (ports.length === 0 || ports.includes(String(number))) &&
          !others.includes(String(number))
        );
      }))
  );
}

/** Whether all that a source asks for is known of the client. Only what is in the mesh has a name. */
function isFrom(source: Field, client: Pods, isKnown: boolean): boolean {
  const names = namesOf(client);
  const fields = names.flatMap(({ field, except }) => [field, except]);
  if (!hasOnly(source, fields)) return false;
  return names.every(({ field, except, values }) => {
    const [wanted, others] = [source.child(field).texts, source.child(except).texts];
    const isWanted = wanted.length === 0 || (isKnown && wanted.some((each) => matchesOne(each, values)));
    return isWanted && !others.some((each) => matchesOne(each, values));
  });
}

function hasOnly(object: Field, names: readonly string[]): boolean {
  const keys = Object.keys(object.record);
  return keys.length > 0 && keys.every((key) => names.includes(key));
}

function mayBeFrom(source: Field, client: Pods): boolean {
  return namesOf(client).every(({ field, except, values }) => {
    const patterns = source.child(field).texts;
    const isOut = source.child(except).texts.some((each) => each === '*' || values.includes(each));
    return !isOut && (patterns.length === 0 || patterns.some((each) => matchesOne(each, values)));
  });
}

/** What the fields of a source say of who calls. */
function namesOf(client: Pods): readonly { field: string; except: string; values: readonly string[] }[] {
  const account = accountName(client);
  return [
    { field: 'principals', except: 'notPrincipals', values: [principalOf(client)] },
    { field: 'namespaces', except: 'notNamespaces', values: [client.namespace] },
    {
      field: 'serviceAccounts',
      except: 'notServiceAccounts',
      values: [`${client.namespace}/${account}`, account],
    },
  ];
}

/** The account of pods, as a policy of Istio names it. */
export function principalOf(client: Pods): string {
  return `cluster.local/ns/${client.namespace}/sa/${accountName(client)}`;
}

/** Whether a value, or its beginning or end with `*`, is one of some. The trust domain of a principal is not known. */
function matchesOne(pattern: string, values: readonly string[]): boolean {
  const text = pattern.replace(/^[^/*]+\/ns\//, 'cluster.local/ns/');
  return values.some((value) => {
    if (text.startsWith('*')) return value.endsWith(text.slice(1));
    if (text.endsWith('*')) return value.startsWith(text.slice(0, -1)) || !text.includes('/ns/');
    return text === value;
  });
}

/** Whether pods are known to be in the mesh: by their own labels, a proxy in them, or the labels of their namespace. */
function isMeshed(cluster: Cluster, { labels, namespace, containers, spec }: Pods): boolean {
  const all: Readonly<Record<string, string>> = { ...worldOf(cluster).labelsOf(namespace), ...labels };
  if (spec.child('hostNetwork').isTrue) return false;
  if (all['sidecar.istio.io/inject'] === 'false' || all['istio.io/dataplane-mode'] === 'none') return false;
  return (
    all['sidecar.istio.io/inject'] === 'true' ||
    all['istio.io/dataplane-mode'] === 'ambient' ||
    all['istio-injection'] === 'enabled' ||
    'istio.io/rev' in all ||
    containers.some(({ name }) => name === 'istio-proxy')
  );
}
