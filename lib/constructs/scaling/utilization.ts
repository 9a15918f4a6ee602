import type { Reporter } from '../core/problems';
import { shown } from '../core/props';
import type { Shape } from '../core/shape';
import { text } from '../core/shapes';
import type { ContainerProps } from '../workloads/container/container';

/** Usage that the number of replicas follows, as a percentage of what is requested. */
export interface Utilization {
  /** Target of CPU usage on average, as a percentage of the request: `70%`. @default not a metric */
  readonly cpu?: string;
  /** Target of memory usage on average, as a percentage of the request: `80%`. @default not a metric */
  readonly memory?: string;
}

/** The containers that run all the time, by name. */
export type RunningContainers = Readonly<Record<string, Pick<ContainerProps<unknown>, 'resources'>>>;

export const percentage: Shape<string> = {
  ...text,
  expected: 'a percentage',
  hint: () => "Percentages look like '70%'.",
};

/**
 * The resources to scale by, with the percentage of each.
 *
 * @param containers a percentage is one of what all of them request
 */
export function readUtilization(
  props: Utilization,
  containers: RunningContainers,
  report: Reporter,
): readonly { readonly name: 'cpu' | 'memory'; readonly percent: number }[] {
  return (['cpu', 'memory'] as const).flatMap((name) => {
    const share = props[name];
    if (share === undefined) return [];
    checkRequested(name, containers, report);
    return [{ name, percent: percent(share, name, report) }];
  });
}

/** The autoscaler fails where one container of the pod requests nothing (calculatePodRequests). */
function checkRequested(name: 'cpu' | 'memory', containers: RunningContainers, report: Reporter): void {
  const without = Object.entries(containers).filter(([, { resources }]) => resources?.[name] === undefined);
  if (without.length === 0) return;
  const names = without.map(([container]) => container).join(', ');
  const hint = `Set the request in \`resources.${name}\`.`;
  report({
    code: 'MISSING_PROP',
    path: name,
    message: `a percentage needs a request: ${names} requests no ${name}`,
    hint,
  });
}

function percent(share: unknown, path: string, report: Reporter): number {
  const match = /^([1-9]\d{0,3})%$/.exec(String(share));
  if (match !== null) return Number(match[1]);
  const message = `Invalid value: ${shown(share)}: expected a percentage`;
  report({ code: 'INVALID_PROP', path, message, hint: "Percentages look like '70%'." });
  return 0;
}
