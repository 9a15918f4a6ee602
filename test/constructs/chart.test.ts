import { ApiObject, Chart as Cdk8sChart, App as Cdk8sApp } from 'cdk8s';
import * as kplus from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import {
  App,
  Chart,
  ConfigMap,
  CronJob,
  Environment,
  KubeObject,
  ServiceAccount,
  synth,
  WebService,
} from '../../lib';
import { kubernetesOf } from '../../lib/constructs/core/environment';
import { problemsOf, rendered } from './rendering';
import { latestRelease } from '../../lib/kube/schema';

const namesIn = (build: (chart: Chart) => unknown): string[] => [...rendered(build)].map(({ id }) => id.name);

describe('a Chart', () => {
  it('gives its namespace and labels to every object in it', () => {
    const set = rendered(
      (chart) => {
        new ServiceAccount(chart, 'ours');
        new kplus.ConfigMap(chart, 'theirs');
        new ApiObject(chart, 'raw', { apiVersion: 'v1', kind: 'Pod' });
      },
      { chart: { namespace: 'home', labels: { team: 'a' } } },
    );
    for (const { object } of set)
      expect(object.metadata).toMatchObject({ namespace: 'home', labels: { team: 'a' } });
  });

  it('names objects by their path, without a hash, those of cdk8s-plus too', () => {
    expect(
      namesIn((chart) => {
        const part = new Construct(chart, 'part');
        new ServiceAccount(part, 'robot');
        new kplus.ConfigMap(part, 'settings');
        new kplus.ServiceAccount(chart, 'Default');
        new ServiceAccount(new Construct(chart, 'Resource'), 'x');
      }),
    ).toEqual(['shop-part-robot', 'shop-part-settings', 'shop', 'shop-x']);
  });

  it('leaves out the app and the environment, so that names are alike in every cluster', () => {
    const app = new App();
    for (const name of ['staging', 'production'])
      new ServiceAccount(new Chart(new Environment(app, name), 'shop'), 'robot');
    expect([...synth(app)].map(({ id }) => id.name)).toEqual(['shop-robot', 'shop-robot']);
  });

  it('shortens names that are too long to names that stay apart', () => {
    const long = 'x'.repeat(100);
    const names = namesIn((chart) => {
      new ServiceAccount(chart, `${long}-one`);
      new ServiceAccount(chart, `${long}-two`);
      new ApiObject(chart, `${long}-three`, { apiVersion: 'batch/v1', kind: 'CronJob' });
    }).map((name) => name.length);
    expect(names).toEqual([63, 63, 52]);
    const alike = namesIn((chart) => {
      new ServiceAccount(chart, `${long}-one`);
      new ServiceAccount(chart, `${long}-two`);
    });
    expect(new Set(alike).size).toBe(2);
  });

  it('can name objects in another way', () => {
    class Plain extends Chart {
      override generateObjectName(object: ApiObject): string {
        return `my-${object.node.id.toLowerCase()}`;
      }
    }
    const app = new App();
    new ApiObject(new Plain(app, 'shop'), 'Thing', { apiVersion: 'v1', kind: 'Pod' });
    expect([...synth(app)].map(({ id }) => id.name)).toEqual(['my-thing']);
  });

  it('is a chart of cdk8s', () => {
    const chart = new Chart(new Cdk8sApp(), 'shop');
    expect(Cdk8sChart.isChart(chart)).toBe(true);
    expect(chart instanceof Cdk8sChart).toBe(true);
  });

  it.each<[object, string]>([
    [{ namespace: 'My Shop' }, 'INVALID_NAME namespace'],
    [{ namespce: 'shop' }, 'UNKNOWN_PROP namespce'],
    [{ labels: { team: 'a b' } }, 'INVALID_LABEL labels.team'],
  ])('is told of %j', (props, fault) => {
    const app = new App();
    new Chart(app, 'shop', props);
    expect(problemsOf(() => synth(app)).map(({ code, path }) => `${code} ${path}`)).toEqual([fault]);
  });

  it('knows the prop of cdk8s that means nothing here', () => {
    const app = new App();
    new Chart(app, 'shop', { disableResourceNameHashes: false } as object);
    expect(problemsOf(() => synth(app))).toEqual([]);
  });
});

