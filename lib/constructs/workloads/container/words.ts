import type { Words } from '../../core/shapes';

/** What takes the place of Kubernetes' words for the fields of a container (Container of core/v1). */
export const CONTAINER_WORDS: Words = {
  livenessProbe: '`probe.liveness`',
  readinessProbe: '`probe.readiness`',
  startupProbe: '`probe.startup`',
  restartPolicy: '`sidecars` for a container that keeps running',
  securityContext: '`containerSecurity`',
  stdin: '`tty`',
  volumeMounts: '`storage`, and `files` for ConfigMaps and Secrets, by the path where they appear',
};
