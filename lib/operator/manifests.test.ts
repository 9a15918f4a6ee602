import { z } from 'zod';
import { check } from '../check/check';
import { Role } from '../constructs/access/role';
import { RoleBinding } from '../constructs/access/role-binding';
import { user } from '../constructs/access/subject';
import { ConfigMap } from '../constructs/config/config-map';
import { WebService } from '../constructs/workloads/web-service';
import { SeaworthyError } from '../errors';
import { isPlainRecord } from '../manifest/data';
import { eks } from '../profiles/clouds';
import { defineResource } from './definition';
import { operatorDockerfile, operatorManifests } from './manifests';
import { permittedKinds } from './permissions';
import type { ResourceDefinition } from './types';

const site = (
  options: { readonly examples?: readonly { props: unknown }[] } = { examples: [{ props: { text: 'a' } }] },
): ResourceDefinition =>
  defineResource({
    group: 'shop.example',
    kind: 'Site',
    ...options,
    props: z.object({ text: z.string(), readers: z.string().optional() }),
    construct(scope, { text, readers }) {
      const settings = new ConfigMap(scope, 'settings', { data: { TEXT: text } });
      new WebService(scope, 'Default', {
        image: 'ghcr.io/acme/site:1.0.0',
        port: 8080,
        envFrom: [settings],
        resources: { cpu: '10m', memory: '32Mi' },
        probe: { http: '/' },
      });
      if (readers === undefined) return;
      const role = new Role(scope, 'readers', { rules: [{ verbs: 'get', on: 'pods/log' }] });
      new RoleBinding(scope, 'read', { role, subjects: [user(readers)] });
      new RoleBinding(scope, 'view', { role: 'view', subjects: [user(readers)] });
    },
  });

const deployment = { image: 'ghcr.io/acme/shop-operator:1.0.0', module: 'definitions.ts' };

/** Verbs by resource, as the operator has them in the namespaces of its resources. */
function permissions(definitions: readonly ResourceDefinition[]): Record<string, string> {
  const { object } = operatorManifests(definitions, deployment).get({
    kind: 'ClusterRole',
    name: 'seaworthy-operator-resources',
  });
  const rules = object['rules'] as { apiGroups: string[]; resources: string[]; verbs: string[] }[];
  return Object.fromEntries(
    rules.flatMap(({ apiGroups: [group = ''], resources, verbs }) =>
      resources.map((each) => [group === '' ? each : `${each}.${group}`, verbs.join(' ')]),
    ),
  );
}

const code = (make: () => unknown): string => {
  try {
    make();
  } catch (error) {
    if (error instanceof SeaworthyError)
      return `${error.code} ${error.problems[0].path}: ${error.problems[0].message}`;
    throw error;
  }
  return 'nothing';
};

it('has definitions first, and all that check asks for', () => {
  const set = operatorManifests([site()], deployment);
  const [namespace, definition] = set.manifests.map(({ id }) => `${id.kind} ${id.name}`);
  expect([namespace, definition]).toEqual([
    'Namespace seaworthy-operator',
    'CustomResourceDefinition sites.shop.example',
  ]);
  expect(set.get({ kind: 'Deployment' }).object['spec']).toMatchObject({
    replicas: 2,
    template: {
      spec: {
        securityContext: { runAsNonRoot: true },
        containers: [
          {
            args: [
              'operator',
              'run',
              'definitions.ts',
              '--name=seaworthy-operator',
              `--release=${deployment.image}`,
            ],
          },
        ],
      },
    },
  });
  expect(set.find({ kind: 'PodDisruptionBudget' })).toHaveLength(1);
  expect(check(set).filter(({ severity }) => severity !== 'info')).toEqual([]);
});

it('gives permissions for what the examples render, and for nothing more', () => {
  const all = 'create delete get list patch watch';
  const given = permissions([site()]);
  const written = Object.entries(given).filter(([, verbs]) => verbs.includes('delete'));
  expect(written.map(([name]) => name).sort()).toEqual([
    'configmaps',
    'deployments.apps',
    'secrets',
    'serviceaccounts',
    'services',
  ]);
  expect(given['configmaps']?.split(' ').sort().join(' ')).toBe(all);
  expect(given['sites.shop.example']).toBe('get list watch patch');
  expect(given['sites/status.shop.example']).toBe('patch');
  expect(permittedKinds([site()])).not.toContainEqual({ group: '', kind: 'Secret' });
});

it('may give what roles of the resources give', () => {
  const given = permissions([site({ examples: [{ props: { text: 'a', readers: 'jane' } }] })]);
  expect(given['pods/log']).toBe('get');
  expect(given['clusterroles.rbac.authorization.k8s.io']).toBe('bind');
});

it('is watched where there is a Prometheus Operator', () => {
  const profile = eks({ installed: ['prometheus-operator'] });
  const set = operatorManifests([site()], { ...deployment, profile });
  expect(set.find({ kind: 'PodMonitor' })).toHaveLength(1);
  const [rule] = set.find({ kind: 'PrometheusRule' });
  expect(JSON.stringify(rule?.object['spec'])).toContain('seaworthy_operator_oldest_failure_seconds');
});

it('counts only in the namespaces that it serves', () => {
  const set = operatorManifests([site()], { ...deployment, namespaces: ['a', 'b'] });
  expect(set.find({ kind: 'ClusterRoleBinding' })).toEqual([]);
  expect(set.find({ kind: 'RoleBinding' }).flatMap(({ id }) => id.namespace)).toEqual(
    expect.arrayContaining(['a', 'b']),
  );
});

it.each<[string, () => unknown, string]>([
  [
    'no example',
    () => operatorManifests([site({})], deployment),
    'DEFINITION_INVALID examples: Required value: the operator gets permissions for what they render',
  ],
  [
    'an example that fails',
    () => operatorManifests([site({ examples: [{ props: {} }] })], deployment),
    'DEFINITION_INVALID examples[0]: Site example cannot be applied: InvalidSpec: spec.text: Invalid input: expected string, received undefined',
  ],
  [
    'no definition',
    () => operatorManifests([], deployment),
    'USAGE definitions: no definition of a resource',
  ],
  [
    'two of one kind',
    () => operatorManifests([site(), site()], deployment),
    'USAGE definitions: two definitions of sites.shop.example',
  ],
])('refuses %s', (_, make, message) => {
  expect(code(make)).toBe(message);
});

it('keeps the definitions when it is no longer applied: with one, all its resources would go', () => {
  const { object } = operatorManifests([site()], deployment).get({ kind: 'CustomResourceDefinition' });
  expect(
    isPlainRecord(object.metadata.annotations) && Object.keys(object.metadata.annotations),
  ).toContainEqual(expect.stringMatching(/resource-policy|prune|keep/));
});

it('has a Dockerfile that runs as nobody', () => {
  expect(operatorDockerfile()).toMatch(/^USER 65532:65532$/m);
  // What is installed where the image is built is for its developers, and for another platform.
  const [, , last = ''] = operatorDockerfile()
    .split(/^FROM /m)
    .slice(1);
  expect(last).not.toMatch(/^COPY \./m);
});
