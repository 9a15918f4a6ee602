import { show } from '../../../apiserver/admission/checked-field';
import type { Field } from '../../../manifest/field';
import type { PodSecurityCheck } from './check';
import { securityContexts } from './check';

/** Checks of baseline that keep a pod and the node it runs on apart. */
export const HOST: readonly PodSecurityCheck[] = [
  {
    id: 'hostNamespaces',
    level: 'baseline',
    run({ spec }, forbid) {
      for (const name of ['hostNetwork', 'hostPID', 'hostIPC']) {
        const field = spec.child(name);
        if (field.isTrue)
          forbid(field, `shares a namespace with its node (${name}: true)`, `Remove ${name}.`);
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
        const message = `mounts ${show(source.child('path').text)} of its node`;
        forbid(source, message, 'Use a volume of another type: emptyDir, or a claim.');
      }
    },
  },
  {
    id: 'hostPorts',
    level: 'baseline',
    run({ spec, containers }, forbid) {
      // On the network of the node, each port is one of the node's: that is said already.
      if (spec.child('hostNetwork').isTrue) return;
      for (const { field } of containers) {
        for (const port of field.child('ports').items) {
          const hostPort = port.child('hostPort');
          if (hostPort.number === 0) continue;
          const message = `takes port ${hostPort.number} of its node`;
          forbid(hostPort, message, 'Remove hostPort, and reach the pods through a Service.');
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
          const message = `makes the kubelet call ${show(host.text)} instead of the pod`;
          forbid(host, message, 'Remove the host: the pod itself is called then.');
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
        forbid(
          hostProcess,
          'runs as a process of its Windows node (hostProcess: true)',
          'Remove hostProcess.',
        );
      }
    },
  },
];

/** What the kubelet calls for a container by HTTP or TCP. */
function handlers(container: Field): Field[] {
  const lifecycle = container.child('lifecycle');
  const callers = [
    ...['livenessProbe', 'readinessProbe', 'startupProbe'].map((name) => container.child(name)),
    ...['postStart', 'preStop'].map((name) => lifecycle.child(name)),
  ];
  return callers.flatMap((caller) => ['httpGet', 'tcpSocket'].map((name) => caller.child(name)));
}
