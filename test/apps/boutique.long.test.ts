import { hasResource, Manifests, match } from 'seaworthy/testing';
import 'seaworthy/testing/jest';
import { boutique } from '../../apps/boutique/app';
import { FACTS } from './boutique-facts';
import type { Expectation } from './boutique-patterns';
import { expectationsOf } from './boutique-patterns';
import { mutations } from './mutations';

const app = Manifests.from(boutique());
const services = Object.entries(FACTS);
const expectations = services.flatMap(([name, facts]) => expectationsOf(name, facts));

describe.each(['staging', 'production'])('the boutique in %s', (environment) => {
  const manifests = app.resourcesOf(environment);

  test.each(services)('carries every fact of %s', (name, facts) => {
    for (const [kind, pattern] of expectationsOf(name, facts))
      expect(manifests).toHaveResource(kind, pattern);
  });

  test('has no service beside those', () => {
    expect(manifests.find('Deployment')).toHaveLength(services.length);
    expect(manifests.find('Service')).toHaveLength(services.flatMap(([, facts]) => facts.services).length);
  });

  test('would not pass with any of its facts changed or gone', () => {
    let seen = 0;
    const unseen = new Set<string>();
    for (const { object } of manifests) {
      const met = expectations.filter((expectation) => isMet(expectation, object));
      for (const { place, mutant } of met.length === 0 ? [] : mutations(object)) {
        if (met.every((expectation) => isMet(expectation, mutant))) unseen.add(place);
        else seen++;
      }
    }
    expect([...unseen].filter((place) => !OURS.some((ours) => ours.test(place)))).toEqual([]);
    expect(seen).toBeGreaterThan(800);
  });

  test('lets services reach those that they call, and nothing else', () => {
    const calls = services.flatMap(([caller, { env }]) =>
      services
        .filter(([name]) => Object.values(env).some((value) => value.startsWith(`${name}:`)))
        .map(
          ([
            name,
            {
              ports: [port = 0],
            },
          ]) => [caller, name, port] as const,
        ),
    );
    expect(calls).toHaveLength(16);
    // The internet may reach the front end, and so may whoever is not told where to go.
    const free = services.filter(([name]) => !calls.some(([caller]) => caller === name));
    const visits = free.map(([name]) => [name, 'boutique-frontend', 8080] as const);
    expect(manifests).toOnlyAllow([...calls, ...visits]);
  });
});

/** What the boutique leaves to whoever deploys it: here no change can be wrong. */
const OURS = [
  / apiVersion$/,
  / metadata\.(namespace|labels\.\S+)$/,
  / Deployment spec\.(replicas|strategy\.\S+)$/,
  / Deployment \S+\.topologySpreadConstraints\.\S+$/,
  / Deployment \S+\.containers\.#\.name$/,
  / Deployment \S+\.(automountServiceAccountToken|seccompProfile\.type)$/,
  / Deployment \S+\.initContainers\.#\.resources\.\S+$/,
  // The writable /tmp.
  / Deployment \S+\.(volumeMounts\.#\.name|volumes\.#\.(name|emptyDir))$/,
  / Service spec\.loadBalancerSourceRanges\.#$/,
  / ServiceAccount automountServiceAccountToken$/,
];

/** Whether `object` is the one that is expected. What cannot be read is not. */
function isMet([kind, pattern]: Expectation, object: object): boolean {
  try {
    return hasResource([object], kind, pattern).pass;
  } catch {
    return false;
  }
}

test('the boutique renders to the same text each time', () => {
  expect(Manifests.from(boutique()).set.toYaml()).toBe(app.set.toYaml());
});

test('only customers of the office reach the front end of staging', () => {
  const external = (ranges: unknown) => ({
    metadata: { name: 'boutique-frontend-external' },
    spec: { loadBalancerSourceRanges: ranges },
  });
  expect(app.resourcesOf('staging')).toHaveResource('Service', external(['10.0.0.0/8']));
  expect(app.resourcesOf('production')).toHaveResource('Service', external(match.absent()));
});

test('each service is traced to the line that names it, not to the class that they share', () => {
  const sources = app
    .resourcesOf('production')
    .find('Deployment')
    .map(({ origin }) => origin?.source);
  expect(new Set(sources).size).toBe(12);
  expect(sources.filter((source) => source?.startsWith('apps/boutique/microservice.ts'))).toEqual([]);
});
