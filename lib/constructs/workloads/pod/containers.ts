import type { ContainerPlace, ContainerProps } from '../container/container';
import { CONTAINER_SHAPES, renderContainer } from '../container/container';
import type { Reporter } from '../../core/problems';
import { below } from '../../core/problems';
import { isRecord } from '../../core/props';
import type { Shapes } from '../../core/shape';
import { mapOf, record, text } from '../../core/shapes';
import { podFieldHint } from '../../core/kubernetes-words';
import { CONTAINER_WORDS } from '../container/words';
import { isReference } from '../../core/reference';
import { needsGate } from '../../core/needs-gate';
import { checkGated } from './gated';

/** A container that runs to completion before the main ones start; it has no probes. */
export type InitContainerProps = Omit<ContainerProps, 'probe' | 'lifecycle'>;

/** The containers of a pod, apart from the main one. */
export interface ContainersProps {
  /** Name of the main container, a DNS label. @default the construct's id */
  readonly containerName?: string;
  /** Further containers that run alongside the main one, by name. @default none */
  readonly containers?: Readonly<Record<string, ContainerProps>>;
  /** Containers that run one after another before the main ones, by name. @default none */
  readonly initContainers?: Readonly<Record<string, InitContainerProps>>;
  /**
   * Containers that start before the init containers, run alongside the main ones and stop after them (native sidecars,
   * Kubernetes 1.29 and later). Where the feature gate SidecarContainers is off, as up to 1.28, they are `containers`:
   * they start and stop together with the main ones. In a Job, or beside init containers, they are an error there.
   * @default none
   */
  readonly sidecars?: Readonly<Record<string, ContainerProps>>;
}

/** A container beside the main one. Those that run before it are told apart when they are rendered. */
export const CONTAINER = record<ContainerProps>(CONTAINER_SHAPES, {
  expected: 'a container',
  words: { ...CONTAINER_WORDS, name: 'the key as its name' },
  elsewhere: podFieldHint('spec', 'containers'),
});

const CONTAINERS = mapOf(CONTAINER, "{ proxy: { image: 'acme/proxy:1' } }");

export const CONTAINERS_SHAPES: Shapes<ContainersProps> = {
  containerName: text,
  containers: CONTAINERS,
  initContainers: CONTAINERS,
  sidecars: CONTAINERS,
};

/** The main container is described by the same props as its pod. */
export type PodContainers<S> = ContainerProps<S> & ContainersProps;

/** What holds for all containers of a pod, and what only for the main one. */
export interface ContainersPlace<S> extends Omit<ContainerPlace<S>, 'name'> {
  readonly containerName: string;
  /** Of the pod. @default 'Always' */
  readonly restartPolicy?: 'Never' | 'OnFailure';
}

/** `containers` and `initContainers` of a pod. The main one comes first; init containers start in their order. */
export function renderContainers<S>(
  props: PodContainers<S>,
  place: ContainersPlace<S>,
  report: Reporter,
): { readonly containers: readonly object[]; readonly initContainers: readonly object[] } {
  const names = new Set<string>();
  const once = (name: string, reportBelow: Reporter): string => {
    if (names.has(name))
      reportBelow({
        code: 'DUPLICATE_NAME',
        message: `Duplicate value: "${name}": another container has this name`,
      });
    names.add(name);
    return name;
  };
  const main = { name: once(props.containerName ?? place.containerName, report), ...place };
  const render = (kind: 'containers' | 'initContainers' | 'sidecars'): object[] =>
    Object.entries(props[kind] ?? {}).map(([id, container]) => {
      const reportBelow = below(`${kind}.${id}`, report);
      // Not for further containers.
      const { mount: _, defaultPort: __, served: ___, ...common } = place;
      checkGated(container, place.gates, reportBelow);
      return renderContainer(container, { name: once(id, reportBelow), ...common }, reportBelow);
    });
  checkStart(props, report);
  checkGated(props, place.gates, report);
  const containers = [renderContainer(props, main, report), ...render('containers')];
  const [sidecars, initContainers] = [render('sidecars'), render('initContainers')];
  if (sidecars.length > 0 && !place.gates.isOn('SidecarContainers')) {
    if (place.restartPolicy !== undefined || initContainers.length > 0)
      needsGate('SidecarContainers', place.gates, { path: 'sidecars', instead: INSTEAD }, report);
    return { containers: [...containers, ...sidecars], initContainers };
  }
  const native = sidecars.map((container) => ({ ...container, restartPolicy: 'Always' }));
  return { containers, initContainers: [...native, ...initContainers] };
}

const INSTEAD =
  'Use `containers` for a cluster like this one: a Job then waits for them to end, and init containers run before them.';

/** Reports what is not allowed among the containers that start before the main ones. */
function checkStart({ initContainers = {} }: ContainersProps, report: Reporter): void {
  // Programs in JavaScript can still set these; the API server refuses them (validateInitContainers of core/v1).
  for (const [name, container] of Object.entries(initContainers)) {
    for (const prop of ['probe', 'lifecycle'].filter((key) => key in container)) {
      const message = `Forbidden: an init container must not have a ${prop}`;
      const path = `initContainers.${name}.${prop}`;
      report({
        code: 'INVALID_PROP',
        path,
        message,
        hint: 'Use `sidecars` for a container that keeps running.',
      });
    }
  }
}

/** Every container of a pod. */
export function containersOf<S>(props: PodContainers<S>): readonly ContainerProps<unknown>[] {
  const { containers = {}, initContainers = {}, sidecars = {} } = props;
  return [props, ...[containers, initContainers, sidecars].flatMap((named) => Object.values(named))];
}

/** Names that the user gave to volumes of a pod. */
export function namesOfVolumes<S>(props: PodContainers<S>): readonly string[] {
  return containersOf(props)
    .flatMap(({ storage = {} }) => Object.values(storage))
    .flatMap((storage) => (isRecord(storage) && !isReference(storage) ? [storage['name']] : []))
    .filter((name) => typeof name === 'string');
}
