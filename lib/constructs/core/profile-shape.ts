import type { IConstruct } from 'constructs';
import type { LabelSelector, LabelSelectorRequirement } from '../../kube/labels';
import type {
  ApiServer,
  ClusterProfile,
  GatewayRef,
  LoadBalancers,
  MeshAccount,
  MeshedAs,
  NodePool,
  PodsPlace,
  PrometheusSelection,
  Taint,
  TelemetryEndpoint,
} from '../../profiles/cluster-profile';
import {
  AWS_IDENTITIES,
  CNIS,
  OTLP_PROTOCOLS,
  PROVIDERS,
  TAINT_EFFECTS,
  TRAFFIC_ROUTERS,
} from '../../profiles/cluster-profile';
import { CHANNELS, type GatewayApi } from '../../profiles/gateway-api';
import { INSTALLABLE, type Installation, type Installed } from '../../profiles/installed';
import { ISTIO_MODES, MTLS_MODES, type Istio, type Linkerd, type Mesh } from '../../profiles/mesh';
import type { Shape, Shapes } from './shape';
import { shaped } from './shaped';
import { anyOf, choice, constant, ENTRIES, flag, list, mapOf, number, record, text } from './shapes';

const TAINT = record<Taint>({ key: text, value: text, effect: choice(TAINT_EFFECTS) });

const NODE_POOL = record<NodePool>({
  name: text,
  labels: ENTRIES,
  taints: list(TAINT),
  zones: list(text),
  allocatable: mapOf(text, "{ cpu: '4' }"),
  instanceType: text,
  size: number,
  min: number,
  max: number,
  hourlyPrice: number,
});

const REQUIREMENT = record<LabelSelectorRequirement>({ key: text, operator: text, values: list(text) });

const SELECTOR = record<LabelSelector>({ matchLabels: ENTRIES, matchExpressions: list(REQUIREMENT) });

const PROMETHEUS = record<PrometheusSelection>({
  address: text,
  serviceMonitorSelector: SELECTOR,
  serviceMonitorNamespaceSelector: SELECTOR,
  podMonitorSelector: SELECTOR,
  podMonitorNamespaceSelector: SELECTOR,
  ruleSelector: SELECTOR,
  ruleNamespaceSelector: SELECTOR,
});

/** A release of something other than Kubernetes. */
const RELEASE: Shape<string> = {
  ...text,
  expected: "a release such as '1.4'",
  takes: (value) => typeof value === 'string' && /^v?\d+\.\d+/.test(value),
};

const INSTALLED = anyOf<Installation>(
  [
    list(choice(INSTALLABLE)),
    record(
      Object.fromEntries(
        INSTALLABLE.map((name) => [name, anyOf<string | true>([RELEASE, constant(true)])]),
      ) as Shapes<Partial<Record<Installed, string | true>>>,
    ),
  ],
  { expected: "a list of names, or names with releases: { keda: '2.18' }" },
);

/** As whom pods are in the mesh. */
export const MESHED_AS: Shape<MeshedAs> = anyOf<MeshedAs>([
  constant(true),
  record<MeshAccount>({ serviceAccount: text }, { example: "{ serviceAccount: 'prometheus' }" }),
]);

const PODS_PLACE = record<PodsPlace>(
  { namespace: text, podLabels: ENTRIES, mesh: MESHED_AS },
  { example: "{ namespace: 'ingress-nginx' }" },
);

/** What only Istio has is checked with the profile. */
const MESH = anyOf<Mesh>([
  choice(['istio', 'linkerd']),
  record<Omit<Istio, 'kind'> & Pick<Istio | Linkerd, 'kind'>>(
    {
      kind: choice(['istio', 'linkerd']),
      namespace: text,
      cni: flag,
      mtls: choice(MTLS_MODES),
      mode: choice(ISTIO_MODES),
      revision: text,
      waypoint: text,
    },
    { example: "{ kind: 'istio', mode: 'ambient' }" },
  ),
]);

const SHAPES: Shapes<ClusterProfile> = {
  kubernetes: text,
  featureGates: mapOf(flag, '{ ImageVolume: true }'),
  provider: choice(PROVIDERS),
  awsIdentity: choice(AWS_IDENTITIES),
  nodePools: list(NODE_POOL),
  storageClasses: anyOf<NonNullable<ClusterProfile['storageClasses']>>([list(text), mapOf(text)], {
    expected: "a list of names, or names by words: { fast: 'io2' }",
  }),
  loadBalancers: record<LoadBalancers>({ external: ENTRIES, internal: ENTRIES }),
  ingressClass: text,
  gateway: record<GatewayRef>(
    { name: text, namespace: text, listener: text, listenerSets: flag },
    { example: "{ name: 'public' }" },
  ),
  gatewayClasses: list(text),
  clusterIssuer: text,
  ingress: PODS_PLACE,
  monitoring: PODS_PLACE,
  keda: PODS_PLACE,
  apiServer: record<ApiServer>(
    { cidrs: list(text), ports: list(number) },
    { example: "{ cidrs: ['10.0.0.1/32'] }" },
  ),
  mesh: MESH,
  trafficRouter: choice(TRAFFIC_ROUTERS),
  telemetry: record<TelemetryEndpoint>(
    { endpoint: text, protocol: choice(OTLP_PROTOCOLS) },
    { example: "{ endpoint: 'http://collector.monitoring:4317' }" },
  ),
  cni: choice(CNIS),
  sealingCertificate: text,
  prometheus: PROMETHEUS,
  gatewayApi: record<GatewayApi>({ version: RELEASE, channel: choice(CHANNELS) }),
  argoCdCluster: text,
  spinnakerAccount: text,
  installed: INSTALLED,
};

const PROFILE = record<ClusterProfile>(SHAPES, { expected: 'a profile', example: "{ kubernetes: '1.31' }" });

/** The profile of an environment, checked. */
export function shapedProfile(environment: IConstruct, profile: unknown): ClusterProfile {
  return shaped(environment, profile, PROFILE, { at: 'profile' });
}
