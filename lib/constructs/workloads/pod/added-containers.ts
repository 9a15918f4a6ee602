import type { IConstruct } from 'constructs';
import { report } from '../../core/problems';
import type { ContainerProps } from '../container/container';
import type { ContainersProps, InitContainerProps } from './containers';

/** The props that hold further containers by name. */
export type ContainerList = 'containers' | 'initContainers' | 'sidecars';

/** The containers of a workload that were added after it was made, by name. */
export class AddedContainers {
  readonly containers: Record<string, ContainerProps> = {};
  readonly initContainers: Record<string, InitContainerProps> = {};
  readonly sidecars: Record<string, ContainerProps> = {};
  readonly #workload: IConstruct;

  constructor(workload: IConstruct) {
    this.#workload = workload;
  }

  /** Adds a container; reports DUPLICATE_NAME where `props` or an earlier call has one of the name. */
  add(kind: ContainerList, name: string, container: ContainerProps, props: ContainersProps): void {
    if ([props[kind] ?? {}, this[kind]].some((known) => Object.hasOwn(known, name))) {
      const message = `Duplicate value: "${name}"`;
      report(this.#workload, { code: 'DUPLICATE_NAME', path: `${kind}.${name}`, message });
    }
    this[kind][name] = container;
  }

  /** `props` with all of them. */
  addTo<P extends ContainersProps>(props: P): P {
    const { containers, initContainers, sidecars } = props;
    return {
      ...props,
      containers: { ...containers, ...this.containers },
      initContainers: { ...initContainers, ...this.initContainers },
      sidecars: { ...sidecars, ...this.sidecars },
    };
  }
}
