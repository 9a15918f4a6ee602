import type { Construct } from 'constructs';
import { Chart, Namespace, WebService } from 'seaworthy';

/** What the objects of the cluster are like: how many replicas are ready, which Jobs have failed. */
export class ClusterState extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'kube-state-metrics' });
    new Namespace(this, 'namespace', { name: 'kube-state-metrics' });
    new WebService(this, 'metrics', {
      name: 'kube-state-metrics',
      image: 'registry.k8s.io/kube-state-metrics/kube-state-metrics:v2.17.0',
      args: [`--resources=${WATCHED.map((resource) => resource.split('.')[0]).join(',')}`],
      ports: { http: 8080, telemetry: 8081 },
      resources: { cpu: '50m', memory: { request: '128Mi', limit: '512Mi' } },
      probe: { readiness: { http: '/readyz', port: 'telemetry' }, liveness: { http: '/livez' } },
      security: { runAsUser: 65534 },
    }).grant(['list', 'watch'], WATCHED, { in: 'cluster' });
  }
}

const WATCHED = [
  'cronjobs.batch',
  'daemonsets.apps',
  'deployments.apps',
  'horizontalpodautoscalers.autoscaling',
  'jobs.batch',
  'namespaces',
  'nodes',
  'persistentvolumeclaims',
  'pods',
  'replicasets.apps',
  'statefulsets.apps',
];
