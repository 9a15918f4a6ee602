import type { CustomPatches } from '../../kube/custom/patches';
import { NAME_LENGTH } from '../core/names';
import { KubeObject } from '../core/object';
import type { Reporter } from '../core/problems';
import { below, report as reportOf } from '../core/problems';
import { nonEmpty, optional } from '../core/props';
import { findPart } from '../workloads/trait';
import type { TraitPlace } from '../workloads/trait';
import type { ServedProps } from '../network/service';
import { scaling } from '../scaling/replicas';
import { makeMetrics, renderMetrics } from './flagger-analysis';
import { FlaggerRouting } from './flagger-routing';
import { renderPorts } from './flagger-service';
import { blueGreenSteps, canarySteps, renderGates, thresholdOf } from './flagger-steps';
import { primaryName, SELECTOR_LABELS, setPrimary } from './primary';
import type { Routers } from './router';
import { renderRollingUpdate } from './rolling-update';
import type { SteppedProps, SteppedRollout } from './stepped';
import { NO_ROLLOUT, UNSPLIT } from './stepped';
import type { BlueGreen, Canary } from './strategy';

/** A Canary of Flagger, which makes a Deployment and Services of its own after those of the workload. */
export function makeCanary(
  place: TraitPlace,
  props: SteppedProps & ServedProps,
  rollout: Canary | BlueGreen,
  routers: Routers,
): SteppedRollout {
  const isCanary = 'canary' in rollout;
  const path = isCanary ? 'rollout' : 'rollout.blueGreen';
  const options = isCanary ? rollout : ((rollout.blueGreen as BlueGreen['blueGreen'] | undefined) ?? {});
  if (!announcePrimary(place)) return NO_ROLLOUT;
  const routing = new FlaggerRouting(place, routers, isCanary);
  const metrics = makeMetrics(place, options, path);
  const canary = new KubeObject<CustomPatches['Canary']>(place.workload, 'flagger', {
    apiVersion: 'flagger.app/v1beta1',
    kind: 'Canary',
    metadata: place.metadata(),
    content: (report) => {
      const here = below(path, report);
      const { apiVersion, kind, name, workload } = place;
      const { interval, course, gates } = isCanary
        ? canarySteps(rollout, here)
        : blueGreenSteps(options, here);
      return {
        spec: {
          ...routing.renderProvider(here),
          targetRef: { apiVersion, kind, name },
          ...optional('autoscalerRef', autoscalerOf(workload)),
          ...optional('progressDeadlineSeconds', props.progressDeadline),
          // Without it, no pods would be left when the Canary is removed: the Deployment has none, and its copy goes.
          revertOnDeletion: true,
          service: {
            ...renderPorts(place, props, below('service', report)),
            ...routing.renderFields(report),
          },
          analysis: {
            interval,
            threshold: thresholdOf(options, here),
            ...course,
            ...nonEmpty('metrics', renderMetrics(metrics, interval)),
            ...nonEmpty('webhooks', renderGates(gates, options, here)),
          },
        },
      };
    },
  });
  return {
    ...NO_ROLLOUT,
    split: { ...UNSPLIT, canary, metricTemplates: metrics.map(({ template }) => template) },
    // Its number is that of the pods that are tried: Flagger sets it to zero, and each apply would undo that.
    renderSpec: (report) => ({ replicas: undefined, ...renderStrategy(rollout, report) }),
  };
}

/** How Flagger's own Deployment replaces its pods, once the new ones have passed. */
function renderStrategy(rollout: Canary | BlueGreen, report: Reporter): object {
  if (!('canary' in rollout)) return {};
  const { maxSurge = '25%', maxUnavailable = 0 } = rollout;
  const rollingUpdate = renderRollingUpdate({ maxSurge, maxUnavailable }, below('rollout', report));
  return { strategy: { type: 'RollingUpdate', rollingUpdate } };
}

/** Says which pods will serve; reports names and labels with which Flagger could not make them. */
function announcePrimary({ workload, name, served }: TraitPlace): boolean {
  const report = (problem: Parameters<Reporter>[0]): false => {
    reportOf(workload, problem);
    return false;
  };
  if (!served)
    return report({
      code: 'INVALID_PROP',
      path: 'rollout',
      message: 'Forbidden: Flagger rolls out pods with a Service alone',
      hint: "Use a WebService, or a rollout such as { maxSurge: '25%' }.",
    });
  const label = SELECTOR_LABELS.find((key) => Object.hasOwn(workload.matchLabels, key));
  if (label === undefined)
    return report({
      code: 'INVALID_PROP',
      path: 'selector',
      message: `Required value: one of the labels ${SELECTOR_LABELS.join(', ')}, in which Flagger tells its pods apart`,
    });
  const value = primaryName(workload.matchLabels[label] ?? '');
  for (const each of [primaryName(name), value])
    if (each.length > NAME_LENGTH)
      return report({
        code: 'INVALID_NAME',
        path: 'name',
        message: `Invalid value: Flagger names objects "${each}", which is longer than ${NAME_LENGTH} characters`,
        hint: `Set a \`name\` of at most ${NAME_LENGTH - primaryName('').length} characters.`,
      });
  setPrimary(workload, { name: primaryName(name), label, value });
  return true;
}

/** The autoscaler that Flagger copies. */
function autoscalerOf(workload: object): object | undefined {
  const { autoscaler, scaledObject } = findPart(workload, scaling) ?? {};
  const object = autoscaler ?? scaledObject;
  return object && { apiVersion: object.apiVersion, kind: object.kind, name: object.name };
}
