import { Manifests, match } from '../../lib/testing';
import { coverageOf, merge } from '../../lib/testing/coverage/fields';
import { startRecording } from '../../lib/testing/coverage/record';
import { formatCoverage } from '../../lib/testing/coverage/report';
import { snapshotOf } from '../../lib/testing/snapshot/render';

const object = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'api' },
  spec: {
    type: 'ClusterIP',
    ports: [
      { name: 'http', port: 80 },
      { name: 'dns', port: 53 },
    ],
    selector: {},
  },
};

/** The fields that were not looked at, after assertions. */
function missed(assert: (manifests: Manifests) => unknown): readonly string[] {
  const looked = startRecording();
  const manifests = Manifests.from([object]);
  assert(manifests);
  return [...manifests].flatMap(
    (manifest) => coverageOf(manifest, 'Service api', looked.get(manifest)).missed,
  );
}

test('a field counts as looked at where a partial match names it', () => {
  expect(missed((manifests) => manifests.hasResource('Service', { spec: { type: 'ClusterIP' } }))).toEqual([
    'spec.ports[0].name',
    'spec.ports[0].port',
    'spec.ports[1].name',
    'spec.ports[1].port',
    'spec.selector',
  ]);
  const ports = match.key('dns', { port: 53 });
  expect(missed((manifests) => manifests.hasResource('Service', { spec: { ports } }))).toEqual([
    'spec.type',
    'spec.ports[0].name',
    'spec.ports[0].port',
    'spec.selector',
  ]);
});

test('an exact match and a snapshot look at all that is there', () => {
  const spec = match.exactly(object.spec);
  expect(missed((manifests) => manifests.hasResource('Service', { spec }))).toEqual([]);
  expect(missed(snapshotOf)).toEqual([]);
});

test('an assertion that fails looks at nothing', () => {
  const fails = (manifests: Manifests) => manifests.find('Service', { spec: { type: 'NodePort' } });
  expect(missed(fails)).toHaveLength(6);
});

test('what several test files looked at adds up, and the least looked at stands first', () => {
  const [a, b] = [
    {
      object: 'Service shop/api',
      construct: 'shop/api',
      total: 3,
      looked: ['spec.type'],
      missed: ['a', 'b'],
    },
    {
      object: 'Service shop/api',
      construct: 'shop/api',
      total: 3,
      looked: ['a'],
      missed: ['spec.type', 'b'],
    },
  ];
  const all = merge(a, b);
  expect([all.looked, all.missed]).toEqual([['a', 'spec.type'], ['b']]);
  const other = {
    object: 'ConfigMap shop/x',
    construct: 'shop/x',
    total: 2,
    looked: [],
    missed: ['data.A', 'data.B'],
  };
  expect(formatCoverage([all, other])).toBe(
    [
      'construct  fields looked at     not looked at',
      'shop/x           0 of 2    0 %  data.A, data.B',
      'shop/api         2 of 3   67 %  b',
      'all              2 of 5   40 %',
      '',
    ].join('\n'),
  );
});

test('names are text in the table', () => {
  const hostile = { object: 'Service a: b', total: 2, looked: [], missed: ['a\n::error::x', '\u001b[2K'] };
  const table = formatCoverage([{ ...hostile, construct: '::error::\nforged' }]);
  expect(table.split('\n')[1]).toBe(
    '\\u003a:error::\\nforged        0 of 2    0 %  a\\n::error::x, \\u001b[2K',
  );
});
