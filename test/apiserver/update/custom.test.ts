import { defaultGates } from '../../../lib/kube/feature-gates';
import { definitionsIn } from '../../../lib/apiserver/admission/custom/definitions';
import { apply } from '../../../lib/apiserver/apply/apply';
import type { ApplyMethod } from '../../../lib/apiserver/apply/method';
import { serverKind } from '../../../lib/apiserver/update/kind';
import { create, update, type Update } from '../../../lib/apiserver/update/update';
import type { KubeObject } from '../../../lib/manifest/manifest';
import { effectOf } from '../../../lib/plan/effect';
import { effect, having, object, updated } from '../../plan/changes';
import { definition, integer, list, object as schema, string } from '../admission/custom/widgets';

const byName = { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['name'] };
const spec = schema({
  size: { ...integer, default: 1, maximum: 9 },
  items: list(schema({ name: string, note: { ...string, default: 'x' } }), byName),
  tags: list(string, { 'x-kubernetes-list-type': 'set' }),
});
const definitions = definitionsIn([definition(spec)], '1.36');

const widget = object('example.com/v1', 'Widget', { spec: { items: [{ name: 'a' }, { name: 'b' }] } });

const parts = schema({ a: integer, b: integer });
/** The default of a field that no manager owns. */
const filled = { b: 7 };
const maps = definitionsIn(
  [
    definition(
      schema({
        plain: parts,
        free: { ...parts, nullable: true },
        filled: { ...schema({ a: integer, b: { ...integer, default: 7 } }), default: {} },
        atom: { ...parts, 'x-kubernetes-map-type': 'atomic' },
        map: { type: 'object', additionalProperties: string },
        open: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
        list: list(schema({ name: string, of: parts }), byName),
        tags: list(string, { 'x-kubernetes-list-type': 'set' }),
      }),
    ),
  ],
  '1.36',
);

/** What comes of a spec that is applied over another. */
function emptying(before: object, after: object, method?: ApplyMethod): Update {
  const [was, now] = [before, after].map((each) => object('example.com/v1', 'Widget', { spec: each }));
  const server = { kubernetes: '1.36', gates: defaultGates('1.36'), definitions: maps } as const;
  return update(was as KubeObject, now as KubeObject, server, method);
}

function change(path: string, value?: unknown, before = widget): Update {
  return update(before, having(before, path, value), {
    kubernetes: '1.36',
    gates: defaultGates('1.36'),
    definitions,
  });
}

describe('an update of a custom resource', () => {
  it('changes nothing where it names a default', () => {
    expect(effectOf(change('spec.size', 1))).toBe('none');
    expect(effectOf(change('spec.items.0.note', 'x'))).toBe('none');
  });

  it('changes what differs, with the defaults of its definition', () => {
    const made = change('spec.size', 2);
    expect(effectOf(made)).toBe('updated');
    expect(made.now).toMatchObject({ spec: { size: 2, items: [{ note: 'x' }, { note: 'x' }] } });
  });

  it('takes away an item of a map, and a field', () => {
    expect(change('spec.items.0').now).toMatchObject({ spec: { items: [{ name: 'b', note: 'x' }] } });
    const sized = having(widget, 'spec.size', 2);
    expect(change('spec.size', undefined, sized).now).toMatchObject({ spec: { size: 1 } });
  });

  it('is refused where the definition refuses what comes of it', () => {
    const made = change('spec.size', 10);
    expect(effectOf(made)).toBe('rejected');
    expect(made.violations.map(({ path }) => path)).toEqual(['spec.size']);
  });

  it('is refused where items of a list cannot be told apart', () => {
    expect(change('spec.items', [{ name: 'a' }, { name: 'a' }]).violations).toMatchObject([
      { path: expect.stringMatching(/^spec\.items/) as string },
    ]);
    expect(effectOf(change('spec.tags', ['a', 'b']))).toBe('updated');
    expect(effectOf(change('spec.tags', ['a', 'a']))).toBe('rejected');
  });

  it.each([
    ['of fields', { plain: { a: 1 } }, { plain: {} }, 'spec.plain'],
    ['of values', { map: { a: 'x' } }, { map: {} }, 'spec.map'],
    [
      'in an item',
      { list: [{ name: 'a', of: { a: 1 } }] },
      { list: [{ name: 'a', of: {} }] },
      'spec.list[0].of',
    ],
    ['without a schema', { open: { a: 1 } }, { open: {} }, 'spec.open'],
    ['that was not there', { plain: { a: 1 } }, { plain: { a: 1 }, map: null }, 'spec.map'],
  ])('is refused for a null where server-side apply empties a map %s', (_, before, after, path) => {
    expect(emptying(before, after).violations).toMatchObject([{ path, reason: 'wrong-type' }]);
  });

  it('is not refused for a null in other ways to apply', () => {
    expect(emptying({ plain: { a: 1 } }, { plain: {} }, 'client-side')).toMatchObject({
      now: { spec: { plain: {} } },
      violations: [],
    });
  });

  it.each([
    ['null where the schema allows it', { free: { a: 1 } }, { free: {} }, { free: null, filled }],
    [
      'null in what has no schema',
      { open: { a: { b: 1 } } },
      { open: { a: {} } },
      { open: { a: null }, filled },
    ],
    ['the default where there is one', { filled: { a: 1 } }, { filled: {} }, { filled }],
    ['an empty map where it is atomic', { atom: { a: 1 } }, { atom: {} }, { atom: {}, filled }],
    ['what is left', { plain: { a: 1, b: 2 } }, { plain: { a: 1 } }, { plain: { a: 1 }, filled }],
    ['nothing of a spec in which nothing is owned', { tags: ['a'] }, { tags: [] }, undefined],
  ])('leaves %s', (_, before, after, now) => {
    const made = emptying(before, after);
    expect(made.violations).toEqual([]);
    expect(made.now['spec']).toEqual(now);
  });

  it('takes an atomic map as a whole', () => {
    const live = object('example.com/v1', 'Widget', { spec: { atom: { a: 1, b: 2 } } });
    const asked = object('example.com/v1', 'Widget', { spec: { atom: { b: 3 } } });
    const empty = object('example.com/v1', 'Widget', {});
    const server = { kubernetes: '1.36', gates: defaultGates('1.36'), definitions: maps } as const;
    expect(create(asked, server).violations).toEqual([]);
    expect(apply(live, empty, asked, serverKind('example.com/v1', 'Widget', server).schema)).toMatchObject({
      spec: { atom: { b: 3 } },
    });
  });

  it('is compared as it is written where nothing is known of its kind', () => {
    expect(effect(widget, having(widget, 'spec.size', 1))).toBe('updated');
    expect(effect(widget, structuredClone(widget))).toBe('none');
  });
});

it('an object that cannot be decoded is refused for that alone', () => {
  const service = object('v1', 'Service', { spec: { ports: [{ port: 80 }] } });
  const { was, violations } = updated(service, having(service, 'spec.ports.0.port', 'http'));
  expect(was).toBeUndefined();
  expect(violations.map(({ path }) => path)).toEqual(['spec.ports[0].port']);
});
