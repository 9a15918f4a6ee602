import type { Field } from '../../../manifest/field';
import { claimSpec } from '../claims';
import { podWarnings } from '../pod';
import type { KindWarnings, Warnings } from '../warning';

/** Above both, an Indexed Job may lose track of its indexes. */
const COMPLETIONS = 100_000;
const PARALLELISM = 10_000;
const TOO_MANY =
  'In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher than 10^4, Kubernetes might not be able to track completedIndexes when a big number of indexes fail';

/** @source k8s.io/kubernetes pkg/registry/core/pod/strategy.go podStrategy.WarningsOnCreate 1.37 */
export const pod: KindWarnings = (object, warnings) => {
  podWarnings(object, false, warnings);
};

/** A Deployment, ReplicaSet or ReplicationController. */
export const replicated: KindWarnings = (object, warnings) => {
  podWarnings(object.at('spec', 'template'), true, warnings);
};

export const daemonSet: KindWarnings = (object, warnings) => {
  podWarnings(object.at('spec', 'template'), true, warnings);
};

export const podTemplate: KindWarnings = (object, warnings) => {
  podWarnings(object.child('template'), true, warnings);
};

/** @source k8s.io/kubernetes pkg/registry/apps/statefulset/strategy.go statefulSetStrategy.WarningsOnCreate 1.37 */
export const statefulSet: KindWarnings = (object, warnings) => {
  const spec = object.child('spec');
  podWarnings(spec.child('template'), true, warnings);
  for (const claim of spec.list('volumeClaimTemplates')) claimSpec(claim.child('spec'), warnings);
  const limit = spec.child('revisionHistoryLimit');
  if (limit.number < 0 && warnings.since('1.33'))
    warnings.add(limit, 'a negative value retains all historical revisions; a value >= 0 is recommended');
};

export const job: KindWarnings = (object, warnings) => {
  jobSpec(object.child('spec'), warnings);
};

/** @source k8s.io/kubernetes pkg/registry/batch/cronjob/strategy.go cronJobStrategy.WarningsOnCreate 1.28 */
export const cronJob: KindWarnings = (object, warnings) => {
  jobSpec(object.at('spec', 'jobTemplate', 'spec'), warnings);
  const schedule = object.at('spec', 'schedule');
  if (warnings.since('1.29') || !schedule.text.includes('TZ')) return;
  const page = 'https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/';
  warnings.add(
    schedule,
    `CRON_TZ or TZ used in spec.spec.schedule is not officially supported, see ${page} for more details`,
  );
};

/** @source k8s.io/kubernetes pkg/api/job/warnings.go WarningsForJobSpec 1.37 */
function jobSpec(spec: Field, warnings: Warnings): void {
  const isLarge =
    spec.child('completionMode').text === 'Indexed' &&
    spec.child('completions').number > COMPLETIONS &&
    spec.child('parallelism').number > PARALLELISM;
  if (isLarge && warnings.since('1.28')) warnings.add(spec, TOO_MANY);
  podWarnings(spec.child('template'), true, warnings);
}
