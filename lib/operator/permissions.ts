import type { AccessRule } from '../constructs/access/access-rule';
import type { Verb } from '../constructs/access/permission';
import { SeaworthyError, type Problem } from '../errors';
import { isPlainRecord, type PlainRecord } from '../manifest/data';
import { formatId, groupOf, type KubeObject, type Manifest } from '../manifest/manifest';
import { ManifestSet } from '../manifest/set';
import { render } from './render';
import type { CustomResource, GroupKind, RenderContext, ResourceDefinition } from './types';

/** An example of a definition, as it renders. */
interface Example {
  readonly definition: ResourceDefinition;
  readonly resource: CustomResource;
  readonly set: ManifestSet;
}

/**
 * What the examples of definitions render: by that an operator gets its permissions.
 *
 * @throws SeaworthyError DEFINITION_INVALID for a definition without examples, and for an example that an operator would
 * refuse
 */
export function renderedExamples(
  definitions: readonly ResourceDefinition[],
  context: RenderContext = {},
): ManifestSet {
  const problems: Problem[] = [];
  const found = definitions.flatMap((definition): Example[] => {
    const place = `${definition.kind}.${definition.group}`;
    if (definition.examples.length === 0)
      problems.push({
        code: 'DEFINITION_INVALID',
        place,
        path: 'examples',
        message: 'Required value: the operator gets permissions for what they render',
        hint: 'Give props of a resource that renders each kind: examples: [{ props: { … } }].',
      });
    return definition.examples.flatMap((resource, index) => {
      const { set, problem } = render(definition, resource, { ...context, served: definitions });
      if (set !== undefined && problem === undefined) return [{ definition, resource, set }];
      const { reason = '', message = '' } = problem ?? {};
      problems.push({
        code: 'DEFINITION_INVALID',
        place,
        path: `examples[${index}]`,
        message: `${formatId({ apiVersion: '', kind: definition.kind, name: resource.metadata.name ?? '' })} cannot be applied: ${reason}: ${message}`,
      });
      return [];
    });
  });
  const [first, ...more] = problems;
  if (first !== undefined) throw new SeaworthyError(first, ...more);
  return ManifestSet.from(found.flatMap(({ set }) => [...set]));
}

/**
 * Kinds that an operator of these definitions may write: those that their examples render. `RenderContext.permitted` takes
 * them, so that a resource that renders more gets a condition that says so.
 *
 * @throws SeaworthyError DEFINITION_INVALID as `operatorManifests` does
 */
export function permittedKinds(
  definitions: readonly ResourceDefinition[],
  context: RenderContext = {},
): readonly GroupKind[] {
  const kinds = [...renderedExamples(definitions, context)].map(({ id }) => ({
    group: groupOf(id.apiVersion),
    kind: id.kind,
  }));
  return [...new Map(kinds.map((each) => [`${each.group}/${each.kind}`, each])).values()];
}

const WRITTEN: readonly Verb[] = ['get', 'list', 'watch', 'create', 'patch', 'delete'];

/** What is read to plan a change, and to say why something is not ready. Where it may not be read, less is said. */
const READ: readonly string[] = [
  'customresourcedefinitions.apiextensions.k8s.io',
  'events',
  'limitranges',
  'namespaces',
  'pods',
  'replicasets.apps',
  'resourcequotas',
  'validatingadmissionpolicies.admissionregistration.k8s.io',
  'validatingadmissionpolicybindings.admissionregistration.k8s.io',
];

/** The rules of an operator in the namespaces of its resources. */
export function operatorRules(
  definitions: readonly ResourceDefinition[],
  rendered: ManifestSet,
): readonly AccessRule[] {
  const own = definitions.flatMap(({ group, plural }): AccessRule[] => [
    { verbs: ['get', 'list', 'watch', 'patch'], on: { group, resource: plural } },
    { verbs: ['patch'], on: { group, resource: `${plural}/status` } },
  ]);
  const kinds = new Map([...rendered].map(({ id }) => [`${groupOf(id.apiVersion)}/${id.kind}`, id]));
  // The record of what belongs to a resource is a Secret, as that of an application is.
  kinds.set('/Secret', { apiVersion: 'v1', kind: 'Secret', name: '' });
  const written = [...kinds.values()].map(({ apiVersion, kind }): AccessRule => {
    const group = groupOf(apiVersion);
    // Whoever makes pods for others can do what the pods can.
    return { verbs: WRITTEN, on: group === '' ? kind : `${kind}.${group}`, unsafe: true };
  });
  return [
    ...own,
    ...written,
    { verbs: ['get', 'list'], on: READ },
    { verbs: ['create'], on: { group: 'events.k8s.io', resource: 'events' } },
  ];
}

/**
 * Rules that roles among the objects give: the API server lets nobody give what they do not have, so that the operator has
 * them as well. Roles that are bound and not rendered may be bound by name.
 *
 * @source k8s.io/kubernetes pkg/registry/rbac/role/policybased/storage.go Storage.Create 1.36
 */
export function passedRules(rendered: ManifestSet): readonly PlainRecord[] {
  const roles = [...rendered].filter(isRole);
  const names = new Set(roles.map(({ id }) => `${id.kind} ${id.name}`));
  const rules = roles.flatMap(({ object }) => rulesIn(object));
  const bound = [...rendered].flatMap(({ object }) => {
    const { roleRef } = object;
    if (!isPlainRecord(roleRef) || names.has(`${String(roleRef['kind'])} ${String(roleRef['name'])}`))
      return [];
    return [
      {
        apiGroups: ['rbac.authorization.k8s.io'],
        resources: [roleRef['kind'] === 'Role' ? 'roles' : 'clusterroles'],
        resourceNames: [roleRef['name']],
        verbs: ['bind'],
      },
    ];
  });
  return [...new Map([...rules, ...bound].map((rule) => [JSON.stringify(rule), rule])).values()];
}

function isRole({ id }: Manifest): boolean {
  return /^(Cluster)?Role$/.test(id.kind) && groupOf(id.apiVersion) === 'rbac.authorization.k8s.io';
}

function rulesIn(object: KubeObject): PlainRecord[] {
  const { rules } = object;
  return Array.isArray(rules) ? rules.filter(isPlainRecord) : [];
}
