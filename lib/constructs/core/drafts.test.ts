import fc from 'fast-check';
import { effort } from '../../../test/effort';
import { at, only, problems } from '../../../test/constructs/rendering';
import { override } from '../../index';
import { KubeObject } from './object';

/** A Deployment with two containers, and its `spec.template.spec` after overrides, in order. */
const CONTAINERS = [
  { name: 'app', image: 'a/app:1', ports: [{ containerPort: 80, name: 'http' }] },
  { name: 'proxy', image: 'a/proxy:1' },
];

function podAfter(overrides: readonly object[]): unknown {
  const deployment = only('Deployment', (chart) => {
    const content = { spec: { template: { spec: { containers: CONTAINERS } } } };
    const object = new KubeObject(chart, 'app', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      content: () => content,
    });
    for (const spec of overrides) override(object, { spec: { template: { spec } } });
  });
  return at(deployment, 'spec.template.spec');
}

describe('several overrides of one object', () => {
  it('find an item by the name that an earlier one gave it, and no longer by the old one', () => {
    const port = (fields: object): object => ({ containers: [{ name: 'app', ports: [fields] }] });
    const overrides = [
      port({ name: 'http', protocol: 'TCP' }),
      port({ containerPort: 80, name: 'web' }),
      port({ name: 'web', hostIP: '10.0.0.1' }),
    ];
    expect(at(podAfter(overrides), 'containers.0.ports')).toEqual([
      { containerPort: 80, hostIP: '10.0.0.1', name: 'web', protocol: 'TCP' },
    ]);
  });

  it('find an item where it is once one before it is removed', () => {
    const overrides = [
      { containers: [{ name: 'proxy', args: ['-v'] }] },
      { containers: { app: null } },
      { containers: [{ name: 'proxy', command: ['/proxy'] }] },
      { containers: [{ name: 'other', image: 'a/other:1', args: ['-v'] }] },
      { containers: [{ name: 'other', command: ['/other'] }] },
    ];
    expect(at(podAfter(overrides), 'containers')).toEqual([
      { args: ['-v'], command: ['/proxy'], image: 'a/proxy:1', name: 'proxy' },
      { args: ['-v'], command: ['/other'], image: 'a/other:1', name: 'other' },
    ]);
  });

  it('leave what a construct renders as it is', () => {
    const before = structuredClone(CONTAINERS);
    podAfter([{ containers: [{ name: 'app', image: 'a/app:2' }] }, { containers: { proxy: null } }]);
    expect(CONTAINERS).toEqual(before);
  });

  it('say the first of many names that there are', () => {
    const containers = Array.from({ length: 40 }, (_, index) => ({
      name: `c${index}`,
      image: 'a/c:1',
      args: [],
    }));
    const [problem] = problems((chart) => {
      const object = new KubeObject(chart, 'app', {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        content: () => ({ spec: { template: { spec: { containers } } } }),
      });
      override(object, { spec: { template: { spec: { containers: { missing: null } } } } });
    });
    expect(problem?.message).toMatch(/^there is no container "missing"; there is c0, .*, c29 and others$/);
  });

  it('give what one override of all gives, where they do not meet', () => {
    const names = fc.uniqueArray(fc.constantFrom('app', 'proxy', 'added', 'another', 'one-more'), {
      minLength: 1,
    });
    const item = (name: string): object => ({ name, image: `a/${name}:2`, args: ['-v'], tty: true });
    fc.assert(
      fc.property(names, (chosen) => {
        const each = chosen.map((name) => ({ containers: [item(name)] }));
        expect(podAfter(each)).toEqual(podAfter([{ containers: chosen.map(item) }]));
      }),
      { numRuns: effort(20, 200) },
    );
  });
});
