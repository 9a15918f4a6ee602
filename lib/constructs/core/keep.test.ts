import { ApiObject, App as Cdk8sApp, Chart as Cdk8sChart } from 'cdk8s';
import { rendered } from '../../../test/constructs/rendering';
import { App, Chart, ConfigMap, keep, ManifestSet, plan, synth, WebService } from '../../index';

const KEPT = {
  'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
  'helm.sh/resource-policy': 'keep',
  'kustomize.toolkit.fluxcd.io/prune': 'disabled',
};
const image = 'a/b:1';

function annotations(set: ManifestSet): Record<string, unknown> {
  return Object.fromEntries([...set].map(({ id, object }) => [id.kind, object.metadata.annotations]));
}

describe('what is kept', () => {
  it('is every object of a workload, with the annotations of each deployer', () => {
    const set = rendered((chart) => new WebService(chart, 'web', { image, port: 80 }).keep());
    expect(annotations(set)).toEqual({ ServiceAccount: KEPT, Deployment: KEPT, Service: KEPT });
  });

  it('is one object alone', () => {
    const set = rendered((chart) => void new WebService(chart, 'web', { image, port: 80 }).service.keep());
    expect(annotations(set)).toEqual({ ServiceAccount: undefined, Deployment: undefined, Service: KEPT });
  });

  it('is everything in a chart, what comes later and what is not ours, too', () => {
    const set = rendered((chart) => {
      new ApiObject(chart, 'a', { apiVersion: 'v1', kind: 'Pod' });
      chart.keep();
      new ApiObject(chart, 'b', { apiVersion: 'v1', kind: 'Secret' });
      new ConfigMap(chart, 'c', { data: { A: 'b' } });
    });
    expect(annotations(set)).toEqual({ Pod: KEPT, Secret: KEPT, ConfigMap: KEPT });
  });

  it('keeps the options that it has, also those of an override', () => {
    const set = rendered((chart) => {
      const key = 'argocd.argoproj.io/sync-options';
      const settings = new ConfigMap(chart, 'settings', {
        annotations: { [key]: 'Prune=confirm, Replace=true' },
      });
      settings.keep();
      const other = new ApiObject(chart, 'other', { apiVersion: 'v1', kind: 'Pod' });
      keep(other);
      const web = new WebService(chart, 'web', { image, port: 80 }).keep();
      web.service.override({ metadata: { annotations: { [key]: 'ServerSideApply=true' } } });
    });
    expect(annotations(set)).toMatchObject({
      ConfigMap: { ...KEPT, 'argocd.argoproj.io/sync-options': 'Replace=true,Prune=false,Delete=false' },
      Service: { 'argocd.argoproj.io/sync-options': 'ServerSideApply=true,Prune=false,Delete=false' },
      Pod: KEPT,
    });
  });

  it('is kept by the synth of cdk8s as well', () => {
    const chart = new Cdk8sChart(new Cdk8sApp(), 'shop');
    keep(new ApiObject(chart, 'pod', { apiVersion: 'v1', kind: 'Pod' }));
    new ConfigMap(chart, 'settings').keep();
    expect(chart.toJson()).toMatchObject([
      { kind: 'Pod', metadata: { annotations: KEPT } },
      { kind: 'ConfigMap', metadata: { annotations: KEPT } },
    ]);
  });

  it('does not change the name of immutable configuration', () => {
    const named = (isKept: boolean) =>
      rendered((chart) => {
        const settings = new ConfigMap(chart, 'settings', { data: { A: 'b' } });
        if (isKept) settings.keep();
      }).get({ kind: 'ConfigMap' }).id.name;
    expect(named(true)).toBe(named(false));
  });

  it('is left in the cluster, as plan says', () => {
    const app = new App();
    new ConfigMap(new Chart(app, 'shop', { namespace: 'shop' }), 'settings').keep();
    const [change] = plan(synth(app), ManifestSet.of([])).changes;
    expect(change?.kept).toBe('argocd.argoproj.io/sync-options: Prune=false');
  });
});
