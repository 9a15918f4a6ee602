import type { Rule } from '../rule';
import { anonymousAccess } from './rules/anonymous-access';
import { capabilities } from './rules/capabilities';
import { clusterAdmin } from './rules/cluster-admin';
import { containerSocket } from './rules/container-socket';
import { cronJobDeadline } from './rules/cron-job-deadline';
import { cronJobOverlap } from './rules/cron-job-overlap';
import { defaultNamespace } from './rules/default-namespace';
import { deprecatedApi } from './rules/deprecated-api';
import { disruptionBudget } from './rules/disruption-budget';
import { duplicateEnv } from './rules/duplicate-env';
import { emptyDirLimit } from './rules/empty-dir-limit';
import { exclusiveClaim } from './rules/exclusive-claim';
import { externalIps } from './rules/external-ips';
import { hostNamespaces } from './rules/host-namespaces';
import { hostNetworkDns } from './rules/host-network-dns';
import { hostPath } from './rules/host-path';
import { hostPort } from './rules/host-port';
import { imageDigest } from './rules/image-digest';
import { imageInvalid } from './rules/image-invalid';
import { imageTag } from './rules/image-tag';
import { ingressTls } from './rules/ingress-tls';
import { jobTtl } from './rules/job-ttl';
import { lateShutdown } from './rules/late-shutdown';
import { literalSecret } from './rules/literal-secret';
import { livenessProbe } from './rules/liveness-probe';
import { memoryLimit } from './rules/memory-limit';
import { nakedPod } from './rules/naked-pod';
import { networkPolicy } from './rules/network-policy';
import { podSecurityBaseline } from './rules/pod-security-baseline';
import { podSecurityRestricted } from './rules/pod-security-restricted';
import { privileged } from './rules/privileged';
import { rbacEscalation } from './rules/rbac-escalation';
import { rbacSecrets } from './rules/rbac-secrets';
import { rbacWildcard } from './rules/rbac-wildcard';
import { readOnlyRoot } from './rules/read-only-root';
import { readinessProbe } from './rules/readiness-probe';
import { recreate } from './rules/recreate';
import { resourceRequests } from './rules/resource-requests';
import { rolloutDowntime } from './rules/rollout-downtime';
import { sameProbes } from './rules/same-probes';
import { secretManifest } from './rules/secret-manifest';
import { serviceAccountToken } from './rules/service-account-token';
import { singleReplica } from './rules/single-replica';
import { spread } from './rules/spread';
import { spreadSelector } from './rules/spread-selector';
import { staleConfig } from './rules/stale-config';
import { unsatisfiableSpread } from './rules/unsatisfiable-spread';

/** Whether the objects are safe and wise, one rule a file, in the order of the reference page. */
export const POLICY: readonly Rule[] = [
  imageTag,
  imageInvalid,
  imageDigest,
  literalSecret,
  secretManifest,
  readinessProbe,
  livenessProbe,
  sameProbes,
  lateShutdown,
  resourceRequests,
  memoryLimit,
  emptyDirLimit,
  rolloutDowntime,
  recreate,
  singleReplica,
  disruptionBudget,
  spread,
  spreadSelector,
  unsatisfiableSpread,
  exclusiveClaim,
  nakedPod,
  jobTtl,
  cronJobOverlap,
  cronJobDeadline,
  staleConfig,
  duplicateEnv,
  deprecatedApi,
  privileged,
  capabilities,
  hostNamespaces,
  hostNetworkDns,
  hostPath,
  containerSocket,
  hostPort,
  podSecurityBaseline,
  podSecurityRestricted,
  readOnlyRoot,
  serviceAccountToken,
  rbacWildcard,
  rbacSecrets,
  rbacEscalation,
  clusterAdmin,
  anonymousAccess,
  ingressTls,
  networkPolicy,
  externalIps,
  defaultNamespace,
];
