import type { App as Cdk8sApp } from 'cdk8s';
import type { ChartProps, ClusterProfile, ManifestSet, PlainObject, Problem, WorkerProps } from '../../lib';
import { App, Chart, Environment, SeaworthyError, synth, Worker } from '../../lib';

/** Where the constructs of a test stand. */
export interface Surroundings {
  readonly chart?: ChartProps;
  /** Profile of the cluster; there is no environment without it. */
  readonly profile?: ClusterProfile;
}

/** What `build` puts into a chart called `shop`, as objects. */
export function rendered(build: (chart: Chart) => unknown, around: Surroundings = {}): ManifestSet {
  return synth(appWith(build, around));
}

/** An app with one chart called `shop`, which `build` fills. */
export function appWith(build: (chart: Chart) => unknown, around: Surroundings = {}): App {
  const app = new App();
  const scope = around.profile === undefined ? app : new Environment(app, 'production', around.profile);
  build(new Chart(scope, 'shop', around.chart));
  return app;
}

/** The only object of `kind` among what `build` renders. */
export function only(kind: string, build: (chart: Chart) => unknown, around: Surroundings = {}): PlainObject {
  return rendered(build, around).get({ kind }).object;
}

/** All that is wrong with what `build` describes; nothing where it renders. */
export function problems(build: (chart: Chart) => unknown, around: Surroundings = {}): readonly Problem[] {
  return problemsOf(() => rendered(build, around));
}

/** The problems of the SeaworthyError that `run` throws. */
export function problemsOf(run: () => unknown): readonly Problem[] {
  try {
    run();
  } catch (error) {
    if (error instanceof SeaworthyError) return error.problems;
    throw error;
  }
  return [];
}

/** Code and field of each problem, for tests to which the words do not matter. */
export function faults(build: (chart: Chart) => unknown, around: Surroundings = {}): readonly string[] {
  return problems(build, around).map(({ code, path }) => `${code} ${path ?? ''}`.trim());
}

/** What stands at `path` of an object: `at(deployment, 'spec.template.spec.containers.0.env')`. */
export function at(object: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, key) => (value as Readonly<Record<string, unknown>> | undefined)?.[key], object);
}

/** The objects of a cdk8s app as cdk8s's own engine renders them, by chart. */
export function renderedByCdk8s(app: Cdk8sApp): unknown[] {
  return app.charts.flatMap((chart) => chart.toJson() as unknown[]);
}

/** What a Worker with `props` becomes: its pod template's spec. */
export function podOf(props: Partial<WorkerProps>, around: Surroundings = {}): unknown {
  return at(only('Deployment', worker(props), around), 'spec.template.spec');
}

/** What a Worker with `props` becomes: its main container. */
export function containerOf(props: Partial<WorkerProps>, around: Surroundings = {}): unknown {
  return at(podOf(props, around), 'containers.0');
}

/** What is wrong with a Worker with `props`. */
export function faultsOf(props: object, around: Surroundings = {}): readonly string[] {
  return faults(worker(props), around);
}

/** Makes a Worker called `shop-app`, with an image and `props`. */
export function worker(props: Partial<WorkerProps>): (chart: Chart) => Worker {
  return (chart) => new Worker(chart, 'app', { image: 'acme/app:1', ...props });
}
