import type { Rule } from '../rule';
import { anonymousAccess } from './policy/anonymous-access';
import { capabilities } from './policy/capabilities';
import { clusterAdmin } from './policy/cluster-admin';
import { containerSocket } from './policy/container-socket';
import { cronJobDeadline } from './policy/cron-job-deadline';
import { cronJobOverlap } from './policy/cron-job-overlap';
import { defaultNamespace } from './policy/default-namespace';
import { deprecatedApi } from './policy/deprecated-api';
import { disruptionBudget } from './policy/disruption-budget';
import { duplicateEnv } from './policy/duplicate-env';
import { emptyDirLimit } from './policy/empty-dir-limit';
import { exclusiveClaim } from './policy/exclusive-claim';
import { externalIps } from './policy/external-ips';
import { hostNamespaces } from './policy/host-namespaces';
import { hostNetworkDns } from './policy/host-network-dns';
import { hostPath } from './policy/host-path';
import { hostPort } from './policy/host-port';
import { imageDigest } from './policy/image-digest';
import { imageInvalid } from './policy/image-invalid';
import { imageTag } from './policy/image-tag';
import { ingressTls } from './policy/ingress-tls';
import { jobTtl } from './policy/job-ttl';
import { lateShutdown } from './policy/late-shutdown';
import { literalSecret } from './policy/literal-secret';
import { livenessProbe } from './policy/liveness-probe';
import { memoryLimit } from './policy/memory-limit';
import { nakedPod } from './policy/naked-pod';
import { networkPolicy } from './policy/network-policy';
import { podSecurityBaseline } from './policy/pod-security-baseline';
import { podSecurityRestricted } from './policy/pod-security-restricted';
import { privileged } from './policy/privileged';
import { rbacEscalation } from './policy/rbac-escalation';
import { rbacSecrets } from './policy/rbac-secrets';
import { rbacWildcard } from './policy/rbac-wildcard';
import { readOnlyRoot } from './policy/read-only-root';
import { readinessProbe } from './policy/readiness-probe';
import { recreate } from './policy/recreate';
import { resourceRequests } from './policy/resource-requests';
import { rolloutDowntime } from './policy/rollout-downtime';
import { sameProbes } from './policy/same-probes';
import { secretManifest } from './policy/secret-manifest';
import { serviceAccountToken } from './policy/service-account-token';
import { singleReplica } from './policy/single-replica';
import { spread } from './policy/spread';
import { spreadSelector } from './policy/spread-selector';
import { staleConfig } from './policy/stale-config';
import { unsatisfiableSpread } from './policy/unsatisfiable-spread';

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