describe('an Environment', () => {
  it('is found from everything below it', () => {
    const app = new App();
    const production = new Environment(app, 'production', { kubernetes: '1.31' });
    const chart = new Chart(new Construct(production, 'part'), 'shop');
    expect(Environment.of(new ConfigMap(chart, 'settings'))).toBe(production);
    expect(Environment.of(production)).toBe(production);
    expect(Environment.of(app)).toBeUndefined();
    expect(Environment.of(new Chart(app, 'other'))).toBeUndefined();
  });

  it('says which release is rendered for, the latest where there is none', () => {
    const app = new App();
    const release = (kubernetes: string): string =>
      kubernetesOf(new Environment(app, `e${kubernetes.replaceAll(/\W/g, '')}`, { kubernetes }));
    expect([release('1.31'), release('v1.29.4'), release('1.30.2-gke.7')]).toEqual(['1.31', '1.29', '1.30']);
    expect(kubernetesOf(app)).toBe(latestRelease);
    expect(kubernetesOf(new Environment(app, 'unsaid'))).toBe(latestRelease);
  });

  it('says what is installed', () => {
    const environment = new Environment(new App(), 'e', { installed: ['istio'] });
    expect([environment.has('istio'), environment.has('keda')]).toEqual([true, false]);
  });

  it.each<[string, object, string, string]>([
    ['Production', {}, 'INVALID_NAME', ''],
    ['e', { kubernetes: '2.0' }, 'UNKNOWN_KUBERNETES', 'profile.kubernetes'],
    ['e', { kubernetes: '1.26' }, 'UNKNOWN_KUBERNETES', 'profile.kubernetes'],
    ['e', { kubernets: '1.31' }, 'UNKNOWN_PROP', 'profile.kubernets'],
    ['e', { provider: 'aws' }, 'INVALID_PROP', 'profile.provider'],
    ['e', { installed: ['cert-manger'] }, 'INVALID_PROP', 'profile.installed[0]'],
    ['e', { prometheus: { rulesSelector: {} } }, 'UNKNOWN_PROP', 'profile.prometheus.rulesSelector'],
    ['e', { nodePools: [{ name: 'a', label: {} }] }, 'UNKNOWN_PROP', 'profile.nodePools[0].label'],
    [
      'e',
      { nodePools: [{ name: 'a', labels: { 'a b': 'c' } }] },
      'INVALID_LABEL',
      'profile.nodePools[0].labels.a b',
    ],
    [
      'e',
      { nodePools: [{ name: 'a', taints: [{ key: 'a', effect: 'Never' }] }] },
      'INVALID_PROP',
      'profile.nodePools[0].taints[0].effect',
    ],
    ['e', { gateway: { name: 'g', listner: 'https' } }, 'UNKNOWN_PROP', 'profile.gateway.listner'],
  ])('called %s is told of %j', (id, profile, code, path) => {
    const app = new App();
    new Environment(app, id, profile);
    expect(problemsOf(() => synth(app))).toMatchObject([
      { code, place: id, ...(path === '' ? {} : { path }) },
    ]);
  });

  it('suggests what was meant', () => {
    const app = new App();
    new Environment(app, 'e', { installed: ['cert-manger' as never] });
    expect(problemsOf(() => synth(app))[0]?.hint).toBe('Did you mean "cert-manager"?');
  });
});

describe('in a chart of cdk8s', () => {
  it('our objects have names by path too', () => {
    const app = new App();
    const chart = new Cdk8sChart(app, 'shop');
    new WebService(chart, 'web', { image: 'a/b:1', port: 80 });
    new CronJob(chart, 'n'.repeat(90), { image: 'a/b:1', schedule: '@daily' });
    new KubeObject(chart, 'widget', { apiVersion: 'x.example/v1', kind: 'Widget', content: () => ({}) });
    const names = [...synth(app)].map(({ id }) => id.name);
    expect(names.slice(0, 3)).toEqual(['shop-web', 'shop-web', 'shop-web']);
    expect(names.at(-1)).toBe('shop-widget');
    for (const name of names) expect(name.length).toBeLessThanOrEqual(63);
  });
});
