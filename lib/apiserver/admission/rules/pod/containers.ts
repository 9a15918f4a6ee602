import { dnsLabel, portName } from '../../../../kube/names';
import { portProblem, PROTOCOLS } from '../../../../kube/ports';
import type { CheckedField } from '../../checked-field';
import type { PodContext } from './context';
import { env, envFrom } from './env';
import { volumeDevices, volumeMounts } from './mounts';
import { lifecycle, probes } from './probes';
import { containerResources } from './resources';
import { restartPolicy, resizePolicy } from './restarts';
import { containerSecurity } from './security';

const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];

/**
 * `containers`: at least one is required.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateContainers 1.36
 */
export function containers(pod: PodContext): void {
  const list = pod.spec.child('containers');
  if (!list.needs()) return;
  const names = new Set<string>();
  for (const container of list.items) {
    anyContainer(container, pod);
    uniqueName(container, names);
    if (container.child('lifecycle').isSet) lifecycle(container.child('lifecycle'), pod);
    probes(container, pod);
    restartPolicy(container, 'container');
  }
  hostPorts(list.items);
}

/**
 * `initContainers`: those that run to completion, and sidecars, which restart and run alongside the main containers.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateInitContainers 1.36
 */
export function initContainers(pod: PodContext): void {
  const list = pod.spec.child('initContainers');
  const names = new Set(pod.spec.child('containers').items.map((container) => container.child('name').text));
  for (const container of list.items) {
    const isSidecar = container.child('restartPolicy').text === 'Always';
    anyContainer(container, pod);
    restartPolicy(container, 'initContainer');
    uniqueName(container, names);
    // They run one after another. The server reports the port of each as that of the first container.
    hostPorts([container], list.holding([container.value]).items);
    if (isSidecar) {
      if (container.child('lifecycle').isSet) lifecycle(container.child('lifecycle'), pod);
      probes(container, pod);
    } else {
      for (const name of ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe']) {
        const field = container.child(name);
        if (field.isSet) field.forbidden('must not be set unless restartPolicy is Always');
      }
      for (const policy of container.child('resizePolicy').items) {
        const restart = policy.child('restartPolicy');
        if (restart.text === 'RestartContainer' && restart.since('1.36')) {
          restart.invalid('must not be RestartContainer, unless the container restarts Always');
        }
      }
    }
  }
}

/**
 * The rules for all types of containers.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateContainerCommon 1.36
 */
function anyContainer(container: CheckedField, pod: PodContext): void {
  const name = container.child('name');
  if (name.needs()) name.must(dnsLabel);
  container.child('image').needs();
  container.child('terminationMessagePolicy').mustBeOneOf(['File', 'FallbackToLogsOnError']);
  ports(container.child('ports'));
  env(container.child('env'));
  envFrom(container.child('envFrom'));
  volumeMounts(container, pod);
  volumeDevices(container, pod);
  const pullPolicy = container.child('imagePullPolicy');
  if (pullPolicy.isSet) pullPolicy.mustBeOneOf(PULL_POLICIES);
  containerResources(container.child('resources'), pod.claims);
  resizePolicy(container.child('resizePolicy'), pod);
  containerSecurity(container.child('securityContext'), pod);
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateContainerPorts 1.36 */
function ports(list: CheckedField): void {
  const names = new Set<string>();
  for (const port of list.items) {
    const [name, number, hostPort] = [
      port.child('name'),
      port.child('containerPort'),
      port.child('hostPort'),
    ];
    if (name.text !== '' && name.must(portName)) {
      if (names.has(name.text)) name.duplicate();
      names.add(name.text);
    }
    if (number.number === 0) number.required();
    else mustBePort(number);
    if (hostPort.number !== 0) mustBePort(hostPort);
    port.child('protocol').mustBeOneOf(PROTOCOLS);
  }
}

export function mustBePort(field: CheckedField): void {
  const problem = portProblem(field.number);
  if (problem !== undefined) field.holding(field.number).invalid(problem);
}

function uniqueName(container: CheckedField, names: Set<string>): void {
  const name = container.child('name');
  if (names.has(name.text)) name.duplicate();
  else if (name.text !== '') names.add(name.text);
}

/**
 * Two containers cannot use the same host port.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go checkHostPortConflicts, AccumulateUniqueHostPorts 1.36
 */
function hostPorts(containers: readonly CheckedField[], named: readonly CheckedField[] = containers): void {
  const taken = new Set<string>();
  for (const container of named) {
    for (const port of container.child('ports').items) {
      const hostPort = port.child('hostPort');
      if (hostPort.number === 0) continue;
      const key = [port.child('protocol').text, port.child('hostIP').text, hostPort.number].join('/');
      if (taken.has(key)) hostPort.duplicate();
      taken.add(key);
    }
  }
}
