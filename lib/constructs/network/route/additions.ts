import type { ApiObjectMetadata } from 'cdk8s';
import type { Construct } from 'constructs';
import type { CustomPatches } from '../../../kube/custom/patches';
import { shorten } from '../../../kube/names';
import type { ClusterProfile } from '../../../profiles/cluster-profile';
import { gatewayVersions } from '../../../profiles/gateway-api';
import { isInstalled } from '../../../profiles/installed';
import { NAME_LENGTH } from '../../core/names';
import { KubeObject } from '../../core/object';
import { below } from '../../core/problems';
import { optional } from '../../core/props';
import type { RoutePlace } from './backends';
import { quietTargets, sharesOf } from './backends';
import type { HostCertificates } from './certificates';
import type { RouteKind, RouteSpec } from './kind';
import { GATEWAY_GROUP } from './kind';
import type { RouteBase } from './props';
import { checkServed } from './supported';

/** Objects that a route needs in addition to itself. */
export interface RouteAdditions {
  readonly certificate: KubeObject<CustomPatches['Certificate']> | undefined;
  readonly listenerSet: KubeObject<CustomPatches['ListenerSet']> | undefined;
  readonly grants: readonly KubeObject[];
}

/** Where the objects of a route are made. */
export interface AdditionsPlace extends RoutePlace {
  readonly construct: Construct;
  /** Begins the ids of its objects. */
  readonly id: string;
  readonly kind: RouteKind;
  readonly profile: ClusterProfile | undefined;
  readonly certificates: HostCertificates;
  /** Metadata of the objects in its namespace, without their names. */
  readonly metadata: ApiObjectMetadata;
}

/** Makes the objects of a route in addition to itself. */
export function makeAdditions(spec: RouteSpec, place: AdditionsPlace): RouteAdditions {
  return {
    certificate: makeCertificate(spec, place),
    listenerSet: makeListenerSet(spec, place),
    grants: makeGrants(spec, place),
  };
}

/** Whether the annotation of an Ingress asks cert-manager for the certificates of all of its hosts. */
export function asksByAnnotation({
  kind,
  certificates,
}: Pick<AdditionsPlace, 'kind' | 'certificates'>): boolean {
  return kind === 'Ingress' && !certificates.isShared;
}

/** Whether a route of the Gateway API with `tls` brings listeners of its own. */
export function bringsListeners({ listener }: RouteBase, profile: ClusterProfile | undefined): boolean {
  return listener === undefined && profile?.gateway?.listenerSets === true;
}

/** The issuer of certificates, where cert-manager is there to ask it. */
export function issuerOf(profile: ClusterProfile | undefined): string | undefined {
  return profile !== undefined && isInstalled(profile, 'cert-manager') ? profile.clusterIssuer : undefined;
}

function makeCertificate({ base }: RouteSpec, place: AdditionsPlace): RouteAdditions['certificate'] {
  const { construct, id, certificates, metadata, profile } = place;
  const issuer = issuerOf(profile);
  const { own: dnsNames, secretName } = certificates;
  if (issuer === undefined || base.tls !== true || secretName === undefined || asksByAnnotation(place))
    return undefined;
  return new KubeObject<CustomPatches['Certificate']>(construct, `${id}-certificate`, {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { ...metadata, name: secretName },
    content: () => ({ spec: { secretName, dnsNames, issuerRef: { name: issuer, kind: 'ClusterIssuer' } } }),
  });
}

/** Listeners for the hosts of a route, where the Gateway takes those of others. */
function makeListenerSet(
  { at }: RouteSpec,
  place: AdditionsPlace,
): KubeObject<CustomPatches['ListenerSet']> | undefined {
  const { construct, id, name, kind, profile, certificates, metadata } = place;
  const { own: hosts } = certificates;
  if (kind === 'Ingress' || hosts.length === 0 || profile?.gateway === undefined) return undefined;
  const { name: gateway, namespace } = profile.gateway;
  return new KubeObject<CustomPatches['ListenerSet']>(construct, `${id}-listeners`, {
    apiVersion: `${GATEWAY_GROUP}/${gatewayVersions(profile.gatewayApi, 'ListenerSet')[0] ?? 'v1'}`,
    kind: 'ListenerSet',
    metadata: { ...metadata, name },
    content: (report) => {
      checkServed(profile, { kind: 'ListenerSet' }, 'ListenerSets', 'tls', below(at, report));
      const certificateRefs = [{ name: certificates.secretName ?? '' }];
      return {
        spec: {
          parentRef: { name: gateway, ...optional('namespace', namespace) },
          listeners: hosts.map((hostname, index) => ({
            name: `https-${index + 1}`,
            hostname,
            port: 443,
            protocol: 'HTTPS',
            tls: { certificateRefs },
          })),
        },
      };
    },
  });
}

/** A ReferenceGrant in each other namespace that the route leads to. */
function makeGrants(
  { rules }: RouteSpec,
  place: AdditionsPlace,
): readonly KubeObject<CustomPatches['ReferenceGrant']>[] {
  const { construct, id, name, namespace: from, kind, profile } = place;
  if (kind === 'Ingress' || from === undefined) return [];
  const targets = quietTargets(rules, place).filter((each) => (each.namespace ?? from) !== from);
  return [...new Set(targets.flatMap(({ namespace }) => namespace ?? []))].map((namespace) => {
    const [version = 'v1beta1'] = gatewayVersions(profile?.gatewayApi, 'ReferenceGrant');
    return new KubeObject<CustomPatches['ReferenceGrant']>(construct, `${id}-grant-${namespace}`, {
      apiVersion: `${GATEWAY_GROUP}/${version}`,
      kind: 'ReferenceGrant',
      metadata: { name: shorten([from, name], NAME_LENGTH), namespace },
      content: () => {
        const there = targets.filter((each) => each.namespace === namespace);
        const names = [...new Set(sharesOf(there).map((share) => share.name))];
        return {
          spec: {
            from: [{ group: GATEWAY_GROUP, kind, namespace: from }],
            to: names.map((service) => ({ group: '', kind: 'Service', name: service })),
          },
        };
      },
    });
  });
}
