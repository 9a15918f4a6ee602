import fc from 'fast-check';
import { apply } from '../../../lib/apiserver/apply/apply';
import { listKeyViolations } from '../../../lib/apiserver/apply/list-keys';
import { UNKNOWN } from '../../../lib/apiserver/apply/parts';
import { kindSchema, type Schema } from '../../../lib/kube/schema';

function schemaOf(apiVersion: string, kind: string): Schema {
  const struct = kindSchema('1.36', apiVersion, kind);
  if (struct === undefined) throw new Error('no such kind');
  return { type: 'struct', struct: () => struct, atomic: false };
}

const POD = schemaOf('v1', 'Pod');

function pod(spec: object): { spec: object } {
  return { spec };
}

it('takes away what its owner no longer names, and keeps what nobody named', () => {
  const live = pod({ hostname: 'a', restartPolicy: 'Always', containers: [{ name: 'a', image: 'x:1' }] });
  const before = pod({ hostname: 'a', containers: [{ name: 'a', image: 'x:1' }] });
  const after = pod({ containers: [{ name: 'a', image: 'x:2' }] });
  expect(apply(live, before, after, POD)).toEqual(
    pod({ restartPolicy: 'Always', containers: [{ name: 'a', image: 'x:2' }] }),
  );
});

it('merges the items of a list by their keys, with the defaults of keys', () => {
  const ports = [{ containerPort: 80, protocol: 'TCP', name: 'web' }];
  const live = pod({ containers: [{ name: 'a', image: 'x', imagePullPolicy: 'Always', ports }] });
  const before = pod({
    containers: [{ name: 'a', image: 'x', ports: [{ containerPort: 80, name: 'web' }] }],
  });
  const after = pod({ containers: [{ name: 'a', image: 'x', ports: [{ containerPort: 80 }] }] });
  expect(apply(live, before, after, POD)).toEqual(
    pod({
      containers: [
        { name: 'a', image: 'x', imagePullPolicy: 'Always', ports: [{ containerPort: 80, protocol: 'TCP' }] },
      ],
    }),
  );
});

it('takes an item away with all that others put into it', () => {
  const live = pod({
    volumes: [
      { name: 'a', emptyDir: {} },
      { name: 'b', secret: { defaultMode: 420 } },
    ],
  });
  const before = pod({ volumes: [{ name: 'a' }, { name: 'b', secret: {} }] });
  const after = pod({ volumes: [{ name: 'a' }] });
  expect(apply(live, before, after, POD)).toEqual(pod({ volumes: [{ name: 'a', emptyDir: {} }] }));
});

it('replaces an atomic list as a whole', () => {
  const tolerations = (...keys: string[]): { spec: object } =>
    pod({ tolerations: keys.map((key) => ({ key })) });
  expect(apply(tolerations('a', 'of the server'), tolerations('a'), tolerations('b'), POD)).toEqual(
    tolerations('b'),
  );
});

it('follows the order of what is applied, and leaves what others added where it was', () => {
  const containers = (...names: string[]): { spec: object } =>
    pod({ containers: names.map((name) => ({ name })) });
  expect(
    apply(containers('a', 'injected', 'b', 'c'), containers('a', 'b', 'c'), containers('c', 'a', 'b'), POD),
  ).toEqual(containers('injected', 'c', 'a', 'b'));
});

it('leaves an empty struct behind where each of its fields is taken away', () => {
  const live = pod({ securityContext: { runAsUser: 1 } });
  expect(apply(live, live, pod({ securityContext: {} }), POD)).toEqual(pod({ securityContext: {} }));
});

it('takes lists as wholes where nothing is known of a kind', () => {
  const live = { spec: { list: [{ name: 'a' }], map: { a: 1, b: 2 } } };
  const after = { spec: { list: [{ name: 'b' }], map: { a: 3 } } };
  expect(apply(live, { spec: { list: [], map: { a: 1 } } }, after, UNKNOWN)).toEqual({
    spec: { list: [{ name: 'b' }], map: { a: 3, b: 2 } },
  });
});

it('finds items that cannot be told apart', () => {
  const service = { spec: { ports: [{ port: 80 }, { port: 80, protocol: 'UDP' }, { port: 80, name: 'b' }] } };
  const found = listKeyViolations(service, schemaOf('v1', 'Service'));
  expect(found.map(({ path }) => path)).toEqual(['spec.ports[2]']);
  const account = { secrets: [{ name: 'a' }, {}] };
  expect(listKeyViolations(account, schemaOf('v1', 'ServiceAccount'))).toMatchObject([
    { path: 'secrets[1]', message: 'Required value: name, the key of the list' },
  ]);
});

const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { maxLength: 6 });

it('comes to what is applied, whatever was applied before', () => {
  fc.assert(
    fc.property(names, names, (before, after) => {
      const [live, config] = [before, after].map((list) =>
        pod({ containers: list.map((name) => ({ name })) }),
      );
      if (live === undefined || config === undefined) throw new Error('two lists');
      fc.pre(after.length > 0);
      expect(apply(live, live, config, POD)).toEqual(config);
    }),
  );
});

it('changes nothing when the same is applied again', () => {
  fc.assert(
    fc.property(names, names, (own, others) => {
      const live = pod({
        containers: [...new Set([...own, ...others])].map((name) => ({ name, image: 'x' })),
      });
      const config = pod({ containers: own.map((name) => ({ name })) });
      expect(apply(live, config, config, POD)).toEqual(live);
    }),
  );
});
