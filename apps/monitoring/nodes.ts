import type { Construct } from 'constructs';
import { Chart, Namespace, NodeAgent } from 'seaworthy';

/** What the nodes are doing. Their own files and network are for no other profile, so they have a namespace of their own. */
export class Nodes extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'node-exporter' });
    new Namespace(this, 'namespace', { name: 'node-exporter', podSecurity: 'privileged' });
    const exporter = new NodeAgent(this, 'exporter', {
      image: 'quay.io/prometheus/node-exporter:v1.9.1',
      args: [
        '--web.listen-address=127.0.0.1:9101',
        '--path.sysfs=/host/sys',
        '--path.rootfs=/host/root',
        '--collector.filesystem.mount-points-exclude=^/(dev|proc|sys|run|var/lib/(kubelet|containerd))($|/)',
      ],
      hostNetwork: true,
      hostPID: true,
      storage: {
        '/host/sys': { hostPath: '/sys', readOnly: true, mountPropagation: 'HostToContainer' },
        '/host/root': { hostPath: '/', readOnly: true, mountPropagation: 'HostToContainer' },
      },
      resources: { cpu: '50m', memory: { request: '32Mi', limit: '64Mi' } },
      tolerations: [{ operator: 'Exists' }],
      priorityClass: 'system-node-critical',
      rollout: { maxUnavailable: '10%' },
      // It reads what everybody may, as nobody.
      security: { runAsUser: 65534, runAsGroup: 65534 },
      sidecars: {
        // Asks the API server whether a caller may read `/metrics`.
        guard: {
          image: 'quay.io/brancz/kube-rbac-proxy:v0.19.1',
          args: ['--secure-listen-address=[$(IP)]:9100', '--upstream=http://127.0.0.1:9101/'],
          env: { IP: { field: 'status.podIP' } },
          port: { name: 'https', port: 9100, hostPort: 9100 },
          probe: { readiness: { tcp: true } },
          resources: { cpu: '10m', memory: { request: '20Mi', limit: '40Mi' } },
        },
      },
    });
    exporter.grant('create', ['tokenreviews', 'subjectaccessreviews']);
    for (const rule of ['policy/host-path', 'policy/host-namespaces'])
      exporter.suppress(rule, 'because it measures the node itself, of which it only reads');
  }
}
