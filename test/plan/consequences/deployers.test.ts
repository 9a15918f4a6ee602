import { ManifestSet } from '../../../lib/manifest/set';
import { plan } from '../../../lib/plan/plan';
import type { KubeObject } from '../../../lib/manifest/manifest';
import { having, object } from '../changes';
import { workload } from './consequences';

const marked = (base: KubeObject, annotations: Record<string, string>): KubeObject =>
  having(base, 'metadata.annotations', annotations);
const FORCE = { 'kustomize.toolkit.fluxcd.io/force': 'enabled' };
const job = (image: string, spec: object = {}): KubeObject =>
  object('batch/v1', 'Job', {
    spec: { ...spec, template: { spec: { restartPolicy: 'Never', containers: [{ name: 'm', image }] } } },
  });

/** The effect on each object, and the sentences. */
function said(before: readonly object[], after: readonly object[]): string[] {
  const { changes } = plan(ManifestSet.of(before), ManifestSet.of(after));
  return changes.flatMap(({ effect, consequences }) => [
    effect,
    ...consequences.map(({ kind, severity, message }) => `${kind} ${severity}: ${message}`),
  ]);
}

describe('an object that its deployer deletes first', () => {
  it('is a Job that runs again', () => {
    expect(said([marked(job('a:1'), FORCE)], [marked(job('a:2'), FORCE)])).toEqual([
      'pods-replaced',
      'rollout info: Job shop/a is deleted and created again by Flux (kustomize.toolkit.fluxcd.io/force: enabled), and runs again. A run that is not finished is stopped.',
    ]);
    const hook = { 'helm.sh/hook': 'pre-upgrade' };
    expect(said([marked(job('a:1'), hook)], [marked(job('a:2'), hook)])).toEqual([
      'pods-replaced',
      'rollout info: Job shop/a is deleted and created again by Helm (helm.sh/hook: pre-upgrade), and runs again.',
    ]);
  });

  it('is a hook that runs at another time, or whose last run decides', () => {
    const test = { 'helm.sh/hook': 'test' };
    expect(said([marked(job('a:1'), test)], [marked(job('a:2'), test)])).toEqual([
      'updated',
      'rollout info: Job shop/a is a hook of Helm (helm.sh/hook: test): it is replaced and runs with helm test, not with this change.',
    ]);
    const hook = { 'helm.sh/hook': 'pre-upgrade', 'helm.sh/hook-delete-policy': 'hook-succeeded' };
    expect(said([marked(job('a:1'), hook)], [marked(job('a:2'), hook)])).toEqual([
      'pods-replaced',
      'rollout warning: Job shop/a is a hook (helm.sh/hook: pre-upgrade) that Helm deletes after a run that succeeded: it is created again and runs again. If its last run failed, it is still there, and creating it fails.',
    ]);
  });

  it('changes in place where the API server takes the change, unless it is always replaced', () => {
    const suspended = (annotations: Record<string, string>) =>
      said([marked(job('a'), annotations)], [marked(job('a', { suspend: true }), annotations)]);
    expect(suspended(FORCE)[0]).toBe('updated');
    expect(suspended({ 'argocd.argoproj.io/sync-options': 'Force=true,Replace=true' })[0]).toBe(
      'pods-replaced',
    );
  });

  it('stays rejected where a new object would be, too', () => {
    const [effect, ...rest] = said(
      [marked(job('a'), FORCE)],
      [marked(job('b', { backoffLimit: -1 }), FORCE)],
    );
    expect([effect, rest.length]).toEqual(['rejected', 1]);
  });

  it('is a workload that is down meanwhile', () => {
    const [before, after] = ['x', 'y'].map((app) =>
      marked(
        having(
          having(workload('Deployment'), 'spec.selector.matchLabels.app', app),
          'spec.template.metadata.labels.app',
          app,
        ),
        FORCE,
      ),
    ) as [KubeObject, KubeObject];
    expect(said([before], [after])).toEqual([
      'pods-replaced',
      'downtime warning: Deployment shop/a is deleted and created again by Flux (kustomize.toolkit.fluxcd.io/force: enabled): its pods stop, and nothing serves until new ones are ready.',
    ]);
  });

  it('is a Service with another address', () => {
    const service = (clusterIP: string) =>
      marked(object('v1', 'Service', { spec: { clusterIP, ports: [{ port: 80 }] } }), FORCE);
    expect(said([service('10.0.0.1')], [service('10.0.0.2')])).toEqual([
      'updated',
      'traffic warning: Service shop/a is deleted and created again by Flux (kustomize.toolkit.fluxcd.io/force: enabled): connections break, and it gets another cluster IP.',
    ]);
  });

  it('is a claim that loses its data', () => {
    const claim = (storageClassName: string) =>
      marked(
        object('v1', 'PersistentVolumeClaim', {
          spec: {
            storageClassName,
            accessModes: ['ReadWriteOnce'],
            resources: { requests: { storage: '1Gi' } },
          },
        }),
        FORCE,
      );
    expect(said([claim('a')], [claim('b')])).toEqual([
      'updated',
      'data error: PersistentVolumeClaim shop/a is deleted and created again by Flux (kustomize.toolkit.fluxcd.io/force: enabled): its volume goes with all data, unless its reclaim policy is Retain, and the new one is empty.',
    ]);
  });

  it('is a StatefulSet whose claims stay as they are', () => {
    const set = (storage: string) =>
      marked(
        workload('StatefulSet', {
          serviceName: 'a',
          volumeClaimTemplates: [
            {
              metadata: { name: 'data' },
              spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } } },
            },
          ],
        }),
        FORCE,
      );
    expect(said([set('1Gi')], [set('2Gi')])).toEqual([
      'pods-replaced',
      'data warning: Claims "data" of StatefulSet shop/a stay at 1Gi. Resize each to 2Gi directly, if its storage class allows expansion.',
      'downtime warning: StatefulSet shop/a is deleted and created again by Flux (kustomize.toolkit.fluxcd.io/force: enabled): its pods stop, and nothing serves until new ones are ready.',
    ]);
  });
});

