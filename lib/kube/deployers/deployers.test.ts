import { hookOf } from './hooks';
import { keptBy } from './kept';
import { leftAloneBy } from './left-alone';
import { requestOf } from './request';
import { recreationOf, type Recreation } from './recreation';

const marks = (annotations: Record<string, string>, labels: Record<string, string> = {}) => ({
  annotations,
  labels,
});

it.each([
  [{ 'argocd.argoproj.io/sync-options': 'ServerSideApply=true, Prune=false' }, 'Argo CD'],
  [{ 'helm.sh/resource-policy': 'keep' }, 'Helm'],
  [{ 'kustomize.toolkit.fluxcd.io/prune': 'Disabled' }, 'Flux'],
  [{ 'kapp.k14s.io/delete-strategy': 'orphan' }, 'kapp'],
  [{ 'cli-utils.sigs.k8s.io/on-remove': 'keep' }, 'kpt'],
])('%j keeps an object', (annotations, deployer) => {
  expect(keptBy(marks(annotations))?.deployer).toBe(deployer);
});

it.each([
  { 'argocd.argoproj.io/sync-options': 'Prune=confirm' },
  { 'argocd.argoproj.io/sync-options': 'Delete=false' },
  { 'argocd.argoproj.io/sync-options': 'Prune=false ; other' },
  { 'helm.sh/resource-policy': 'delete' },
  { 'kustomize.toolkit.fluxcd.io/prune': 'true' },
])('%j keeps none', (annotations) => {
  expect(keptBy(marks(annotations))).toBeUndefined();
});

it('reads settings of Flux from labels too, and those of others from annotations only', () => {
  expect(keptBy(marks({}, { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' }))?.setting).toBe(
    'kustomize.toolkit.fluxcd.io/prune: disabled',
  );
  expect(keptBy(marks({}, { 'helm.sh/resource-policy': 'keep' }))).toBeUndefined();
  expect(keptBy({})).toBeUndefined();
});

const words = (found: Recreation | undefined): string =>
  found === undefined
    ? ''
    : [found.deployer, found.when, found.after, found.event].filter((each) => each !== undefined).join(' ');

it.each([
  ['PreSync', undefined, 'Argo CD always'],
  ['Skip', undefined, ''],
  ['PreSync,Skip', undefined, 'Argo CD always'],
  ['Sync', 'BeforeHookCreation', 'Argo CD always'],
  ['PostSync', 'HookSucceeded', 'Argo CD always succeeded'],
  ['PostSync', 'HookFailed', 'Argo CD always failed'],
  ['PostSync', 'HookSucceeded,HookFailed', 'Argo CD always'],
  ['PostSync', 'HookSucceeded, BeforeHookCreation', 'Argo CD always'],
  ['SyncFail', undefined, 'Argo CD always a sync that fails'],
])('a hook of Argo CD of type %s with the policy %s: %s', (type, policy, expected) => {
  const annotations = {
    'argocd.argoproj.io/hook': type,
    ...(policy !== undefined && { 'argocd.argoproj.io/hook-delete-policy': policy }),
  };
  expect(words(hookOf(marks(annotations)))).toBe(expected);
});

it.each([
  ['post-install,post-upgrade', undefined, 'Helm always'],
  ['pre-upgrade', 'hook-succeeded', 'Helm always succeeded'],
  ['pre-upgrade', 'before-hook-creation,hook-succeeded', 'Helm always'],
  ['test', undefined, 'Helm always helm test'],
  ['pre-install', undefined, 'Helm always an install'],
  ['post-delete', undefined, 'Helm always helm uninstall'],
  ['crd-install', undefined, ''],
])('a hook of Helm of type %s with the policy %s: %s', (type, policy, expected) => {
  const annotations = {
    'helm.sh/hook': type,
    ...(policy !== undefined && { 'helm.sh/hook-delete-policy': policy }),
  };
  expect(words(hookOf(marks(annotations)))).toBe(expected);
});

it.each([
  [{ 'argocd.argoproj.io/sync-options': 'Replace=true,Force=true' }, 'Argo CD always'],
  [{ 'argocd.argoproj.io/sync-options': 'Force=true' }, 'Argo CD refused'],
  [{ 'argocd.argoproj.io/sync-options': 'Replace=true' }, ''],
  [{ 'kustomize.toolkit.fluxcd.io/force': 'Enabled' }, 'Flux refused'],
  [{ 'kustomize.toolkit.fluxcd.io/force': 'true' }, ''],
  [{ 'kapp.k14s.io/update-strategy': 'fallback-on-replace' }, 'kapp refused'],
  [{ 'strategy.spinnaker.io/recreate': 'true' }, 'Spinnaker always'],
])('%j replaces an object: %s', (annotations, expected) => {
  expect(words(recreationOf(marks(annotations), {}))).toBe(expected);
});

it('takes the setting of Flux from the object that is there, and of others from the new one only', () => {
  expect(words(recreationOf({}, marks({ 'kustomize.toolkit.fluxcd.io/force': 'enabled' })))).toBe(
    'Flux refused',
  );
  expect(words(recreationOf({}, marks({ 'argocd.argoproj.io/sync-options': 'Force=true' })))).toBe('');
});

it.each([
  [{ 'kustomize.toolkit.fluxcd.io/reconcile': 'disabled' }, 'Flux always'],
  [{ 'kustomize.toolkit.fluxcd.io/ssa': 'Ignore' }, 'Flux always'],
  [{ 'kustomize.toolkit.fluxcd.io/ssa': 'IfNotPresent' }, 'Flux there'],
  [{ 'argocd.argoproj.io/hook': 'Skip' }, 'Argo CD always'],
  [{ 'kapp.k14s.io/noop': '' }, 'kapp always'],
  [{ 'kapp.k14s.io/update-strategy': 'skip' }, 'kapp there'],
  [{ 'configmanagement.gke.io/managed': 'disabled' }, 'Config Sync always'],
])('%j leaves an object as it is', (annotations, expected) => {
  const found = leftAloneBy(marks(annotations));
  expect(`${found?.deployer} ${found?.when}`).toBe(expected);
  // One that nobody applies is not pruned; one that is only created is.
  expect(keptBy(marks(annotations)) !== undefined).toBe(found?.when === 'always');
});

it.each([
  { 'kustomize.toolkit.fluxcd.io/reconcile': 'enabled' },
  { 'kustomize.toolkit.fluxcd.io/ssa': 'Merge' },
  { 'kustomize.toolkit.fluxcd.io/ssa': 'Override' },
  { 'argocd.argoproj.io/hook': 'Skip,PreSync' },
  { 'configmanagement.gke.io/managed': 'enabled' },
])('%j leaves none as it is', (annotations) => {
  expect(leftAloneBy(marks(annotations))).toBeUndefined();
});

it('keeps add-ons that only have to exist', () => {
  const addon = marks({}, { 'addonmanager.kubernetes.io/mode': 'EnsureExists' });
  expect([leftAloneBy(addon)?.when, keptBy(addon)?.deployer]).toEqual(['there', 'Addon Manager']);
});

it.each([
  ['Replace=true,ServerSideApply=true', 'replace'],
  ['Prune=false, ServerSideApply=true', 'server-side'],
  ['ServerSideApply=false', 'client-side'],
  ['Validate=false', undefined],
])('sends an object with the options %s by %s', (options, expected) => {
  expect(requestOf(marks({ 'argocd.argoproj.io/sync-options': options }))).toBe(expected);
});
