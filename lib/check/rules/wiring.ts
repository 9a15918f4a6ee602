import type { Rule } from '../rule';
import { affinitySelectsNothing } from './wiring/affinity-selects-nothing';
import { appliedTooEarly } from './wiring/applied-too-early';
import { budgetBlocksEviction } from './wiring/budget-blocks-eviction';
import { budgetSelectsNothing } from './wiring/budget-selects-nothing';
import { claimCannotBind } from './wiring/claim-cannot-bind';
import { claimMissing } from './wiring/claim-missing';
import { configMapMissing } from './wiring/config-map-missing';
import { definitionMissing } from './wiring/definition-missing';
import { duplicateIdentity } from './wiring/duplicate-identity';
import { endpointsServiceMissing } from './wiring/endpoints-service-missing';
import { gatewayClassMissing } from './wiring/gateway-class-missing';
import { gatewayMissing } from './wiring/gateway-missing';
import { gatewayRefusesRoute } from './wiring/gateway-refuses-route';
import { governingServiceHeadless } from './wiring/governing-service-headless';
import { governingServiceMissing } from './wiring/governing-service-missing';
import { grantListsByName } from './wiring/grant-lists-by-name';
import { grantNamesUnmatched } from './wiring/grant-names-unmatched';
import { grantOutOfScope } from './wiring/grant-out-of-scope';
import { grantResourceUnknown } from './wiring/grant-resource-unknown';
import { grantVerbUnknown } from './wiring/grant-verb-unknown';
import { hookServiceMissing } from './wiring/hook-service-missing';
import { hostsCollide } from './wiring/hosts-collide';
import { ingressBackendMissing } from './wiring/ingress-backend-missing';
import { ingressClassMissing } from './wiring/ingress-class-missing';
import { issuerMissing } from './wiring/issuer-missing';
import { keyMissing } from './wiring/key-missing';
import { listenerMissing } from './wiring/listener-missing';
import { meshHostMissing } from './wiring/mesh-host-missing';
import { meshPodsMissing } from './wiring/mesh-pods-missing';
import { meshSubsetMissing } from './wiring/mesh-subset-missing';
import { monitorIgnored } from './wiring/monitor-ignored';
import { monitorPortMissing } from './wiring/monitor-port-missing';
import { monitorSelectsNothing } from './wiring/monitor-selects-nothing';
import { namespaceMissing } from './wiring/namespace-missing';
import { networkPolicyBlocksRoute } from './wiring/network-policy-blocks-route';
import { networkPolicyOneSided } from './wiring/network-policy-one-sided';
import { networkPolicyPeerMissing } from './wiring/network-policy-peer-missing';
import { networkPolicyPortMissing } from './wiring/network-policy-port-missing';
import { networkPolicySelectsNothing } from './wiring/network-policy-selects-nothing';
import { objectMissing } from './wiring/object-missing';
import { preferenceSelectsNothing } from './wiring/preference-selects-nothing';
import { priorityClassMissing } from './wiring/priority-class-missing';
import { probePortMissing } from './wiring/probe-port-missing';
import { pullSecretMissing } from './wiring/pull-secret-missing';
import { referenceGrantMissing } from './wiring/reference-grant-missing';
import { replicasFightScaler } from './wiring/replicas-fight-scaler';
import { roleMissing } from './wiring/role-missing';
import { routeBackendMissing } from './wiring/route-backend-missing';
import { runtimeClassMissing } from './wiring/runtime-class-missing';
import { scaleTargetMissing } from './wiring/scale-target-missing';
import { scalerWithoutRequests } from './wiring/scaler-without-requests';
import { scalersCollide } from './wiring/scalers-collide';
import { secretMissing } from './wiring/secret-missing';
import { secretStoreMissing } from './wiring/secret-store-missing';
import { selectorsOverlap } from './wiring/selectors-overlap';
import { serviceAccountMissing } from './wiring/service-account-missing';
import { servicePortMissing } from './wiring/service-port-missing';
import { serviceSelectsNothing } from './wiring/service-selects-nothing';
import { serviceTargetPort } from './wiring/service-target-port';
import { storageClassMissing } from './wiring/storage-class-missing';
import { subjectMissing } from './wiring/subject-missing';
import { tlsSecretMissing } from './wiring/tls-secret-missing';
import { volumeMissing } from './wiring/volume-missing';

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
