import type { IConstruct } from 'constructs';
import type { LabelSelector, LabelSelectorRequirement } from '../../kube/labels';
import type {
  ClusterProfile,
  GatewayRef,
  NodePool,
  PrometheusSelection,
  Taint,
} from '../../profiles/cluster-profile';
import { INSTALLABLE, PROVIDERS, TAINT_EFFECTS } from '../../profiles/cluster-profile';
import type { Shapes } from './shape';
import { shaped } from './shaped';
import { choice, ENTRIES, list, mapOf, number, record, text } from './shapes';

const TAINT = record<Taint>({ key: text, value: text, effect: choice(TAINT_EFFECTS) });

const NODE_POOL = record<NodePool>({
  name: text,
  labels: ENTRIES,
  taints: list(TAINT),
  zones: list(text),
  allocatable: mapOf(text, "{ cpu: '4' }"),
  size: number,
});

const REQUIREMENT = record<LabelSelectorRequirement>({ key: text, operator: text, values: list(text) });

const SELECTOR = record<LabelSelector>({ matchLabels: ENTRIES, matchExpressions: list(REQUIREMENT) });

const PROMETHEUS = record<PrometheusSelection>({
  serviceMonitorSelector: SELECTOR,
  serviceMonitorNamespaceSelector: SELECTOR,
  podMonitorSelector: SELECTOR,
  podMonitorNamespaceSelector: SELECTOR,
  ruleSelector: SELECTOR,
  ruleNamespaceSelector: SELECTOR,
});

const SHAPES: Shapes<ClusterProfile> = {
  kubernetes: text,
  provider: choice(PROVIDERS),
  nodePools: list(NODE_POOL),
  storageClasses: list(text),
  ingressClass: text,
  gateway: record<GatewayRef>(
    { name: text, namespace: text, listener: text },
    { example: "{ name: 'public' }" },
  ),
  clusterIssuer: text,
  prometheus: PROMETHEUS,
  installed: list(choice(INSTALLABLE)),
};

const PROFILE = record<ClusterProfile>(SHAPES, { expected: 'a profile', example: "{ kubernetes: '1.31' }" });

/** The profile of an environment, checked. */
export function shapedProfile(environment: IConstruct, profile: unknown): ClusterProfile {
  return shaped(environment, profile, PROFILE, { at: 'profile' });
}
