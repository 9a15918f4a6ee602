import type { Rule } from '../rule';
import { binaryAsText } from './policy/binary-as-text';
import { cronJobDeadline } from './policy/cron-job-deadline';
import { cronJobOverlap } from './policy/cron-job-overlap';
import { defaultNamespace } from './policy/default-namespace';
import { disruptionBudget } from './policy/disruption-budget';
import { emptyDirLimit } from './policy/empty-dir-limit';
import { exclusiveClaim } from './policy/exclusive-claim';
import { externalIps } from './policy/external-ips';
import { hastyRestart } from './policy/hasty-restart';
import { hostNetworkDns } from './policy/host-network-dns';
import { imageDigest } from './policy/image-digest';
import { imageInvalid } from './policy/image-invalid';
import { imageTag } from './policy/image-tag';
import { implausibleAmount } from './policy/implausible-amount';
import { ingressTls } from './policy/ingress-tls';
import { jobTtl } from './policy/job-ttl';
import { lateReadiness } from './policy/late-readiness';
import { lateShutdown } from './policy/late-shutdown';
import { literalSecret } from './policy/literal-secret';
import { livenessProbe } from './policy/liveness-probe';
import { memoryLimit } from './policy/memory-limit';
import { nakedPod } from './policy/naked-pod';
import { networkPolicy } from './policy/network-policy';
import { networkPolicyTypes } from './policy/network-policy-types';
import { POD_SECURITY_RULES } from './policy/pod-security';
import { probeTimeout } from './policy/probe-timeout';
import { promqlInvalid } from './policy/promql-invalid';
import { rbacAnonymousAccess } from './policy/rbac-anonymous-access';
import { rbacClusterAdmin } from './policy/rbac-cluster-admin';
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
import { unschedulable } from './policy/unschedulable';

/** Whether the objects follow good practice: a rule a file, and those of the table. */
export const POLICY: readonly Rule[] = [
  ...POD_SECURITY_RULES,
  binaryAsText,
  cronJobDeadline,
  cronJobOverlap,
  defaultNamespace,
  disruptionBudget,
  emptyDirLimit,
  exclusiveClaim,
  externalIps,
  hastyRestart,
  hostNetworkDns,
  imageDigest,
  imageInvalid,
  imageTag,
  implausibleAmount,
  ingressTls,
  jobTtl,
  lateReadiness,
  lateShutdown,
  literalSecret,
  livenessProbe,
  memoryLimit,
  nakedPod,
  networkPolicy,
  networkPolicyTypes,
  probeTimeout,
  promqlInvalid,
  rbacAnonymousAccess,
  rbacClusterAdmin,
  rbacEscalation,
  rbacSecrets,
  rbacWildcard,
  readOnlyRoot,
  readinessProbe,
  recreate,
  resourceRequests,
  rolloutDowntime,
  sameProbes,
  secretManifest,
  serviceAccountToken,
  singleReplica,
  spread,
  spreadSelector,
  staleConfig,
  unsatisfiableSpread,
  unschedulable,
];
