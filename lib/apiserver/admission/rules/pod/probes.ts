import { oneOf } from '../../../../errors';
import { httpHeaderName, portName } from '../../../../kube/names';
import { portProblem } from '../../../../kube/ports';
import type { CheckedField } from '../../checked-field';
import type { PodContext } from './context';

const NUMBERS = [
  'initialDelaySeconds',
  'timeoutSeconds',
  'periodSeconds',
  'successThreshold',
  'failureThreshold',
];

const PROBE_HANDLERS = ['exec', 'httpGet', 'tcpSocket', 'grpc'];
const HOOK_HANDLERS = ['exec', 'httpGet', 'tcpSocket', 'sleep'];

const LINUX_SIGNALS = [
  ...`ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP
    TSTP TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ RTMIN RTMAX`.split(/\s+/),
  ...Array.from({ length: 15 }, (_, index) => `RTMIN+${index + 1}`),
  ...Array.from({ length: 14 }, (_, index) => `RTMAX-${index + 1}`),
].map((signal) => `SIG${signal}`);
const WINDOWS_SIGNALS = ['SIGKILL', 'SIGTERM'];

/**
 * The three probes of a container.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateContainers, validateLivenessProbe, validateReadinessProbe, validateStartupProbe 1.36
 */
export function probes(container: CheckedField, pod: PodContext): void {
  const [liveness, readiness, startup] = ['livenessProbe', 'readinessProbe', 'startupProbe'].map((name) =>
    container.child(name),
  ) as [CheckedField, CheckedField, CheckedField];
  for (const each of [liveness, readiness, startup]) if (each.isSet) probe(each, pod);
  for (const each of [liveness, startup]) {
    const successes = each.child('successThreshold');
    if (each.isSet && successes.number !== 1) successes.invalid(`must be 1, and is ${successes.number}`);
  }
  const grace = readiness.child('terminationGracePeriodSeconds');
  if (grace.isSet) grace.invalid('must not be set: a container that is not ready is not terminated');
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateProbe 1.36 */
function probe(field: CheckedField, pod: PodContext): void {
  handler(field, PROBE_HANDLERS, pod);
  for (const name of NUMBERS) field.child(name).mustBeAtLeast(0);
  const grace = field.child('terminationGracePeriodSeconds');
  if (grace.isSet) grace.mustBeAtLeast(1);
}

/**
 * `lifecycle` of a container.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateLifecycle, validateStopSignal 1.36
 */
export function lifecycle(field: CheckedField, pod: PodContext): void {
  for (const hook of [field.child('postStart'), field.child('preStop')]) {
    if (hook.isSet) handler(hook, HOOK_HANDLERS, pod);
  }
  const signal = field.child('stopSignal');
  if (!signal.isSet) return;
  const os = pod.spec.child('os');
  if (!os.isSet) signal.forbidden('must not be set when spec.os.name is not');
  else if (os.child('name').text === 'windows') signal.mustBeOneOf(WINDOWS_SIGNALS);
  else if (os.child('name').text === 'linux') signal.mustBeOneOf(LINUX_SIGNALS);
}

/**
 * The one handler of a probe or hook.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateHandler 1.36
 */
function handler(field: CheckedField, names: readonly string[], pod: PodContext): void {
  const [first, ...more] = names.map((name) => field.child(name)).filter((each) => each.isSet);
  if (first === undefined) return field.required('must specify a handler type', `Set ${oneOf(names)}.`);
  action(first, pod);
  for (const each of more) each.forbidden(`must not be set together with ${first.name}`);
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateExecAction, validateTCPSocketAction, validateGRPCAction 1.36 */
function action(field: CheckedField, pod: PodContext): void {
  switch (field.name) {
    case 'exec':
      field.child('command').needs();
      return;
    case 'httpGet':
      return httpGet(field);
    case 'tcpSocket':
      return portReference(field.child('port'));
    case 'grpc':
      return portReference(field.child('port'));
    case 'sleep':
      return sleep(field, pod);
  }
}

/** @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateHTTPGetAction 1.36 */
function httpGet(field: CheckedField): void {
  field.child('path').needs();
  portReference(field.child('port'));
  field.child('scheme').mustBeOneOf(['HTTP', 'HTTPS']);
  for (const header of field.child('httpHeaders').items) {
    const problem = httpHeaderName(header.child('name').text);
    if (problem !== undefined) field.child('httpHeaders').holding(header.child('name').text).invalid(problem);
  }
}

/**
 * Kubernetes 1.33 allows a sleep of zero seconds (PodLifecycleSleepActionAllowZero).
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go validateSleepAction 1.36
 */
function sleep(field: CheckedField, { spec }: PodContext): void {
  const seconds = field.child('seconds').number;
  const grace = spec.child('terminationGracePeriodSeconds').number;
  if (seconds >= 1 && seconds <= grace) return;
  const least = field.isOn('PodLifecycleSleepActionAllowZero') ? 0 : 1;
  if (seconds < least || seconds > grace) {
    field.invalid(`must be from ${least} to the ${grace} seconds of terminationGracePeriodSeconds`);
  }
}

/**
 * A port by its number, or by its name in the container.
 *
 * @source k8s.io/kubernetes pkg/apis/core/validation/validation.go ValidatePortNumOrName 1.36
 */
export function portReference(port: CheckedField): void {
  if (typeof port.value === 'string') port.must(portName);
  else if (portProblem(port.number) !== undefined) port.invalid(portProblem(port.number) ?? '');
}
