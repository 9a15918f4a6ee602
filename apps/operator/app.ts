import { ApiObject } from 'cdk8s';
import { App, Chart, Environment, Namespace, operatorManifests, suppress } from 'seaworthy';
import { profile, webApp } from './definitions';
import { catalogue, returns } from './resources';

/** The operator of the shop's platform team, and the resources of two teams. */
export function operator(): App {
  const app = new App({ name: 'operator' });
  const cluster = new Environment(app, 'platform', profile);
  const chart = new Chart(cluster, 'operator');
  const manifests = operatorManifests([webApp], {
    image: 'ghcr.io/acme/platform-operator:1.0.0',
    module: 'apps/operator/definitions.ts',
    name: 'shop-operator',
    profile,
  });
  for (const { object, id } of manifests) {
    const copy = new ApiObject(chart, `${id.kind}-${id.name}-${id.namespace ?? ''}`, object);
    if (id.kind === 'ClusterRole')
      suppress(copy, 'policy/rbac-secrets', 'the operator records in Secrets what belongs to a resource');
  }
  const teams = new Chart(cluster, 'teams', { namespace: 'shop-teams' });
  teams.addDependency(chart);
  new Namespace(teams, 'namespace', { name: 'shop-teams', podSecurity: 'restricted' });
  for (const resource of [catalogue, returns]) new ApiObject(teams, resource.metadata.name, resource);
  return app;
}
