import type { Rule } from '../rule';
import { affinitySelectsNothing } from './rules/affinity-selects-nothing';
import { appliedTooEarly } from './rules/applied-too-early';
import { budgetBlocksEviction } from './rules/budget-blocks-eviction';
import { budgetSelectsNothing } from './rules/budget-selects-nothing';
import { claimCannotBind } from './rules/claim-cannot-bind';
import { claimMissing } from './rules/claim-missing';
import { configMapMissing } from './rules/config-map-missing';
import { definitionMissing } from './rules/definition-missing';
import { duplicateIdentity } from './rules/duplicate-identity';
import { endpointsServiceMissing } from './rules/endpoints-service-missing';
import { gatewayClassMissing } from './rules/gateway-class-missing';
import { gatewayMissing } from './rules/gateway-missing';
import { gatewayRefusesRoute } from './rules/gateway-refuses-route';
import { governingServiceHeadless } from './rules/governing-service-headless';
import { governingServiceMissing } from './rules/governing-service-missing';
import { grantListsByName } from './rules/grant-lists-by-name';
import { grantNamesUnmatched } from './rules/grant-names-unmatched';
import { grantOutOfScope } from './rules/grant-out-of-scope';
import { grantResourceUnknown } from './rules/grant-resource-unknown';
import { grantVerbUnknown } from './rules/grant-verb-unknown';
import { hookServiceMissing } from './rules/hook-service-missing';
import { hostsCollide } from './rules/hosts-collide';
import { ingressBackendMissing } from './rules/ingress-backend-missing';
import { ingressClassMissing } from './rules/ingress-class-missing';
import { issuerMissing } from './rules/issuer-missing';
import { keyMissing } from './rules/key-missing';
import { listenerMissing } from './rules/listener-missing';
import { meshHostMissing } from './rules/mesh-host-missing';
import { meshPodsMissing } from './rules/mesh-pods-missing';
import { meshSubsetMissing } from './rules/mesh-subset-missing';
import { monitorIgnored } from './rules/monitor-ignored';
import { monitorPortMissing } from './rules/monitor-port-missing';
import { monitorSelectsNothing } from './rules/monitor-selects-nothing';
import { namespaceMissing } from './rules/namespace-missing';
import { networkPolicyBlocksRoute } from './rules/network-policy-blocks-route';
import { networkPolicyOneSided } from './rules/network-policy-one-sided';
import { networkPolicyPeerMissing } from './rules/network-policy-peer-missing';
import { networkPolicyPortMissing } from './rules/network-policy-port-missing';
import { networkPolicySelectsNothing } from './rules/network-policy-selects-nothing';
import { objectMissing } from './rules/object-missing';
import { preferenceSelectsNothing } from './rules/preference-selects-nothing';
import { priorityClassMissing } from './rules/priority-class-missing';
import { probePortMissing } from './rules/probe-port-missing';
import { pullSecretMissing } from './rules/pull-secret-missing';
import { referenceGrantMissing } from './rules/reference-grant-missing';
import { replicasFightScaler } from './rules/replicas-fight-scaler';
import { roleMissing } from './rules/role-missing';
import { routeBackendMissing } from './rules/route-backend-missing';
import { runtimeClassMissing } from './rules/runtime-class-missing';
import { scaleTargetMissing } from './rules/scale-target-missing';
import { scalerWithoutRequests } from './rules/scaler-without-requests';
import { scalersCollide } from './rules/scalers-collide';
import { secretMissing } from './rules/secret-missing';
import { secretStoreMissing } from './rules/secret-store-missing';
import { selectorsOverlap } from './rules/selectors-overlap';
import { serviceAccountMissing } from './rules/service-account-missing';
import { servicePortMissing } from './rules/service-port-missing';
import { serviceSelectsNothing } from './rules/service-selects-nothing';
import { serviceTargetPort } from './rules/service-target-port';
import { storageClassMissing } from './rules/storage-class-missing';
import { subjectMissing } from './rules/subject-missing';
import { tlsSecretMissing } from './rules/tls-secret-missing';
import { volumeMissing } from './rules/volume-missing';

/** Whether the objects fit together, one rule a file, in the order of the reference page. */
export const WIRING: readonly Rule[] = [
  serviceSelectsNothing,
  serviceTargetPort,
  probePortMissing,
  endpointsServiceMissing,
  governingServiceMissing,
  governingServiceHeadless,
  ingressClassMissing,
  ingressBackendMissing,
  servicePortMissing,
  hostsCollide,
  tlsSecretMissing,
  issuerMissing,
  gatewayClassMissing,
  gatewayMissing,
  listenerMissing,
  gatewayRefusesRoute,
  routeBackendMissing,
  referenceGrantMissing,
  meshHostMissing,
  meshSubsetMissing,
  meshPodsMissing,
  configMapMissing,
  secretMissing,
  keyMissing,
  pullSecretMissing,
  secretStoreMissing,
  claimMissing,
  volumeMissing,
  claimCannotBind,
  storageClassMissing,
  serviceAccountMissing,
  roleMissing,
  subjectMissing,
  grantResourceUnknown,
  grantVerbUnknown,
  grantNamesUnmatched,
  grantListsByName,
  grantOutOfScope,
  scaleTargetMissing,
  scalersCollide,
  replicasFightScaler,
  scalerWithoutRequests,
  budgetSelectsNothing,
  budgetBlocksEviction,
  selectorsOverlap,
  affinitySelectsNothing,
  preferenceSelectsNothing,
  priorityClassMissing,
  runtimeClassMissing,
  networkPolicySelectsNothing,
  networkPolicyPeerMissing,
  networkPolicyPortMissing,
  networkPolicyOneSided,
  networkPolicyBlocksRoute,
  monitorSelectsNothing,
  monitorPortMissing,
  monitorIgnored,
  hookServiceMissing,
  objectMissing,
  definitionMissing,
  duplicateIdentity,
  namespaceMissing,
  appliedTooEarly,
];
