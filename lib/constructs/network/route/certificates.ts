import type { IConstruct } from 'constructs';
import { parseIp } from '../../../kube/ip';
import { dnsSubdomain } from '../../../kube/names';
import { Environment } from '../../core/environment';
import { checkName } from '../../core/metadata';
import type { Reporter } from '../../core/problems';
import { configurationOf } from '../../core/reference';
import type { RoutePlace } from './backends';
import type { RouteBase } from './props';

/** Hosts, and the Secret with their certificate (`IngressTLS`). */
export interface TlsEntry {
  readonly hosts: readonly string[];
  readonly secretName: string;
}

/** The certificate of a host, as the first route on it that wants one says. */
interface Claim {
  /** The path of the route's construct, for messages. */
  readonly by: string;
  readonly tls: NonNullable<RouteBase['tls']>;
  /** Name of the Secret that is its own where it names none. */
  readonly usual: string;
  /** The ListenerSet that has a listener for the host. */
  readonly listenerSet: string;
}

/** By environment, or whole app, and then by namespace and host: a Secret is of one namespace. */
const claims = new WeakMap<IConstruct, Map<string, Claim>>();

/** The certificates of one route: those of its own, and those of routes that were there before on one of its hosts. */
export class HostCertificates {
  /** The hosts that it needs a certificate for. */
  readonly own: readonly string[];
  readonly #all: readonly { readonly host: string; readonly claim: Claim }[];
  readonly #tls: RouteBase['tls'];

  constructor({ construct, name, namespace }: RoutePlace, hosts: readonly string[], tls: RouteBase['tls']) {
    const scope = Environment.of(construct) ?? construct.node.root;
    const known = claims.get(scope) ?? new Map<string, Claim>();
    claims.set(scope, known);
    this.#tls = tls;
    const own: string[] = [];
    this.#all = (tls === undefined || tls === false ? [] : hosts).map((host) => {
      const key = `${namespace ?? ''}/${host}`;
      const claim = known.get(key) ?? {
        by: construct.node.path,
        tls: tls ?? false,
        usual: `${name}-tls`,
        listenerSet: name,
      };
      if (!known.has(key)) {
        known.set(key, claim);
        own.push(host);
      }
      return { host, claim };
    });
    this.own = own;
  }

  /** Whether another route has the certificate of one of its hosts. */
  get isShared(): boolean {
    return this.own.length < this.#all.length;
  }

  /** The Secret of its own certificate, where it wants one. */
  get secretName(): string | undefined {
    const claim = this.#all.find(({ host }) => this.own.includes(host))?.claim;
    return claim && secretOf(claim);
  }

  /** The ListenerSets with listeners for its hosts, each once. */
  get listenerSets(): readonly string[] {
    return [...new Set(this.#all.map(({ claim }) => claim.listenerSet))];
  }

  /** The hosts by their Secrets. Reports a Secret that is none, and one that is not that of the other routes on a host. */
  entries(report: Reporter): readonly TlsEntry[] {
    this.#check(report);
    const hosts = new Map<string, string[]>();
    for (const { host, claim } of this.#all) {
      const secret = secretOf(claim);
      hosts.set(secret, [...(hosts.get(secret) ?? []), host]);
    }
    return [...hosts].map(([secretName, each]) => ({ hosts: each, secretName }));
  }

  #check(report: Reporter): void {
    const tls = this.#tls;
    if (tls === undefined || typeof tls === 'boolean') return;
    if (typeof tls === 'string') checkName(tls, '', report);
    else if (configurationOf(tls, report) === 'ConfigMap')
      report({ code: 'INVALID_PROP', message: `expected a Secret, got ConfigMap "${tls.name}"` });
    const name = typeof tls === 'string' ? tls : tls.name;
    for (const { host, claim } of this.#all) {
      const other = secretOf(claim);
      if (other === name) continue;
      report({
        code: 'INVALID_PROP',
        message: `Invalid value: "${name}": ${claim.by} has the certificate of "${host}" in Secret "${other}"`,
        hint: 'Routes on one host share one certificate: name the same Secret in both.',
      });
    }
  }
}

function secretOf({ tls, usual }: Claim): string {
  return typeof tls === 'boolean' ? usual : typeof tls === 'string' ? tls : tls.name;
}

/** The hosts of a route, without those that are none, which are reported. */
export function hostsOf({ host = [] }: RouteBase, report: Reporter): readonly string[] {
  const hosts = typeof host === 'string' ? [host] : host;
  return hosts.filter((each, index) => {
    const address = parseIp(each) === undefined ? undefined : 'must be a DNS name, not an IP address';
    const repeated = hosts.indexOf(each) < index ? 'is listed twice' : undefined;
    const wrong = address ?? dnsSubdomain(each.replace(/^\*\./, '')) ?? repeated;
    if (wrong !== undefined) {
      const path = typeof host === 'string' ? 'host' : `host[${index}]`;
      report({ code: 'INVALID_NAME', path, message: `Invalid value: "${each}": ${wrong}` });
    }
    return wrong === undefined;
  });
}
