import { bounded } from '../../kube/bounded';
import type { Consequence } from '../change';
import { permissions } from './access/permissions';
import { podSecurity } from './access/pod-security';
import { readers } from './configuration/readers';
import { renamed as configurationRenamed } from './configuration/renamed';
import { replaced } from './configuration/replaced';
import { claimDeleted } from './data/claim-deleted';
import { claimGrows } from './data/claim-grows';
import { claimKeepsClass } from './data/claim-keeps-class';
import { claimTemplates } from './data/claim-templates';
import { claimsFollowSet } from './data/claims-follow-set';
import { customDeleted } from './data/custom-deleted';
import { definitionDeleted } from './data/definition-deleted';
import { namespaceDeleted } from './data/namespace-deleted';
import { recreated as dataRecreated } from './data/recreated';
import { statefulSetDeleted } from './data/stateful-set-deleted';
import { statefulSetShrinks } from './data/stateful-set-shrinks';
import { volumeDeleted } from './data/volume-deleted';
import { volumeReclaimed } from './data/volume-reclaimed';
import { changesNothing } from './dropped/changes-nothing';
import { deadProbes } from './downtime/dead-probes';
import { exclusiveClaims } from './downtime/exclusive-claims';
import { hostPorts } from './downtime/host-ports';
import { onlyPod } from './downtime/only-pod';
import { podsRefused } from './downtime/pods-refused';
import { quotaDemands } from './downtime/quota-demands';
import { podsStop } from './downtime/pods-stop';
import { recreated as workloadRecreated } from './downtime/recreated';
import { workloadDeleted } from './downtime/workload-deleted';
import { kept } from './identity/kept';
import { notApplied } from './identity/not-applied';
import { renamed } from './identity/renamed';
import { CONSEQUENCE_KINDS } from './kinds';
import { rejected } from './rejected/rejected';
import { adopted } from './rollout/adopted';
import { budgets } from './rollout/budgets';
import { jobReplaced } from './rollout/job-replaced';
import { nextJob } from './rollout/next-job';
import { podsReplaced } from './rollout/pods-replaced';
import { quotas } from './rollout/quotas';
import { recreated } from './rollout/recreated';
import { runsAgain } from './rollout/runs-again';
import { suspended } from './rollout/suspended';
import type { ConsequenceRule, Step, Steps } from './rule';
import { autoscaler } from './scaling/autoscaler';
import { replicas } from './scaling/replicas';
import { connections } from './traffic/connections';
import { dns } from './traffic/dns';
import { hosts } from './traffic/hosts';
import { outside } from './traffic/outside';
import { recreated as serviceRecreated } from './traffic/recreated';
import { serviceDeleted } from './traffic/service-deleted';
import { servicePorts } from './traffic/service-ports';
import { serviceSelector } from './traffic/service-selector';
import { serviceStaysHeadless } from './traffic/service-stays-headless';
import { serviceTrafficPolicy } from './traffic/service-traffic-policy';
import { serviceType } from './traffic/service-type';
import { progress } from '../../manifest/progress';
import type { Told } from './told';

/** Every consequence, one a file. Of one kind, they are reported in this order. */
const RULES: readonly ConsequenceRule[] = [
  namespaceDeleted,
  customDeleted,
  definitionDeleted,
  claimDeleted,
  statefulSetDeleted,
  volumeDeleted,
  dataRecreated,
  claimGrows,
  claimsFollowSet,
  statefulSetShrinks,
  volumeReclaimed,
  claimKeepsClass,
  claimTemplates,
  rejected,
  changesNothing,
  deadProbes,
  podsRefused,
  quotaDemands,
  workloadDeleted,
  workloadRecreated,
  podsStop,
  exclusiveClaims,
  hostPorts,
  onlyPod,
  serviceDeleted,
  serviceRecreated,
  serviceType,
  servicePorts,
  serviceSelector,
  serviceStaysHeadless,
  serviceTrafficPolicy,
  hosts,
  outside,
  connections,
  dns,
  permissions,
  podSecurity,
  renamed,
  kept,
  notApplied,
  replicas,
  autoscaler,
  readers,
  configurationRenamed,
  replaced,
  podsReplaced,
  adopted,
  recreated,
  jobReplaced,
  nextJob,
  runsAgain,
  suspended,
  budgets,
  quotas,
];

/** The rules of each kind, the worst kind first. */
const BY_KIND = CONSEQUENCE_KINDS.map(({ name }) => RULES.filter(({ kind }) => kind === name));

/** What follows from each step, worst first. */
export function consequencesOf(steps: Steps): ReadonlyMap<Step, readonly Consequence[]> {
  const found = new Map<Step, Consequence[]>();
  const rules = BY_KIND.flat();
  for (const [index, { kind, run }] of rules.entries()) {
    progress('looking for consequences', index, rules.length);
    run(steps, (step, severity, message) => {
      const consequence = { kind, severity, ...said(message) };
      const list = found.get(step);
      if (list === undefined) found.set(step, [consequence]);
      else list.push(consequence);
    });
  }
  return found;
}

/** Longer sentences than this, in characters, are cut even where everything is asked for. */
const LONGEST_SENTENCE = 20_000;

function said(message: string | Told): Pick<Consequence, 'message' | 'brief'> {
  if (typeof message === 'string') return { message: bounded(message) };
  const full = bounded(message.full, LONGEST_SENTENCE);
  const brief = bounded(message.brief);
  return full === brief ? { message: full } : { message: full, brief };
}

/** Every rule, the worst kind first, for the reference page. */
export function consequenceRules(): readonly ConsequenceRule[] {
  return BY_KIND.flat();
}
