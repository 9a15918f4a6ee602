import { ManifestSet } from '../manifest/set';
import type { ClusterProfile } from '../profiles/cluster-profile';
import { Cluster } from '../graph/cluster';
import { admissionOf } from './admit-set';
import type { Finding } from './finding';

type Kind = Readonly<{ apiVersion: string; kind: string; spec: object }>;

/** The findings in an object, as admission gives them in a set without CustomResourceDefinitions. */
function found(object: Kind, profile: ClusterProfile = {}, construct?: string): Finding[] {
  const [manifest] = ManifestSet.of([{ metadata: { name: 'a' }, ...object }]);
  if (manifest === undefined) throw new Error('no object');
  const set = ManifestSet.from([{ ...manifest, ...(construct !== undefined && { origin: { construct } }) }]);
  return admissionOf(new Cluster(set, profile), { warnings: true }).map(({ finding }) => finding);
}

/** Severity, path, and message of each. */
function told(...args: Parameters<typeof found>): string[] {
  return found(...args).map(({ severity, path, message }) => `${severity} ${path}: ${message}`);
}

const monitor = (spec: object): Kind => ({
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'PodMonitor',
  spec: { selector: {}, podMetricsEndpoints: [{ port: 'metrics' }], ...spec },
});
const store = (apiVersion: string, spec: object = {}): Kind => ({
  apiVersion,
  kind: 'SecretStore',
  spec: { provider: { fake: { data: [] } }, ...spec },
});
const queue = (spec: object): Kind => ({
  apiVersion: 'keda.sh/v1alpha1',
  kind: 'ScaledObject',
  spec: {
    scaleTargetRef: { name: 'worker' },
    triggers: [{ type: 'cpu', metadata: { value: '80' } }],
    ...spec,
  },
});

describe('a custom resource without its definition', () => {
  it('is checked by the newest release of the software that is known', () => {
    expect(told(monitor({}))).toEqual([]);
    expect(told(monitor({ podMetricsEndpoint: [] }))).toEqual([
      expect.stringMatching(
        /^warning spec\.podMetricsEndpoint: unknown field "spec\.podMetricsEndpoint" \(Prometheus Operator 0\.\d+\)$/,
      ),
    ]);
  });

  it('is an error where the app made it, which renders for the newest release', () => {
    expect(told(monitor({ jobLabel: 7 }), {}, 'shop/api')).toEqual([
      expect.stringMatching(/^error spec\.jobLabel: Invalid value: 7: expected string, got integer \(/),
    ]);
  });

  it('says how to have it checked by another release', () => {
    const [finding] = found(monitor({ jobLabel: 7 }));
    expect(finding?.hint).toMatch(/^If the cluster has another release, name it in the profile, or pass its/);
  });

  it('is a warning where an older release accepts it, and says which', () => {
    const [finding] = found(store('external-secrets.io/v1beta1'), {}, 'shop/store');
    expect(finding).toMatchObject({
      rule: 'admission/unserved-kind',
      severity: 'warning',
      path: 'apiVersion',
      message: expect.stringContaining('(External Secrets Operator 0.17 and later)') as string,
      hint: expect.stringContaining('External Secrets Operator 0.16 accepts the object') as string,
    });
  });

  it('is checked by the last release that serves its version, too', () => {
    expect(told(store('external-secrets.io/v1beta1', { refreshIntervall: 1 }))).toEqual([
      expect.stringContaining('apiVersion: no matches for kind "SecretStore"'),
      expect.stringMatching(/^warning spec\.refreshIntervall: unknown field .* \(.* 0\.16\)$/),
    ]);
  });

  it('is checked by the release that the profile names, and by no other', () => {
    const old = { installed: { 'external-secrets': '0.16.2' } };
    expect(told(store('external-secrets.io/v1beta1'), old)).toEqual([]);
    expect(told(store('external-secrets.io/v1beta1'), { installed: { 'external-secrets': '0.17' } })).toEqual(
      [expect.stringMatching(/^error apiVersion: no matches .* \(External Secrets Operator 0\.17\)$/)],
    );
  });

  it('takes what a release accepts that is newer than one that does not', () => {
    expect(told(queue({ triggers: [] }))).toEqual([
      expect.stringMatching(/^warning spec\.triggers: .* \(KEDA 2\.20 and later\)$/),
    ]);
    expect(told(queue({ triggers: [] }), { installed: { keda: 'v2.19.0' } })).toEqual([]);
    expect(told(queue({ triggers: [] }), { installed: ['keda'] })).toHaveLength(1);
  });

  it('is not checked where the release is older than those that are known, or the kind is not known', () => {
    expect(told(queue({ triggers: 7 }), { installed: { keda: '1.5' } })).toEqual([
      expect.stringContaining('info kind: keda.sh/v1alpha1 ScaledObject is not checked'),
    ]);
    expect(told({ ...queue({}), kind: 'Unheard' })).toEqual([expect.stringContaining('is not checked')]);
  });

  it('is checked by the channel of the Gateway API', () => {
    const route = (): Kind => ({
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      spec: { rules: [{ retry: { attempts: 2 }, backendRefs: [{ name: 'a', port: 80 }] }] },
    });
    expect(told(route())).toEqual([]);
    expect(told(route(), { gatewayApi: { version: '1.4', channel: 'standard' } })).toEqual([
      'error spec.rules[0].retry: unknown field "spec.rules[0].retry" (Gateway API 1.4)',
    ]);
  });

  it('has the warnings of a server with the newest release', () => {
    const server = {
      apiVersion: 'policy.linkerd.io/v1beta1',
      kind: 'Server',
      spec: { podSelector: {}, port: 80 },
    };
    expect(told(server)).toEqual([
      'warning apiVersion: policy.linkerd.io/v1beta1 Server is deprecated; use policy.linkerd.io/v1beta3 Server',
    ]);
  });

  it('follows the rules of its definition', () => {
    const route: Kind = {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      spec: { rules: [{ matches: [{ path: { type: 'PathPrefix', value: 'shop' } }] }] },
    };
    expect(told(route)).toEqual([
      expect.stringMatching(
        /^warning spec\.rules\[0\]\.matches\[0\]\.path: Invalid value: value must be an absolute path/,
      ),
    ]);
  });

  it('is checked by its definition where the set has one', () => {
    const definition = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'scaledobjects.keda.sh' },
      spec: {
        group: 'keda.sh',
        scope: 'Namespaced',
        names: { kind: 'ScaledObject', plural: 'scaledobjects' },
        versions: [
          {
            name: 'v1alpha1',
            served: true,
            storage: true,
            schema: {
              openAPIV3Schema: { type: 'object', properties: { spec: { type: 'object', properties: {} } } },
            },
          },
        ],
      },
    };
    const set = ManifestSet.of([definition, { metadata: { name: 'a' }, ...queue({}) }]);
    const findings = admissionOf(new Cluster(set), {}).map(({ finding }) => finding);
    expect(findings.map(({ severity, path }) => `${severity} ${path}`)).toEqual([
      'error spec.scaleTargetRef',
      'error spec.triggers',
    ]);
  });
});
