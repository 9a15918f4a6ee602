import { binding, deployment, namespace, policy, rule, said, type Plain } from './policies';

const validations = [{ expression: 'false' }];

/** Whether a policy that refuses everything it is about refuses a Deployment. */
function matches(
  constraints: Plain,
  resources?: Plain,
  object = deployment(),
  more: readonly Plain[] = [],
): boolean {
  const matchConstraints = { resourceRules: [rule()], ...constraints };
  const bound = binding(resources === undefined ? {} : { matchResources: resources });
  return said([policy({ matchConstraints, validations }), bound, object, ...more]).length > 0;
}

describe('a policy is about', () => {
  it.each([
    [true, { operations: ['*'] }],
    [false, { operations: ['UPDATE'] }],
    [true, { apiGroups: ['*'] }],
    [false, { apiGroups: [''] }],
    [true, { resources: ['*'] }],
    [true, { resources: ['deployments/*'] }],
    [false, { resources: ['deployments/scale'] }],
    [false, { resources: ['pods'] }],
    [true, { scope: 'Namespaced' }],
    [false, { scope: 'Cluster' }],
    [true, { resourceNames: ['web'] }],
    [false, { resourceNames: ['api'] }],
  ])('(%s) what its rules name: %j', (expected, fields) => {
    expect(matches({ resourceRules: [rule(fields)] })).toBe(expected);
  });

  it('not what its exclusions name', () => {
    expect(matches({ excludeResourceRules: [rule()] })).toBe(false);
    expect(matches({ excludeResourceRules: [rule({ resources: ['pods'] })] })).toBe(true);
  });

  it('objects and namespaces by their labels', () => {
    const app = { matchLabels: { app: 'web' } };
    expect(matches({ objectSelector: app })).toBe(false);
    expect(matches({ objectSelector: app }, undefined, deployment(1, { labels: { app: 'web' } }))).toBe(true);
    const team = { namespaceSelector: { matchLabels: { team: 'a' } } };
    expect(matches(team, undefined, deployment(), [namespace('shop', { team: 'a' })])).toBe(true);
    expect(matches(team, undefined, deployment(), [namespace('shop')])).toBe(false);
    const name = { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } };
    expect(matches({ namespaceSelector: name })).toBe(true);
  });

  it('what its binding is about as well', () => {
    expect(matches({}, { resourceRules: [rule({ resourceNames: ['api'] })] })).toBe(false);
    expect(
      matches({}, { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } }),
    ).toBe(true);
  });

  it('objects of no namespace, whatever the namespace selector', () => {
    const role = {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'r' },
      rules: [],
    };
    const resourceRules = [rule({ apiGroups: ['*'], resources: ['clusterroles'] })];
    expect(matches({ resourceRules, namespaceSelector: { matchLabels: { a: 'b' } } }, undefined, role)).toBe(
      true,
    );
  });

  it('nothing that decides about admission itself', () => {
    const matchConstraints = {
      resourceRules: [rule({ apiGroups: ['*'], apiVersions: ['*'], resources: ['*'] })],
    };
    expect(said([policy({ matchConstraints, validations }), binding()])).toEqual([]);
  });

  it('other versions of a custom kind, unless it asks for that one exactly', () => {
    const version = (name: string): Plain => ({
      name,
      served: true,
      storage: name === 'v1',
      schema: { openAPIV3Schema: { type: 'object' } },
    });
    const definition = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'widgets.example.com' },
      spec: {
        group: 'example.com',
        scope: 'Namespaced',
        names: { plural: 'widgets', kind: 'Widget', singular: 'widget', listKind: 'WidgetList' },
        versions: [version('v1'), version('v2')],
      },
    };
    const widget = { apiVersion: 'example.com/v2', kind: 'Widget', metadata: { name: 'w' } };
    const resourceRules = [rule({ apiGroups: ['example.com'], resources: ['widgets'] })];
    expect(matches({ resourceRules }, undefined, widget, [definition])).toBe(true);
    expect(matches({ resourceRules, matchPolicy: 'Exact' }, undefined, widget, [definition])).toBe(false);
  });
});
