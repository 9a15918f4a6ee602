import { formatId, groupOf, type Manifest } from '../../../manifest/manifest';
import type { Rule } from '../../rule';
import { namespaceOf } from '../../../graph/namespace';
import { Field } from '../../../manifest/field';
import { isPlainRecord } from '../../../manifest/data';
import { jsonText } from '../../../manifest/json-text';

const GATEWAY = 'gateway.networking.k8s.io';

export const hostsCollide: Rule = {
  name: 'wiring/hosts-collide',
  severity: 'error',
  about: 'Finds Ingresses of one class, or routes of one Gateway, with the same host and path.',
  why: 'Only one of them gets the requests, usually the older one, or the controller rejects the second.',
  run(cluster, report) {
    const first = new Map<string, Claim>();
    for (const manifest of cluster.set) {
      for (const claim of claimsOf(manifest)) {
        const other = first.get(claim.key);
        if (other === undefined) first.set(claim.key, claim);
        else if (!isSame(other, claim)) {
          const whose = other.by === manifest ? 'this object' : formatId(other.by.id);
          const message = `${claim.address} is already used by ${whose} at ${other.at.path}`;
          report(manifest, claim.at.path, message, 'Use another host or path.');
          break;
        }
      }
    }
  },
};

/** A host and path that an object claims. */
interface Claim {
  readonly by: Manifest;
  readonly key: string;
  readonly address: string;
  readonly at: Field;
}

/** wiring/duplicate-identity reports copies of one object. */
function isSame(a: Claim, b: Claim): boolean {
  if (a.by === b.by) return false;
  return (
    a.by.id.kind === b.by.id.kind && a.by.id.name === b.by.id.name && namespaceOf(a.by) === namespaceOf(b.by)
  );
}

function claimsOf(manifest: Manifest): Claim[] {
  const group = groupOf(manifest.id.apiVersion);
  const { kind } = manifest.id;
  if (group === 'networking.k8s.io' && kind === 'Ingress') return ofIngress(manifest);
  return group === GATEWAY && (kind === 'HTTPRoute' || kind === 'GRPCRoute') ? ofRoute(manifest) : [];
}

function ofIngress(by: Manifest): Claim[] {
  const object = Field.root(by.object);
  const annotations = object.at('metadata', 'annotations');
  // A canary has the host and path of its main Ingress.
  if (annotations.at('nginx.ingress.kubernetes.io/canary').text === 'true') return [];
  const spec = object.at('spec');
  const className = spec.at('ingressClassName').text || annotations.at('kubernetes.io/ingress.class').text;
  return spec.list('rules').flatMap((rule) => {
    const host = rule.at('host').text;
    return rule.list('http', 'paths').map((at) => {
      const path = at.at('path').text || '/';
      const key = ['Ingress', className, host, path, at.at('pathType').text].join('|');
      return {
        by,
        key,
        address: `${host || 'any host'} ${path}`,
        at: at.at('path').isSet ? at.at('path') : at,
      };
    });
  });
}

/** Each match of each rule, for each host and each parent. */
function ofRoute(by: Manifest): Claim[] {
  const spec = Field.root(by.object).at('spec');
  const hosts = spec.list('hostnames').map(({ text }) => text);
  const parents = spec.list('parentRefs').map((parent) => {
    const namespace = parent.at('namespace').text || namespaceOf(by);
    return [namespace, parent.at('name').text, parent.at('sectionName').text, parent.at('port').value].join(
      '/',
    );
  });
  return spec.list('rules').flatMap((rule) => {
    const matches = rule.list('matches');
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
          address: `${host || 'any host'} ${path}`,
          at: match.at('path', 'value').isSet ? match.at('path', 'value') : match,
        })),
      );
    });
  });
}

/** One text for all ways to write a value: keys in order. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isPlainRecord(value)) return jsonText(value);
  const entries = Object.keys(value).sort();
  return `{${entries.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
}
