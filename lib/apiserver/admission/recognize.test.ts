import type { KubernetesRelease } from '../../kube/schema';
import { recognize } from './recognize';

/** What is said of an object that is not recognized: `reason path: message [hint]`. */
function said(object: unknown, kubernetes: KubernetesRelease = '1.36'): string | undefined {
  const found = recognize(object, kubernetes);
  if (found.ok || found.violation === undefined) return undefined;
  const { reason, path, message, hint } = found.violation;
  return `${reason} ${path}: ${message}${hint === undefined ? '' : ` [${hint}]`}`;
}

const of = (apiVersion: unknown, kind: unknown): object => ({ apiVersion, kind });

it('a kind that is served is recognized', () => {
  expect(recognize(of('apps/v1', 'Deployment'), '1.36')).toEqual({
    ok: true,
    apiVersion: 'apps/v1',
    kind: 'Deployment',
  });
});

it('a kind of another group is left to its definition', () => {
  expect(recognize(of('acme.io/v1', 'Widget'), '1.36')).toEqual({ ok: false });
});

it.each([[undefined], [null], [[]], ['text'], [7]])('%j is no object', (object) => {
  expect(said(object)).toBe('not-an-object : expected an object with apiVersion and kind');
});

it('an object has an apiVersion and a kind', () => {
  for (const apiVersion of [undefined, '', 1])
    expect(said(of(apiVersion, 'Pod'))).toBe(
      'not-an-object apiVersion: Required value: a string such as apps/v1',
    );
  for (const kind of [undefined, '', 1])
    expect(said(of('v1', kind))).toBe('not-an-object kind: Required value: a string such as Deployment');
});

it.each<[string, string, KubernetesRelease, string]>([
  [
    'flowcontrol.apiserver.k8s.io/v1beta3',
    'FlowSchema',
    '1.32',
    'unserved-kind apiVersion: no matches for kind "FlowSchema" in version "flowcontrol.apiserver.k8s.io/v1beta3": ' +
      'it was removed in Kubernetes 1.32 [Use flowcontrol.apiserver.k8s.io/v1 FlowSchema instead.]',
  ],
  [
    'policy/v1beta1',
    'PodSecurityPolicy',
    '1.36',
    'unserved-kind apiVersion: no matches for kind "PodSecurityPolicy" in version "policy/v1beta1": ' +
      'it was removed in Kubernetes 1.25 [Label the namespaces with pod-security.kubernetes.io/enforce instead.]',
  ],
  [
    'networking.k8s.io/v1',
    'ServiceCIDR',
    '1.32',
    'unserved-kind apiVersion: no matches for kind "ServiceCIDR" in version "networking.k8s.io/v1": ' +
      'it is served since Kubernetes 1.33 [Use networking.k8s.io/v1beta1 ServiceCIDR instead.]',
  ],
  [
    'apps/v1',
    'Deploymnt',
    '1.36',
    'unserved-kind kind: no matches for kind "Deploymnt" in version "apps/v1" of Kubernetes 1.36 ' +
      '[Did you mean apps/v1 Deployment?]',
  ],
  [
    'v1',
    'Deployment',
    '1.36',
    'unserved-kind kind: no matches for kind "Deployment" in version "v1" of Kubernetes 1.36 ' +
      '[Did you mean apps/v1 Deployment?]',
  ],
  [
    'v1',
    'Zzzzzzzzzzzz',
    '1.36',
    'unserved-kind kind: no matches for kind "Zzzzzzzzzzzz" in version "v1" of Kubernetes 1.36',
  ],
  [
    'nogroup/v1',
    'Zzzzzzzzzzzz',
    '1.36',
    'unserved-kind kind: no matches for kind "Zzzzzzzzzzzz" in version "nogroup/v1" of Kubernetes 1.36',
  ],
  ['v1', 'ComponentStatus', '1.36', 'unserved-kind kind: ComponentStatus is read-only: it cannot be created'],
])('%s %s is not served by %s', (apiVersion, kind, kubernetes, message) => {
  expect(said(of(apiVersion, kind), kubernetes)).toBe(message);
});

it('a beta version that is off by default needs a flag', () => {
  expect(said(of('resource.k8s.io/v1beta1', 'ResourceClaim'), '1.33')).toBe(
    'unserved-kind apiVersion: no matches for kind "ResourceClaim" in version "resource.k8s.io/v1beta1": ' +
      'it is beta and not served by default [Enable it with --runtime-config.]',
  );
});
