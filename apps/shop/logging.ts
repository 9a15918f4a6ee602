import { join } from 'node:path';
import type { Construct } from 'constructs';
import { Chart, ConfigMap, Namespace, NodeAgent } from 'seaworthy';
import { priorities } from './foundation';
import { images } from './images';

export interface LoggingProps {
  /** Host of the Loki that keeps the logs. */
  readonly loki: string;
}

const NAMESPACE = 'logging';

/** Fluent Bit on every node, which sends the logs of all pods to Loki. */
export class Logging extends Chart {
  constructor(scope: Construct, id: string, { loki }: LoggingProps) {
    super(scope, id, { namespace: NAMESPACE });
    // The agent reads the node's own files, which no other profile allows.
    new Namespace(this, 'namespace', { name: NAMESPACE, podSecurity: 'privileged' });
    const config = new ConfigMap(this, 'config', {
      directory: join(__dirname, 'config/fluent-bit'),
      immutable: false,
    });
    const agent = new NodeAgent(this, 'agent', {
      image: images.fluentBit,
      command: ['/fluent-bit/bin/fluent-bit'],
      args: ['--config=/etc/fluent-bit/fluent-bit.conf'],
      port: { name: 'http', port: 2020 },
      env: { LOKI_HOST: loki, NODE_NAME: { field: 'spec.nodeName' } },
      files: { '/etc/fluent-bit': config },
      storage: {
        '/var/log': { hostPath: '/var/log', readOnly: true },
        '/var/lib/fluent-bit': { hostPath: '/var/lib/fluent-bit', type: 'DirectoryOrCreate' },
      },
      resources: { cpu: '50m', memory: { request: '64Mi', limit: '128Mi' } },
      probe: { readiness: { http: '/api/v1/health' }, liveness: { http: '/' } },
      // Logs belong to root. It is root without any of root's powers.
      security: {
        profile: 'privileged',
        runAsUser: 0,
        readOnlyRootFilesystem: true,
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        seccomp: 'RuntimeDefault',
      },
      tolerations: [{ operator: 'Exists' }],
      priorityClass: priorities.agents,
      rollout: { maxUnavailable: '10%' },
    });
    // Which pod a log is of.
    agent.grant(['get', 'list', 'watch'], ['pods', 'namespaces'], { in: 'cluster' });
    agent.suppress(
      'policy/host-path',
      'because the logs of all pods are on the node, and how far they were read has to outlive the agent',
    );
  }
}