describe('a Job with a TTL', () => {
  it('is created again once it is gone, and rejected before', () => {
    const spec = { ttlSecondsAfterFinished: 60 };
    expect(said([job('a:1', spec)], [job('a:2', spec)])).toEqual([
      'pods-replaced',
      'rollout warning: Job shop/a is deleted 60 seconds after it finishes (ttlSecondsAfterFinished). Once it is gone, it is created again and runs again; until then, the API server rejects the change.',
    ]);
  });

  it('is rejected where only the new one has it', () => {
    expect(said([job('a:1')], [job('a:2', { ttlSecondsAfterFinished: 60 })])[0]).toBe('rejected');
  });
});

describe('an object that stays when its manifest goes', () => {
  const keep = { 'helm.sh/resource-policy': 'keep' };
  const claim = object('v1', 'PersistentVolumeClaim', { spec: {} });

  it('is kept with its data, and no longer managed', () => {
    expect(said([marked(claim, keep)], [])).toEqual([
      'none',
      'identity info: PersistentVolumeClaim shop/a is kept in the cluster and no longer managed: helm.sh/resource-policy: keep.',
    ]);
  });

  it('is a hook, which nobody prunes', () => {
    expect(said([marked(job('a'), { 'argocd.argoproj.io/hook': 'PostSync' })], [])).toEqual([
      'none',
      'identity info: Job shop/a is kept in the cluster and no longer managed: hooks are not pruned (argocd.argoproj.io/hook: PostSync).',
    ]);
  });

  it('goes all the same with its namespace, and with the CRD of its kind', () => {
    const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
    expect(said([marked(claim, keep), namespace], [])).toContain('deleted');
    expect(
      said([marked(claim, keep), { ...namespace, metadata: { name: 'shop', annotations: keep } }], []),
    ).not.toContain('deleted');
    const crd = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'widgets.example.com' },
      spec: {
        group: 'example.com',
        names: { kind: 'Widget', plural: 'widgets' },
        scope: 'Namespaced',
        versions: [],
      },
    };
    expect(said([marked(object('example.com/v1', 'Widget'), keep), crd], [])[0]).toBe('deleted');
  });

  it('grants what it granted before', () => {
    const RBAC = 'rbac.authorization.k8s.io';
    const binding = object(`${RBAC}/v1`, 'RoleBinding', {
      roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: 'view' },
      subjects: [{ kind: 'ServiceAccount', name: 'a' }],
    });
    const settings = object('v1', 'ConfigMap');
    expect(
      said([marked(binding, keep), settings], [settings]).filter((each) => each.startsWith('access')),
    ).toEqual([]);
    expect(said([binding, settings], [settings]).filter((each) => each.startsWith('access'))).toHaveLength(1);
  });
});

