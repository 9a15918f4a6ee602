import { isPlainRecord } from '../manifest/data';
import { Field } from '../manifest/field';
import { jsonText } from '../manifest/json-text';
import { groupOf, type Manifest } from '../manifest/manifest';
import type { Cluster } from './cluster';
import { addressOf, routingAnnotations } from './ingress-controllers';
import { namespaceOf } from './namespace';

/** A host and path that an Ingress or a route claims. */
export interface HostClaim {
  readonly by: Manifest;
  /** What makes two claims the same: the address, the host, the path and all other conditions. */
  readonly key: string;
  /** The host at a listener of a Gateway, whatever the path; only that of a route. */
  readonly place?: string;
  /** Host and path, in words. */
  readonly address: string;
  readonly at: Field;
  /** Where the requests go: a text that is the same for the same backends. */
  readonly backends: string;
  /** Why another object may have the same host and path at another address, as what follows "but". */
  readonly doubt?: string;
}

const GATEWAY = 'gateway.networking.k8s.io';

/** The hosts and paths that an object claims; none where it is no Ingress, HTTPRoute or GRPCRoute. */
export function hostClaimsOf(cluster: Cluster, manifest: Manifest): HostClaim[] {
  const group = groupOf(manifest.id.apiVersion);
  const { kind } = manifest.id;
  if (group === 'networking.k8s.io' && kind === 'Ingress') return ofIngress(cluster, manifest);
  return group === GATEWAY && (kind === 'HTTPRoute' || kind === 'GRPCRoute') ? ofRoute(manifest) : [];
}

/** What no host has: it is replaced before the Ingress is applied. */
const PLACEHOLDER = /[^a-z\d.*-]/;

function ofIngress(cluster: Cluster, by: Manifest): HostClaim[] {
  const object = Field.root(by.object);
  const { labels: annotations } = object.at('metadata', 'annotations');
  // A canary has the host and path of its main Ingress.
  if (annotations['nginx.ingress.kubernetes.io/canary'] === 'true') return [];
  const { address, doubt: ofClass } = addressOf(cluster, by);
  const conditions = jsonText([routingAnnotations(annotations), object.at('spec').list('tls').length > 0]);
  return object.list('spec', 'rules').flatMap((rule) => {
    const host = rule.at('host').text;
    const doubt = PLACEHOLDER.test(host) ? 'the host is a placeholder' : ofClass;
    return rule.list('http', 'paths').map((at) => {
      const path = at.at('path').text || '/';
      return {
        by,
        key: ['Ingress', address, host, path, at.at('pathType').text, conditions].join('|'),
        address: `${host || 'any host'} ${path}`,
        at: at.at('path').isSet ? at.at('path') : at,
        backends: `${namespaceOf(by)} ${canonical(at.at('backend').value)}`,
        ...(doubt !== undefined && { doubt }),
      };
    });
  });
}

/** Each match of each rule, for each host and each parent. */
function ofRoute(by: Manifest): HostClaim[] {
  const spec = Field.root(by.object).at('spec');
  const hosts = spec.list('hostnames').map(({ text }) => text);
  const parents = spec.list('parentRefs').map((parent) => parentKey(parent, namespaceOf(by)));
  return spec.list('rules').flatMap((rule) => {
    const matches = rule.list('matches');
    const { matches: _, name: __, ...serves } = rule.record;
    const backends = `${namespaceOf(by)} ${canonical(serves)}`;
    return (matches.length === 0 ? [rule] : matches).flatMap((match) => {
      const wanted = match === rule ? {} : match.record;
      const sign = canonical({
        ...wanted,
        path: { type: 'PathPrefix', value: '/', ...match.at('path').record },
      });
      const path = match.at('path', 'value').text || '/';
      return (hosts.length === 0 ? [''] : hosts).flatMap((host) =>
        parents.map((parent) => ({
          by,
          key: [by.id.kind, parent, host, sign].join('|'),
          place: [parent, host].join('|'),
          address: `${host || 'any host'} ${path}`,
          at: match.at('path', 'value').isSet ? match.at('path', 'value') : match,
          backends,
        })),
      );
    });
  });
}

function parentKey(parent: Field, own: string): string {
  return [
    parent.at('group').isSet ? parent.at('group').text : GATEWAY,
    parent.at('kind').text || 'Gateway',
    parent.at('namespace').text || own,
    parent.at('name').text,
    parent.at('sectionName').text,
    parent.at('port').value,
  ].join('/');
}

/** One text for all ways to write a value: keys in order. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isPlainRecord(value)) return jsonText(value);
  const entries = Object.keys(value).sort();
  return `{${entries.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
}
