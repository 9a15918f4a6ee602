import type { Defaults } from '../core/defaults';
import { merged } from '../core/defaults';
import type { ContainerProps } from './container/container';
import type { ContainersProps } from './pod/containers';

/** `props` of a workload, with what it does not set itself. */
export function withDefaults<P extends Defaults & ContainersProps>(
  props: P,
  defaults: Defaults | undefined,
): P {
  if (defaults === undefined) return props;
  const { resources } = defaults;
  const whole = merged(defaults, props);
  if (resources === undefined) return whole;
  const { containers, initContainers, sidecars } = props;
  const all = { containers, initContainers, sidecars };
  const lists = Object.entries(all).flatMap(([list, named]) =>
    named === undefined ? [] : [[list, mapValues(named, (each) => withResources(each, defaults))]],
  );
  return { ...whole, ...(Object.fromEntries(lists) as Partial<P>) };
}

/** A container beside the main one, with the default resources. */
export function withResources<C extends Pick<ContainerProps, 'resources'>>(
  container: C,
  defaults: Pick<Defaults, 'resources'> | undefined,
): C {
  if (defaults?.resources === undefined) return container;
  return { ...container, resources: { ...defaults.resources, ...container.resources } };
}

function mapValues<V>(
  map: Readonly<Record<string, V>>,
  change: (value: V) => V,
): Readonly<Record<string, V>> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));
}
