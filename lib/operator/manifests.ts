import { App } from 'cdk8s';
import { ClusterRoleBinding, RoleBinding } from '../constructs/access/role-binding';
import { ClusterRole } from '../constructs/access/role';
import { serviceAccount } from '../constructs/access/subject';
import { Chart } from '../constructs/core/chart';
import { Environment } from '../constructs/core/environment';
import { Namespace } from '../constructs/core/namespace';
import { KubeObject } from '../constructs/core/object';
import { Worker, type WorkerProps } from '../constructs/workloads/worker';
import { SeaworthyError } from '../errors';
import type { ManifestSet } from '../manifest/set';
import type { ClusterProfile } from '../profiles/cluster-profile';
import { synth } from '../synth/synth';
import { customResourceDefinition } from './crd';
import { operatorRules, passedRules, renderedExamples } from './permissions';
import { refuseServedPart } from './served-part';
import type { ResourceDefinition } from './types';

/** How an operator is deployed. */
export interface OperatorManifestsOptions {
  /** Image of the app with its definitions: `ghcr.io/acme/shop-operator:1.0.0`. */
  readonly image: string;
  /** Module in the image that exports the definitions: `apps/operator/definitions.ts`. */
  readonly module: string;
  /** Name of the operator and of its Lease. @default 'seaworthy-operator' */
  readonly name?: string;
  /** Namespace of the operator, which is part of the manifests. @default the name */
  readonly namespace?: string;
  /** Namespaces whose resources it serves. @default all */
  readonly namespaces?: readonly string[];
  /** The profile of the cluster. @default nothing is known */
  readonly profile?: ClusterProfile;
}

/**
 * The deployment of an operator: the CustomResourceDefinitions first, then a restricted Namespace, two replicas of which one
 * leads, a disruption budget, probes, and where the profile has the Prometheus Operator a monitor and alerts. Its permissions
 * are those for its resources, and for the kinds that the examples of its definitions render.
 *
 * @throws SeaworthyError DEFINITION_INVALID for a definition without examples, or with one that cannot be applied; USAGE for
 * no definition, two of one kind, or namespaces for one with scope Cluster
 */
export function operatorManifests(
  definitions: readonly ResourceDefinition[],
  options: OperatorManifestsOptions,
): ManifestSet {
  refuseRivals(definitions);
  refuseServedPart(definitions, options.namespaces);
  const { name = 'seaworthy-operator', profile = {} } = options;
  const { namespace = name } = options;
  const rendered = renderedExamples(definitions, { profile });
  const environment = new Environment(new App(), 'cluster', profile);
  const kinds = new Chart(environment, 'definitions');
  for (const definition of definitions) addDefinition(kinds, definition, profile);
  const chart = new Chart(environment, name, { namespace });
  chart.addDependency(kinds);
  const home = new Namespace(chart, 'namespace', { name: namespace, podSecurity: 'restricted' });
  // Deleted, it would take along the records of what belongs to resources that are in no namespace.
  if (definitions.some(({ scope }) => scope === 'Cluster')) home.keep();
  const worker = addOperator(chart, { ...options, name, namespace });
  worker.grant(['get', 'create', 'update'], 'leases');
  const role = new ClusterRole(chart, 'resources', { rules: operatorRules(definitions, rendered) });
  role.suppress(
    'policy/rbac-secrets',
    'what belongs to a resource is recorded in a Secret of its namespace, under a name of its own',
  );
  const passed = passedRules(rendered);
  if (passed.length > 0) role.override({ rules: [...rulesOf(role), ...passed] } as never);
  const subjects = [serviceAccount(worker.serviceAccount?.name ?? name, namespace)];
  if (options.namespaces === undefined)
    new ClusterRoleBinding(chart, 'resources-everywhere', { role, subjects });
  for (const each of options.namespaces ?? [])
    new RoleBinding(chart, `resources-in-${each}`, { namespace: each, role, subjects });
  return synth(environment.node.root as App);
}

function rulesOf(role: ClusterRole): readonly unknown[] {
  const { rules } = role.object.toJson();
  return Array.isArray(rules) ? (rules as readonly unknown[]) : [];
}

function refuseRivals(definitions: readonly ResourceDefinition[]): void {
  const names = definitions.map(({ plural, group }) => `${plural}.${group}`);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (names.length > 0 && twice === undefined) return;
  throw new SeaworthyError({
    code: 'USAGE',
    path: 'definitions',
    message: twice === undefined ? 'no definition of a resource' : `two definitions of ${twice}`,
    hint: twice === undefined ? 'Pass what defineResource returns.' : 'Make them versions of one definition.',
  });
}

function addDefinition(chart: Chart, definition: ResourceDefinition, { kubernetes }: ClusterProfile): void {
  const { apiVersion, kind, metadata, ...content } = customResourceDefinition(
    definition,
    kubernetes === undefined ? {} : { kubernetes },
  );
  const object = new KubeObject(chart, definition.plural, {
    apiVersion,
    kind,
    metadata: { name: metadata.name ?? '' },
    clusterScoped: true,
    content: () => content,
  });
  // Deleted, it would take every resource along.
  object.keep();
}

function addOperator(
  chart: Chart,
  { image, module, name, namespaces = [], profile }: OperatorManifestsOptions & { readonly name: string },
): Worker {
  const isMonitored = new Environment(new App(), 'asked', profile ?? {}).has('prometheus-operator');
  const props: WorkerProps = {
    image,
    args: [
      'operator',
      'run',
      module,
      `--name=${name}`,
      `--release=${image}`,
      ...namespaces.map((each) => `--serve=${each}`),
    ],
    ports: { http: 8080 },
    replicas: 2,
    resources: { cpu: '100m', memory: { request: '256Mi', limit: '512Mi' } },
    probe: { readiness: { http: '/readyz' }, liveness: { http: '/healthz' } },
    env: { POD_NAMESPACE: { field: 'metadata.namespace' } },
    // What is in work comes to its end, and the lease is given back.
    terminationGracePeriod: 30,
    ...(isMonitored && {
      scrape: 'http',
      alerts: [
        'restarts',
        'replicas',
        {
          name: 'OperatorHasNoLeader',
          expr: 'sum(seaworthy_operator_leader) < 1',
          summary: 'No replica of the operator leads: nothing is reconciled.',
        },
        {
          name: 'OperatorResourceFails',
          expr: 'max(seaworthy_operator_oldest_failure_seconds) > 900',
          for: '15m',
          summary: 'A resource has failed for a quarter of an hour.',
        },
      ],
    }),
  };
  return new Worker(chart, 'Default', props);
}

/**
 * A Dockerfile for the image of an operator: the project with the packages of its lock file, which runs as nobody. Packages
 * that are installed where the image is built, for its developers and its platform, are not part of it.
 */
export function operatorDockerfile(): string {
  return [
    'FROM node:22-slim AS packages',
    'WORKDIR /app',
    'COPY package.json package-lock.json ./',
    'RUN npm ci --omit=dev',
    '',
    '# The project without what is no part of the image. What else is not, such as files with secrets, a .dockerignore names.',
    'FROM node:22-slim AS project',
    'WORKDIR /app',
    'COPY . .',
    'RUN rm -rf node_modules .git',
    '',
    'FROM node:22-slim',
    'ENV NODE_ENV=production',
    'WORKDIR /app',
    'COPY --from=project /app .',
    'COPY --from=packages /app/node_modules node_modules',
    'USER 65532:65532',
    'ENTRYPOINT ["node", "node_modules/seaworthy/bin/seaworthy.js"]',
    '',
  ].join('\n');
}
