import { App, Chart, Environment, WebService } from '..';
import { ManifestSet } from '../manifest/set';
import { allowsConnection, allowsOnly, hasNoFindings, isAdmitted } from './assertions';
import type { Expected } from './assertions';
import { rollsOut } from './changes';
import { Manifests } from './manifests';

/** Production lets a and c talk with b alone; staging lets everybody talk with everybody. */
function shop() {
  const app = new App();
  const [production, staging] = [true, false].map((isClosed) => {
    const environment = new Environment(app, isClosed ? 'production' : 'staging');
    const chart = new Chart(environment, 'shop', { namespace: 'shop' });
    const [a, b, c] = ['a', 'b', 'c'].map(
      (id) => new WebService(chart, id, { image: `example/${id}:1.0.0`, port: 80 }),
    ) as [WebService, WebService, WebService];
    for (const end of isClosed ? [a, c] : []) {
      end.connectsTo(b);
      b.connectsTo(end);
    }
    return { a, b, c };
  });
  if (production === undefined || staging === undefined) throw new Error('There are two environments.');
  return { app, production, staging };
}

const { app, production, staging } = shop();
const names: Expected[] = [
  ['shop-a', 'shop-b', 80],
  ['shop-c', 'shop-b', 80],
  ['shop-b', 'shop-a', 80],
  ['shop-b', 'shop-c', 80],
];

const errorOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return String(error);
  }
  throw new Error('nothing was thrown');
};

describe('allowsOnly of several environments', () => {
  const open = `the network policies allow other connections (+ allowed and not expected, - expected and not allowed):
  + staging: Deployment shop/shop-c → Deployment shop/shop-a on 80/TCP
  + staging: Deployment shop/shop-a → Deployment shop/shop-c on 80/TCP`;

  it('holds for names where it holds in each environment', () => {
    expect(allowsOnly(app, names)).toEqual({ pass: false, message: open });
    expect(allowsOnly(Manifests.from(app).resourcesOf('production'), names).pass).toBe(true);
  });

  it('expects nothing of staging from constructs of production', () => {
    const { a, b, c } = production;
    const expected: Expected[] = [
      [a, b, 80],
      [c, b, 80],
      [b, a, 80],
      [b, c, 80],
    ];
    const { pass, message } = allowsOnly(app, expected);
    expect(pass).toBe(false);
    expect(message.split('\n').filter((each) => each.includes('+ staging: '))).toHaveLength(6);
    expect(message).not.toContain('production: ');
    expect(allowsOnly(Manifests.from(app).resourcesOf('production'), expected).pass).toBe(true);
  });

  it('names the environment that does not allow what is expected', () => {
    const { message } = allowsOnly(app, [...names, ['shop-a', 'shop-c', 80], ['shop-c', 'shop-a', 80]]);
    expect(message.split('\n').slice(1)).toEqual([
      '  - production: Deployment shop/shop-a → Deployment shop/shop-c on 80/TCP',
      '  - production: Deployment shop/shop-c → Deployment shop/shop-a on 80/TCP',
    ]);
  });
});

describe('allowsConnection of several environments', () => {
  it('answers for the environment that both ends are in', () => {
    expect(allowsConnection(app, production.a, production.c, 80)).toEqual({
      pass: false,
      message: 'the network policies do not let production/shop/a reach production/shop/c on port 80',
    });
    expect(allowsConnection(app, staging.a, 'shop-c', 80).pass).toBe(true);
    expect(allowsConnection(app, 'shop-a', production.c, 80).pass).toBe(false);
  });

  it('asks which environment is meant where several have both ends', () => {
    expect(errorOf(() => allowsConnection(app, 'shop-a', 'shop-c', 80))).toMatchInlineSnapshot(`
     "SeaworthyError: 2 environments have "shop-a" and "shop-c": production, staging [AMBIGUOUS]
       Select one: Manifests.from(app).resourcesOf('production')."
    `);
    const apart = [...Manifests.from(app).resourcesOf('staging')].map(({ object, id }) => ({ object, id }));
    const both = ManifestSet.from([...apart, ...Manifests.from(app).resourcesOf('production')]);
    expect(errorOf(() => allowsConnection(both, 'shop-a', 'shop-c', 80))).toMatchInlineSnapshot(`
     "SeaworthyError: 2 environments have "shop-a" and "shop-c": no environment, production [AMBIGUOUS]
       Select one: Manifests.from(app).resourcesOf('production')."
    `);
  });

  it('knows no connection between two environments', () => {
    expect(errorOf(() => allowsConnection(app, staging.a, production.c, 80))).toMatchInlineSnapshot(`
     "SeaworthyError: no environment has both workloads: "staging/shop/a" is in staging, and "production/shop/c" is in production [NOT_FOUND]
       Each environment is a separate cluster, and network policies connect the pods of one cluster."
    `);
  });

  it('suggests a workload of any environment', () => {
    expect(errorOf(() => allowsConnection(app, 'shop-a', 'shop-x', 80))).toMatchInlineSnapshot(`
     "SeaworthyError: workload "shop-x" not found [NOT_FOUND]
       Did you mean shop-a?"
    `);
    expect(errorOf(() => allowsConnection(app, 'nobody', 'shop-a', 80))).toMatchInlineSnapshot(`
     "SeaworthyError: workload "nobody" not found [NOT_FOUND]
       Expected one of shop-a, shop-b, shop-c."
    `);
  });
});

const configMap = (data: unknown) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'a', namespace: 'shop' },
  data,
});

function inEnvironments(objects: Readonly<Record<string, object>>): ManifestSet {
  return ManifestSet.from(
    Object.entries(objects).flatMap(([environment, each]) =>
      [...ManifestSet.of([each])].map((manifest) => ({ ...manifest, origin: { environment } })),
    ),
  );
}

test('what the API server refuses is said with its environment, where there are several', () => {
  const line = 'ConfigMap shop/a data.a: ';
  const [bad, fine] = [configMap({ a: 1 }), configMap({ a: '1' })];
  const both = inEnvironments({ staging: bad, production: fine });
  expect(isAdmitted(both).message).toContain(`refuse this:\n  staging: ${line}`);
  expect(hasNoFindings(both, { preset: 'none' }).message).toContain(`found this:\n  staging: ${line}`);
  expect(isAdmitted(inEnvironments({ staging: bad })).message).toContain(`refuse this:\n  ${line}`);
});

test('a change is compared with the same environment before', () => {
  const immutable = (a: string) => ({ ...configMap({ a }), immutable: true });
  const before = inEnvironments({ staging: immutable('1'), production: immutable('2') });
  expect(rollsOut(inEnvironments({ production: immutable('2'), staging: immutable('1') }), before).pass).toBe(
    true,
  );
  expect(rollsOut(inEnvironments({ production: immutable('1'), staging: immutable('1') }), before).pass).toBe(
    false,
  );
  expect(rollsOut(before, []).pass).toBe(true);
  expect(errorOf(() => rollsOut(before, [immutable('1')]))).toMatchInlineSnapshot(`
   "SeaworthyError: objects without an environment cannot be compared with those of staging and production [AMBIGUOUS]
     Compare one environment: Manifests.from(app).resourcesOf('staging')."
  `);
});
