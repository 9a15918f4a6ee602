import { ApiObject, App, Chart, JsonPatch, Lazy } from 'cdk8s';
import type { IResolver } from 'cdk8s';
import fc from 'fast-check';
import { renderApiObject, renderMetadata } from '../../lib/constructs/core/api-object';

const leaf = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.constant(undefined),
);
const token = fc.oneof(
  leaf.map((value) => Lazy.any({ produce: () => value }) as unknown),
  leaf.map((value) => ({ resolve: () => value })),
  leaf.map((value) => new Boxed(value)),
);
/** Names that mean something to cdk8s or to JavaScript are among the keys. */
const key = fc.oneof(
  fc.string(),
  fc.constantFrom('resolve', 'value', 'constructor', 'toString', '__proto__'),
);

/** Like the unions of generated code, such as IntOrString. */
class Boxed {
  readonly value: unknown;
  constructor(value: unknown) {
    this.value = value;
  }
}

function data(tokens: number): fc.Arbitrary<Record<string, unknown>> {
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small' },
      { arbitrary: leaf, weight: 20 },
      { arbitrary: fc.array(tie('tree'), { maxLength: 4 }), weight: 2 },
      { arbitrary: fc.dictionary(key, tie('tree'), { maxKeys: 5 }), weight: 4 },
      { arbitrary: token, weight: tokens },
    ),
  }));
  return fc.dictionary(key, tree, { maxKeys: 4, noNullPrototype: true });
}

const RESERVED = ['apiVersion', 'kind', 'metadata', 'name', 'namespace', 'apiObject'];

function without(names: readonly string[], record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}

function make(props: object, metadata: object = {}, resolvers: IResolver[] = []): ApiObject {
  const chart = new Chart(new App({ outdir: 'unused', resolvers }), 'chart', { namespace: 'shop' });
  return new ApiObject(chart, 'object', { apiVersion: 'v1', kind: 'Thing', ...props, metadata });
}

/** What `run` gives, or what it throws, as text. */
function outcome(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return String(error);
  }
}

describe('an object of cdk8s', () => {
  it.each([
    ['without tokens', 0],
    ['with tokens', 3],
  ])('%s is rendered as cdk8s renders it', (_, tokens) => {
    fc.assert(
      fc.property(data(tokens), data(tokens), data(tokens), (fields, labels, metadata) => {
        const object = make(without(RESERVED, fields), { ...without(RESERVED, metadata), labels });
        expect(outcome(() => renderApiObject(object))).toStrictEqual(
          outcome(() => object.toJson() as unknown),
        );
        expect(outcome(() => renderMetadata(object))).toStrictEqual(
          outcome(() => object.metadata.toJson() as unknown),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('keeps the order of cdk8s: apiVersion, kind and metadata first, then by name', () => {
    const object = make({ spec: { b: 1, a: 2 }, data: {} });
    expect(JSON.stringify(renderApiObject(object))).toBe(JSON.stringify(object.toJson()));
  });

  it('takes what was added to its metadata since', () => {
    const object = make({});
    object.metadata.addLabel('tier', 'web');
    object.metadata.addAnnotation('note', 'x');
    object.metadata.addFinalizers('example.com/wait');
    object.metadata.add('generateName', 'thing-');
    expect(renderApiObject(object).metadata).toStrictEqual({
      annotations: { note: 'x' },
      finalizers: ['example.com/wait'],
      generateName: 'thing-',
      labels: { tier: 'web' },
      name: object.name,
      namespace: 'shop',
    });
  });

  it('is patched', () => {
    const object = make({ data: { a: '1' } });
    object.addJsonPatch(JsonPatch.replace('/data/a', '2'));
    expect(renderApiObject(object)).toMatchObject({ data: { a: '2' } });
  });

  it('is rendered by its own toJson where it has one', () => {
    class Loud extends ApiObject {
      override toJson(): unknown {
        return { ...(super.toJson() as object), kind: 'LOUD' };
      }
    }
    const loud = new Loud(new Chart(new App(), 'chart'), 'loud', { apiVersion: 'v1', kind: 'Loud' });
    expect(renderApiObject(loud).kind).toBe('LOUD');
  });

  it("goes through the app's own resolvers", () => {
    const shout: IResolver = {
      resolve: (context) => {
        if (context.value === 'hello') context.replaceValue('HELLO');
      },
    };
    const object = make({ data: { greeting: 'hello' } }, { labels: { greeting: 'hello' } }, [shout]);
    expect(renderApiObject(object)).toMatchObject({ data: { greeting: 'HELLO' } });
    expect(renderMetadata(object)).toMatchObject({ labels: { greeting: 'HELLO' } });
  });
});
