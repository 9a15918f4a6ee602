import { defaultGates } from '../../../lib/kube/feature-gates';
import { definitionsIn } from '../../../lib/apiserver/admission/custom/definitions';
import { update, type Update } from '../../../lib/apiserver/update/update';
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
