import { SeaworthyError } from '../errors';
import { escapeName } from '../cel/schema/escaping';
import { admit } from '../check/admit';
import type { KubeObject } from '../manifest/manifest';
import { plain } from '../manifest/plain';
import { schemaAt, stepsOf } from './schema/paths';
import { withWholeDefaults, type StructuralSchema } from './schema/schema';
import { structural } from './schema/structural';
import { statusSchema } from './status-schema';
import type { PrinterColumn, ResourceDefinition } from './types';
import { versionSchemas } from './versions';

/** Which API server takes the CustomResourceDefinition. */
export interface DefinitionOptions {
  /** The release of the cluster: `1.31`. @default the newest that Seaworthy knows */
  readonly kubernetes?: string;
}

/**
 * The CustomResourceDefinition of a kind of resource: for each version a structural schema with defaults and CEL rules, the
 * subresources `status` and, with `scale`, `scale`, and the columns of `kubectl get`. Versions are converted by nobody
 * (`None`): where they differ, each has the fields of all, and the operator converts.
 *
 * @throws SeaworthyError DEFINITION_INVALID with what the API server refuses, such as a CEL rule that does not compile
 */
export function customResourceDefinition(
  definition: ResourceDefinition,
  options: DefinitionOptions = {},
): KubeObject {
  const { group, plural, singular, kind, shortNames, categories, scope } = definition;
  const object = plain({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      names: {
        plural,
        singular,
        kind,
        listKind: `${kind}List`,
        ...(shortNames.length > 0 && { shortNames }),
        ...(categories.length > 0 && { categories }),
      },
      scope,
      conversion: { strategy: 'None' },
      versions: versionsOf(definition),
    },
  });
  const [first, ...more] = admit(object, options).map(({ path, message, hint }) => ({
    code: 'DEFINITION_INVALID' as const,
    place: `${kind}.${group}`,
    path,
    message,
    ...(hint !== undefined && { hint }),
  }));
  if (first !== undefined) throw new SeaworthyError(first, ...more);
  return object;
}

function versionsOf(definition: ResourceDefinition): object[] {
  const { versions } = definition;
  const own = new Map(
    versions.map(({ name, schema }) => [name, structural(schema, name, () => undefined)] as const),
  );
  const schemas = versionSchemas(versions, own, () => undefined);
  return versions.map(({ name, deprecated }, index) => {
    const props = schemas.get(name) ?? { type: 'object' };
    const isStored = index === versions.length - 1;
    return {
      name,
      served: true,
      storage: isStored,
      ...(deprecated !== undefined && { deprecated: true, deprecationWarning: deprecated }),
      schema: { openAPIV3Schema: resourceSchema(definition, props) },
      subresources: subresourcesOf(definition, props),
      additionalPrinterColumns: columnsOf(definition, props),
    };
  });
}

function resourceSchema(definition: ResourceDefinition, props: StructuralSchema): object {
  const spec = withRules(definition, props);
  const isOptional = (spec.required ?? []).length === 0;
  return {
    type: 'object',
    ...(definition.description !== undefined && { description: definition.description }),
    // Defaults of props are set only where there are props.
    properties: {
      spec: withWholeDefaults(isOptional && spec['default'] === undefined ? { ...spec, default: {} } : spec),
      status: statusSchema(definition),
    },
    ...(!isOptional && { required: ['spec'] }),
  };
}

/** The props with the CEL rules of the definition; one about a prop of another version is not in it. */
function withRules({ rules, immutable }: ResourceDefinition, props: StructuralSchema): StructuralSchema {
  const all = [...rules, ...immutable.map((path) => ({ path: '', ...unchanged(props, path) }))];
  return all.reduce((schema, { path = '', ...rule }) => {
    const { found } = schemaAt(schema, path);
    return found === undefined ? schema : changedAt(schema, stepsOf(path), (at) => addRule(at, rule));
  }, props);
}

function addRule(schema: StructuralSchema, rule: object): StructuralSchema {
  const key = 'x-kubernetes-validations';
  const before = (schema[key] ?? []) as readonly object[];
  return { ...schema, [key]: [...before, rule] };
}

function changedAt(
  schema: StructuralSchema,
  [step, ...rest]: readonly string[],
  change: (schema: StructuralSchema) => StructuralSchema,
): StructuralSchema {
  if (step === undefined) return change(schema);
  const below = (each: StructuralSchema | undefined): StructuralSchema => changedAt(each ?? {}, rest, change);
  if (step === '[]') return { ...schema, items: below(schema.items) };
  if (step === '{}') return { ...schema, additionalProperties: below(schema.additionalProperties) };
  return { ...schema, properties: { ...schema.properties, [step]: below(schema.properties?.[step]) } };
}

/** The rule that a prop stays as it is, or stays away. */
function unchanged(
  props: StructuralSchema,
  path: string,
): { readonly rule: string; readonly message: string } {
  const steps = stepsOf(path);
  const names = steps.map((step) => escapeName(step) ?? step);
  const optional = steps.flatMap((_, index) => {
    const parent = schemaAt(props, steps.slice(0, index).join('.')).found;
    const isThere = parent?.required?.includes(steps[index] ?? '') === true;
    return isThere ? [] : [names.slice(0, index + 1).join('.')];
  });
  const [now, before] = ['self', 'oldSelf'].map((root) =>
    optional.map((each) => `has(${root}.${each})`).join(' && '),
  ) as [string, string];
  const same = `self.${names.join('.')} == oldSelf.${names.join('.')}`;
  const rule = optional.length === 0 ? same : `(${now}) == (${before}) && (!(${now}) || ${same})`;
  return { rule, message: `${path} cannot be changed` };
}

function subresourcesOf({ scale }: ResourceDefinition, props: StructuralSchema): object {
  // A version without the prop has no scale.
  if (scale === undefined || schemaAt(props, scale).found === undefined) return { status: {} };
  return {
    status: {},
    scale: {
      specReplicasPath: `.spec.${scale}`,
      statusReplicasPath: '.status.replicas',
      labelSelectorPath: '.status.selector',
    },
  };
}

const STANDING: readonly object[] = [
  { name: 'Ready', type: 'string', jsonPath: '.status.conditions[?(@.type=="Ready")].status' },
  { name: 'Reason', type: 'string', jsonPath: '.status.conditions[?(@.type=="Ready")].reason' },
  {
    name: 'Message',
    type: 'string',
    priority: 1,
    jsonPath: '.status.conditions[?(@.type=="Ready")].message',
  },
  { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' },
];

const COLUMN_TYPES: ReadonlySet<unknown> = new Set(['boolean', 'integer', 'number', 'string']);

function columnsOf({ columns }: ResourceDefinition, props: StructuralSchema): object[] {
  const own = columns.flatMap((column: PrinterColumn) => {
    const { name, path, type, description, wide = false } = column;
    const found = path.startsWith('.') ? {} : schemaAt(props, path).found;
    if (found === undefined) return [];
    const said = description ?? found['description'];
    return [
      {
        name,
        type: type ?? (COLUMN_TYPES.has(found.type) ? found.type : 'string'),
        jsonPath: path.startsWith('.') ? path : `.spec.${path}`,
        ...(said !== undefined && { description: said }),
        ...(wide && { priority: 1 }),
      },
    ];
  });
  return [...own, ...STANDING];
}
