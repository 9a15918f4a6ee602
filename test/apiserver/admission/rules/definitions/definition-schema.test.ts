import { admit } from '../../../../../lib/check/admit';
import { definition, definitionOf, integer, list, object, string, type Plain } from '../../custom/widgets';

const SCHEMA = 'spec.validation.openAPIV3Schema';

/** The paths that are complained about, below the schema of `spec`. */
function paths(properties: Plain, more: Plain = {}): string[] {
  const prefix = `${SCHEMA}.properties[spec].`;
  return pathsOf(definition(object(properties, more))).map((path) => path.replace(prefix, ''));
}

function pathsOf(object: Plain): string[] {
  return [...new Set(admit(object).map(({ path }) => path))];
}

/** The paths that are complained about in the schema of a whole resource. */
function rootPaths(schema: Plain): string[] {
  const version = { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema } };
  return pathsOf(definitionOf([version])).map((path) => path.replace(`${SCHEMA}.`, ''));
}

it('a definition that is fine has no findings', () => {
  expect(
    paths({ a: { ...string, default: 'x', pattern: '^x' }, b: list(integer, { default: [1] }) }),
  ).toEqual([]);
});

describe('a pattern', () => {
  it('is a regular expression of Go, also in conditions', () => {
    expect(paths({ a: { ...string, pattern: '(?=x)' } })).toEqual(['properties[a].pattern']);
    expect(paths({ a: { ...string, anyOf: [{ pattern: '[' }] } })).toEqual([
      'properties[a].anyOf[0].pattern',
    ]);
  });
});

describe('conditions at the root', () => {
  it('speak of what the schema has', () => {
    const spec = object({ items: list(object({ a: string })) });
    const about = (condition: Plain): string[] =>
      rootPaths(object({ spec }, { allOf: [{ properties: condition }] }));
    expect(about({ spec: { properties: { items: { items: { required: ['a'] } } } } })).toEqual([]);
    expect(about({ other: {} })).toEqual(['properties[other]']);
    expect(about({ spec: { properties: { size: { minimum: 1 } } } })).toEqual([
      'properties[spec].properties[size]',
    ]);
    expect(about({ spec: { items: { minimum: 1 } } })).toEqual(['properties[spec].items']);
  });
});

describe('a default', () => {
  it('is valid by its own schema', () => {
    expect(paths({ a: { ...integer, maximum: 3, default: 5 } })).toEqual(['properties[a].default']);
    expect(paths({ a: object({ b: string }, { default: { b: 1 }, required: ['b'] }) })).toEqual([
      'properties[a].default.b',
    ]);
    expect(paths({ a: list({ ...string, default: 1 }) })).toEqual(['properties[a].items.default']);
  });

  it('has no fields that the schema does not know', () => {
    expect(paths({ a: object({ b: string }, { default: { c: 1 } }) })).toEqual(['properties[a].default']);
    const open = { ...object({}), 'x-kubernetes-preserve-unknown-fields': true };
    expect(paths({ a: { ...open, default: { c: 1 } } })).toEqual([]);
  });

  it('is not set in what every resource has', () => {
    const metadata = object({ name: { ...string, default: 'x' } });
    expect(rootPaths(object({ metadata, kind: { ...string, default: 'X' } }))).toEqual([
      'properties[metadata].properties[name].default',
      'properties[kind].default',
    ]);
  });

  it('of an embedded resource makes one', () => {
    const metadata = object({ labels: object({ app: { ...string, default: 'not a label' } }) });
    const pod = object({ metadata }, { 'x-kubernetes-embedded-resource': true });
    expect(paths({ pod })).toEqual([
      'properties[pod].properties[metadata].properties[labels].properties[app].default',
    ]);
    expect(
      paths({ pod: object({ a: string }, { 'x-kubernetes-embedded-resource': true, default: {} }) }),
    ).toEqual(['properties[pod].default.apiVersion', 'properties[pod].default.kind']);
  });
});

describe('lists', () => {
  it('of type set or map have no items that may be null', () => {
    const set = list({ ...string, nullable: true }, { 'x-kubernetes-list-type': 'set' });
    expect(paths({ set })).toEqual(['properties[set].items.nullable']);
  });
});

it('what OpenAPI has beyond structural schemas is not supported', () => {
  expect(paths({ a: { ...string, additionalItems: true } })).toEqual(['properties[a].additionalItems']);
  expect(pathsOf(definition(object({}, { $schema: 'x' })))).toEqual([SCHEMA]);
});

describe('a default with rules beside it', () => {
  it('keeps them', () => {
    const rules = { 'x-kubernetes-validations': [{ rule: 'self > 3', message: 'too small' }] };
    expect(paths({ a: { ...integer, default: 3, ...rules } })).toEqual(['properties[a].default']);
    expect(paths({ a: { ...integer, default: 4, ...rules } })).toEqual([]);
  });
});
