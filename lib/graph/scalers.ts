import { Field } from '../manifest/field';
import type { NamingReference } from './reference';
import { referencesIn } from './references';
import type { Cluster } from './cluster';

/** An autoscaler with what it scales. */
export interface Scaler extends NamingReference {
  /** Whether it changes the number of pods (`horizontal`), or what each of them requests. */
  readonly direction: 'horizontal' | 'vertical';
}

/** All autoscalers that have something to scale, by the object that they scale. */
export function scalersOf(cluster: Cluster): readonly Scaler[] {
  return cluster.derived(findScalers);
}

function findScalers(cluster: Cluster): readonly Scaler[] {
  return referencesIn(cluster).references.flatMap((reference) => {
    if (reference.type !== 'names' || reference.role !== 'scale-target' || reference.found === undefined)
      return [];
    const isVertical = reference.from.id.kind === 'VerticalPodAutoscaler';
    return [{ ...reference, direction: isVertical ? ('vertical' as const) : ('horizontal' as const) }];
  });
}

/** A resource that a scaler keeps in proportion to what pods request. */
export interface Utilization {
  /** The metric or trigger. */
  readonly at: Field;
  readonly resource: string;
  /** The container that is looked at, where it is only one. */
  readonly container: Field | undefined;
}

/** What a HorizontalPodAutoscaler or ScaledObject measures in percent of what is requested. */
export function utilizationsOf({ from }: Scaler): Utilization[] {
  const spec = Field.root(from.object).at('spec');
  if (from.id.kind === 'ScaledObject') {
    return spec
      .list('triggers')
      .filter((trigger) => ['cpu', 'memory'].includes(trigger.at('type').text) && isShare(trigger))
      .map((at) => {
        const container = at.at('metadata', 'containerName');
        return { at, resource: at.at('type').text, container: container.isSet ? container : undefined };
      });
  }
  const old = spec.at('targetCPUUtilizationPercentage');
  return [
    ...(old.isSet ? [{ at: old, resource: 'cpu', container: undefined }] : []),
    ...spec.list('metrics').flatMap((metric) => ofMetric(metric)),
  ];
}

/** KEDA's CPU and memory triggers count in percent unless they say otherwise. */
function isShare(trigger: Field): boolean {
  const type = trigger.at('metricType').text || trigger.at('metadata', 'type').text;
  return type === '' || type === 'Utilization';
}

function ofMetric(metric: Field): Utilization[] {
  return (['resource', 'containerResource'] as const).flatMap((field) => {
    const source = metric.at(field);
    if (!source.isSet || source.at('target', 'type').text !== 'Utilization') return [];
    const container = field === 'containerResource' ? source.at('container') : undefined;
    return [{ at: source, resource: source.at('name').text, container }];
  });
}
