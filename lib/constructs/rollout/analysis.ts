import type { CustomPatches } from '../../kube/custom/patches';
import { Environment } from '../core/environment';
import { KubeObject } from '../core/object';
import type { Reporter } from '../core/problems';
import { below } from '../core/problems';
import { integer } from '../core/props';
import type { AlertExpression, AlertProp } from '../observability/alerts';
import { alerts } from '../observability/alerts';
import type { TraitPlace } from '../workloads/trait';
import { findPart } from '../workloads/trait';
import { readSeconds } from './steps';
import type { AbortOptions } from './strategy';

export const INTERVAL = '1m';
const WATCH = '5m';

/** What an analysis needs of a rollout: how long it looks, where its end is not that of the steps. */
interface AnalysisProps extends AbortOptions {
  readonly watch?: string | undefined;
}

/** Where Prometheus is, by the profile; reports one that does not say. */
export function prometheusAddress({ workload }: TraitPlace, report: Reporter): string {
  const environment = Environment.of(workload);
  const address = environment?.profile.prometheus?.address;
  if (address === undefined)
    report({
      code: 'MISSING_PROP',
      path: 'abortOn',
      message:
        environment === undefined
          ? 'Required value: it needs an Environment whose profile says where Prometheus is'
          : `Required value: the profile of environment "${environment.node.id}" does not say where Prometheus is`,
      hint: "Set `prometheus: { address: 'http://prometheus-operated.monitoring:9090' }` in the profile.",
    });
  return address ?? '';
}

/** PromQL that returns something where the rollout is to abort. */
export function conditionsOf(
  { workload }: TraitPlace,
  abortOn: readonly AlertProp[],
  report: Reporter,
): readonly AlertExpression[] {
  return findPart(workload, alerts)?.expressions(abortOn, report) ?? [];
}

/** How many times a condition may hold before the rollout aborts. */
export function toleratedOf({ tolerate }: AbortOptions, report: Reporter): number {
  return integer(tolerate, 'tolerate', 0, report) ?? 2;
}

/**
 * The AnalysisTemplate of a workload: each of its metrics fails while the alert would fire.
 *
 * @param path of the options, below `rollout`
 * @param watch how long it looks; `undefined` for as long as the rollout lasts
 */
export function makeAnalysis(
  place: TraitPlace,
  props: AnalysisProps,
  path: string,
  watch: boolean,
): KubeObject<CustomPatches['AnalysisTemplate']> | undefined {
  const { abortOn = [] } = props;
  if (abortOn.length === 0) return undefined;
  return new KubeObject<CustomPatches['AnalysisTemplate']>(place.workload, 'analysis', {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AnalysisTemplate',
    metadata: place.metadata(),
    content: (reportAll) => {
      const report = below(path, reportAll);
      const { interval = INTERVAL } = props;
      const failureLimit = toleratedOf(props, report);
      const seconds = readSeconds(interval, 'interval', report) ?? 60;
      const total = readSeconds(props.watch ?? WATCH, 'watch', report) ?? seconds;
      const address = prometheusAddress(place, report);
      const metrics = conditionsOf(place, abortOn, below('abortOn', report)).map(({ name, expr }) => ({
        name,
        interval,
        ...(watch && { count: Math.max(1, Math.floor(total / seconds)) }),
        failureLimit,
        successCondition: 'len(result) == 0',
        provider: { prometheus: { address, query: expr } },
      }));
      return { spec: { metrics } };
    },
  });
}