describe('an object that its deployer leaves as it is', () => {
  const DISABLED = { 'kustomize.toolkit.fluxcd.io/reconcile': 'disabled' };
  const ONCE = { 'kustomize.toolkit.fluxcd.io/ssa': 'IfNotPresent' };
  const web = (image: string, annotations: Record<string, string> = {}) =>
    marked(workload('Deployment', {}, image), annotations);

  it('does not change, whatever differs', () => {
    expect(said([web('a:1', DISABLED)], [web('a:2', DISABLED)])).toEqual([
      'none',
      'identity info: Deployment shop/a stays as it is in the cluster: Flux does not apply it (kustomize.toolkit.fluxcd.io/reconcile: disabled).',
    ]);
    const { changes } = plan(ManifestSet.of([web('a:1', ONCE)]), ManifestSet.of([web('a:2', ONCE)]));
    expect(changes[0]).toMatchObject({
      effect: 'none',
      fields: [],
      notApplied: 'kustomize.toolkit.fluxcd.io/ssa: IfNotPresent',
    });
    expect(said([web('a:1', DISABLED)], [web('a:1', DISABLED)])).toEqual(['none']);
  });

  it('is not created, unless that is all that is done to it', () => {
    expect(said([], [web('a:1', DISABLED)])).toEqual([
      'none',
      'identity info: Deployment shop/a is not created: Flux does not apply it (kustomize.toolkit.fluxcd.io/reconcile: disabled).',
    ]);
    expect(said([], [web('a:1', ONCE)])).toEqual(['created']);
  });

  it('changes once the setting is gone, from something that nobody knows', () => {
    expect(said([web('a:1', DISABLED)], [web('a:2')])).toContain(
      'identity info: Deployment shop/a is applied again, without kustomize.toolkit.fluxcd.io/reconcile: disabled: the cluster may hold something other than the old manifest.',
    );
  });

  it('does not take away what its pods may do, or add to it', () => {
    const binding = (subjects: object[], annotations: Record<string, string> = {}) =>
      marked(
        object('rbac.authorization.k8s.io/v1', 'RoleBinding', {
          roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'edit' },
          subjects,
        }),
        annotations,
      );
    const bot = { kind: 'ServiceAccount', name: 'bot', namespace: 'shop' };
    const all = said([binding([bot], DISABLED)], [binding([], DISABLED)]);
    expect(all.filter((each) => each.startsWith('access'))).toEqual([]);
  });
});

describe('the request that an annotation asks for', () => {
  const OPTIONS = 'argocd.argoproj.io/sync-options';
  const recreate = (options: string, apply: 'server-side' | 'client-side') => {
    const base = marked(workload('Deployment', {}, 'a'), { [OPTIONS]: options });
    const now = having(base, 'spec.strategy', { type: 'Recreate' });
    return plan(ManifestSet.of([base]), ManifestSet.of([now]), { apply }).changes[0]?.effect;
  };

  it('decides instead of how all objects are applied', () => {
    expect(recreate('Replace=true', 'server-side')).toBe('updated');
    expect(recreate('Prune=false', 'server-side')).toBe('rejected');
    expect(recreate('ServerSideApply=true', 'client-side')).toBe('rejected');
    expect(recreate('Prune=false', 'client-side')).toBe('updated');
  });
});
