import { App, eks, Environment } from 'seaworthy';
import { ClusterState } from './cluster-state';
import { Nodes } from './nodes';
import { Prometheus } from './prometheus';

/** What watches a cluster: its nodes, its objects, and the applications on it. */
export function monitoring(): App {
  const app = new App({ name: 'monitoring' });
  const environment = new Environment(
    app,
    'production',
    eks({
      kubernetes: '1.34',
      storageClasses: ['gp3'],
      gateway: { name: 'internal', namespace: 'gateways' },
    }),
  );
  new Nodes(environment, 'nodes');
  new ClusterState(environment, 'cluster-state');
  new Prometheus(environment, 'monitoring', { retention: '30d', disk: '100Gi', host: 'grafana.example' });
  return app;
}
