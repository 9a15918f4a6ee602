import type { Rule } from '../rule';
import { appliedTooEarly } from './wiring/applied-too-early';
import { certificateUnusable } from './wiring/certificate-unusable';
import { claimCannotBind } from './wiring/claim-cannot-bind';
import { connectionBlocked } from './wiring/connection-blocked';
import { definitionMissing } from './wiring/definition-missing';
import { disruptionBudgetBlocksEviction } from './wiring/disruption-budget-blocks-eviction';
import { disruptionBudgetsOverlap } from './wiring/disruption-budgets-overlap';
import { duplicateIdentity } from './wiring/duplicate-identity';
import { gatewayRefusesRoute } from './wiring/gateway-refuses-route';
import { governingServiceHeadless } from './wiring/governing-service-headless';
import { hostUnknown } from './wiring/host-unknown';
import { hostsCollide } from './wiring/hosts-collide';
import { limitRangeRefuses } from './wiring/limit-range-refuses';
import { monitorIgnored } from './wiring/monitor-ignored';
import { monitorPortMissing } from './wiring/monitor-port-missing';
import { monitorSelectsNothing } from './wiring/monitor-selects-nothing';
import { namespaceMissing } from './wiring/namespace-missing';
import { networkPolicyBlocksApiServer } from './wiring/network-policy-blocks-api-server';
import { networkPolicyBlocksClusterDns } from './wiring/network-policy-blocks-cluster-dns';
import { networkPolicyBlocksDns } from './wiring/network-policy-blocks-dns';
import { networkPolicyBlocksRoute } from './wiring/network-policy-blocks-route';
import { networkPolicyOneSided } from './wiring/network-policy-one-sided';
import { networkPolicyPeerMissing } from './wiring/network-policy-peer-missing';
import { networkPolicyPortMissing } from './wiring/network-policy-port-missing';
import { probePortMissing } from './wiring/probe-port-missing';
import { quotaRefusesPods } from './wiring/quota-refuses-pods';
import { rbacListsByName } from './wiring/rbac-lists-by-name';
import { rbacNamesUnmatched } from './wiring/rbac-names-unmatched';
import { rbacOutOfScope } from './wiring/rbac-out-of-scope';
import { rbacResourceUnknown } from './wiring/rbac-resource-unknown';
import { rbacVerbUnknown } from './wiring/rbac-verb-unknown';
import { referenceGrantMissing } from './wiring/reference-grant-missing';
import { REFERENCE_RULES } from './wiring/references';
import { replicasFightScaler } from './wiring/replicas-fight-scaler';
import { scalerWithoutRequests } from './wiring/scaler-without-requests';
import { scalersCollide } from './wiring/scalers-collide';
import { secretType } from './wiring/secret-type';
import { selectorsOverlap } from './wiring/selectors-overlap';
import { serviceSelectorEmpty } from './wiring/service-selector-empty';
import { servicesCollide } from './wiring/services-collide';
import { serviceTargetPort } from './wiring/service-target-port';
import { webhookBlocksRecovery } from './wiring/webhook-blocks-recovery';

/** Whether the objects fit together: a rule a file, and those of the table. */
export const WIRING: readonly Rule[] = [
  ...REFERENCE_RULES,
  appliedTooEarly,
  certificateUnusable,
  claimCannotBind,
  connectionBlocked,
  definitionMissing,
  disruptionBudgetBlocksEviction,
  disruptionBudgetsOverlap,
  duplicateIdentity,
  gatewayRefusesRoute,
  governingServiceHeadless,
  hostUnknown,
  hostsCollide,
  monitorIgnored,
  monitorPortMissing,
  monitorSelectsNothing,
  namespaceMissing,
  networkPolicyBlocksApiServer,
  networkPolicyBlocksClusterDns,
  networkPolicyBlocksDns,
  networkPolicyBlocksRoute,
  networkPolicyOneSided,
  networkPolicyPeerMissing,
  networkPolicyPortMissing,
  probePortMissing,
  quotaRefusesPods,
  limitRangeRefuses,
  rbacListsByName,
  rbacNamesUnmatched,
  rbacOutOfScope,
  rbacResourceUnknown,
  rbacVerbUnknown,
  referenceGrantMissing,
  replicasFightScaler,
  scalerWithoutRequests,
  scalersCollide,
  secretType,
  selectorsOverlap,
  serviceSelectorEmpty,
  serviceTargetPort,
  servicesCollide,
  webhookBlocksRecovery,
];
