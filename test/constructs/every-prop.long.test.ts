import { App, Chart, Environment, SeaworthyError, synth } from '../../lib';
import { isPlainRecord } from '../../lib/manifest/data';
import type { Maximal } from './maximal';
import { PROFILE } from './maximal';
import { changed, EACH, placesIn, SHARED } from './places';

/** No prop is called so, and none comes near. */
const UNKNOWN = 'zzzzzzzzzzzzzzzzzzzzzzzz';

/** What a program with `props` renders, or what is wrong with it: either shows that a prop has an effect. */
function outcome(construct: Maximal, variant: number, change: (props: object) => object): string {
  const app = new App();
  const chart = new Chart(new Environment(app, 'production', PROFILE), 'shop', { namespace: 'home' });
  const props = construct.variants[variant]?.(chart) ?? {};
  try {
    construct.create(app, chart, change(props) as never);
    return synth(app).toYaml();
  } catch (error) {
    if (!(error instanceof SeaworthyError)) throw error;
    return JSON.stringify(error.problems);
  }
}

const SILENT = [
  // A profile is asked about these by what comes later: checks, plans, targets and the scheduler.
  /^Environment (provider|featureGates|argoCdCluster|awsIdentity|gatewayApi|gatewayClasses|loadBalancers|kubernetes|nodePools\.0\.(zones|allocatable|size|min|max|hourlyPrice|instanceType)|spinnakerAccount|prometheus|keda)/,
  // The lock has what was sealed, so that programs work without the value.
  /^SealedSecret keys\.\w+(\.value)?$/,
  // Each is for one cloud, and PROFILE is of EKS.
  / identity\.(gcp|azure)$/,
  // PROFILE has Argo Rollouts, and it is for Flagger.
  / rollout\.(blueGreen\.)?gate$/,
  // The target flux writes it into the source of the chart.
  /^HelmChart repositorySecret$/,
  // Names never carry a hash here.
  /^Chart disableResourceNameHashes/,
];

describe.each(EACH)('$name, program $variant', ({ name, construct, variant }) => {
  const same = (props: object): object => props;
  const app = new App();
  const chart = new Chart(new Environment(app, 'production', PROFILE), 'shop', { namespace: 'home' });
  const props = construct.variants[variant]?.(chart) ?? {};

  it('renders', () => {
    expect(outcome(construct, variant, same)).toMatch(/^apiVersion: /);
  });

  it('renders the same again', () => {
    construct.create(app, chart, props as never);
    const first = synth(app).toYaml();
    expect(synth(app).toYaml()).toBe(first);
    expect(outcome(construct, variant, same)).toBe(first);
  });

  it('drops nothing that it is told', () => {
    const whole = outcome(construct, variant, same);
    const silent = placesIn(name, props, SHARED)
      .filter((steps) => {
        const without = (all: object): object => changed(all, steps, () => undefined) as object;
        return outcome(construct, variant, without) === whole;
      })
      .map((steps) => `${name} ${steps.join('.')}`);
    expect(silent.filter((path) => !SILENT.some((known) => known.test(path)))).toEqual([]);
  });
});

/** Props that hold what the user's names, or Kubernetes' own fields, call for. */
const FREE =
  /(^|\.)(aggregates\.0|featureGates|loadBalancers\.\w+|quota|limits\.\w+|role|subjects\.\d|labels|matchLabels|annotations|podLabels|podAnnotations|selector|nodeSelector|env|files|storage|resources|ports|imagePullSecrets\.1|serviceAccount|containers|initContainers|sidecars|headers|items|fields|sysctls|hostAliases|affinity|allocatable|dnsConfig|volume|valueFrom|metrics|behavior|spread\.0|podFailurePolicy|query|set|add|to\.service|data|binaryData|keys|parameters|metadata|auth|attributes|values|from|of)(\.|$)|^paths$/;

describe('every prop that is known', () => {
  /** The props that each set of known ones has been seen with, in some program. */
  const seen = new Map<string, Set<string>>();
  const unchecked: string[] = [];

  beforeAll(() => {
    for (const { name, construct, variant } of EACH) {
      const chart = new Chart(new Environment(new App(), 'production', PROFILE), 'shop');
      const props = construct.variants[variant]?.(chart) ?? {};
      for (const steps of [[], ...placesIn(name, props, SHARED)]) {
        const record = steps.reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], props);
        if (!isPlainRecord(record)) continue;
        const more = (all: object): object =>
          changed(all, steps, (old) => ({ ...(old as object), [UNKNOWN]: 1 })) as object;
        const known = /Known props: ([^"]*?)\./.exec(outcome(construct, variant, more))?.[1];
        if (known === undefined) unchecked.push(`${name} ${steps.join('.')}`);
        else seen.set(known, new Set([...(seen.get(known) ?? []), ...Object.keys(record)]));
      }
    }
  });

  it('is tried in one of the programs', () => {
    const untried = [...seen].flatMap(([known, tried]) =>
      known.split(', ').filter((prop) => !tried.has(prop)),
    );
    expect(untried).toEqual([]);
  });

  it('is the only one, at every level that is not for names of the user', () => {
    expect(unchecked.filter((path) => !FREE.test(path.split(' ')[1] ?? ''))).toEqual([]);
  });
});
