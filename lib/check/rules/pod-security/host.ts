import { show } from '../../../apiserver/admission/error-body';
import type { Field } from '../../../manifest/field';
import type { PodSecurityCheck } from './check';
import { securityContexts } from './check';

/** Checks of baseline that isolate a pod from its node. */
export const HOST: readonly PodSecurityCheck[] = [
  {
    id: 'hostNamespaces',
    level: 'baseline',
    run({ spec }, forbid) {
      for (const name of ['hostNetwork', 'hostPID', 'hostIPC']) {
        const field = spec.child(name);
        if (field.isTrue) forbid(field, `shares a namespace of the node (${name}: true)`, `Remove ${name}.`);
      }
    },
  },
  {
    id: 'hostPathVolumes',
    level: 'baseline',
    run({ spec }, forbid) {
      for (const volume of spec.child('volumes').items) {
        const source = volume.child('hostPath');
        if (!source.isSet) continue;
        const message = `mounts host path ${show(source.child('path').text)}`;
        forbid(source, message, 'Use another volume type, such as emptyDir or persistentVolumeClaim.');
      }
    },
  },
  {
    id: 'hostPorts',
    level: 'baseline',
    run({ spec, containers }, forbid) {
      // With hostNetwork each port is a host port, and hostNamespaces reports that.
      if (spec.child('hostNetwork').isTrue) return;
      for (const { field } of containers) {
        for (const port of field.child('ports').items) {
          const hostPort = port.child('hostPort');
          if (hostPort.number === 0) continue;
          const message = `uses host port ${hostPort.number}`;
          forbid(hostPort, message, 'Remove hostPort, and use a Service.');
        }
      }
    },
  },
  {
    id: 'hostProbesAndHostLifecycle',
    level: 'baseline',
    since: 34,
    run({ containers }, forbid) {
      for (const { field } of containers) {
        for (const host of handlers(field).map((handler) => handler.child('host'))) {
          if (host.text === '') continue;
          const message = `the kubelet calls host ${show(host.text)} instead of the pod`;
          forbid(host, message, 'Remove host: the default is the pod.');
        }
      }
    },
  },
  {
    id: 'windowsHostProcess',
    level: 'baseline',
    run(pod, forbid) {
      for (const context of securityContexts(pod)) {
        const hostProcess = context.child('windowsOptions').child('hostProcess');
        if (!hostProcess.isTrue) continue;
        forbid(hostProcess, 'runs as a Windows host process (hostProcess: true)', 'Remove hostProcess.');
      }
    },
  },
];

/** The probes and hooks of a container by HTTP or TCP. */
function handlers(container: Field): Field[] {
  const lifecycle = container.child('lifecycle');
  const callers = [
    ...['livenessProbe', 'readinessProbe', 'startupProbe'].map((name) => container.child(name)),
    ...['postStart', 'preStop'].map((name) => lifecycle.child(name)),
  ];
  return callers.flatMap((caller) => ['httpGet', 'tcpSocket'].map((name) => caller.child(name)));
}
