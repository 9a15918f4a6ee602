import { ManifestSet } from '../manifest/set';
import { Cluster } from './cluster';
import { podsOf } from './pods';
import { ingressPolicies, policiesByPods, policiesOf } from './policies';
import { isGateway, isPeer, mayBeOutside, namespaceName, peersOf } from './policy-peers';
import { brokenPolicies, isAboutPort, policyPorts, portOf } from './policy-ports';
import { worldOf } from './references';
import { affinityTerms, spreadConstraints } from './scheduling';

const pod = (app: string, namespace = 'shop', spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: app, namespace, labels: { app } },
  spec: { containers: [{ name: 'main', ports: [{ name: 'http', containerPort: 8080 }] }], ...spec },
});
const namespace = (name: string, labels: object) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels },
});
const policy = (spec: object) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'policy', namespace: 'shop' },
  spec: { podSelector: { matchLabels: { app: 'web' } }, ...spec },
});
const cluster = (...objects: object[]): Cluster => new Cluster(ManifestSet.of(objects));
const selecting = (app: string) => ({ podSelector: { matchLabels: { app } } });

describe('a policy', () => {
  const directions = (spec: object): string[] =>
    Object.keys(policiesOf(cluster(policy(spec)))[0]?.rules ?? {});

  it('limits ingress, and egress if it has rules for it, unless it says which', () => {
    expect(directions({})).toEqual(['ingress']);
    expect(directions({ egress: [{}] })).toEqual(['ingress', 'egress']);
    expect(directions({ policyTypes: ['Egress'] })).toEqual(['egress']);
    expect(directions({ policyTypes: ['Ingress'], egress: [{}] })).toEqual(['ingress']);
  });

  it('is for the pods of its namespace that it selects, and for all with an empty selector or none', () => {
    const objects = [pod('web'), pod('api'), pod('web', 'mail')];
    const podsFor = (spec: object) => policiesOf(cluster(...objects, policy(spec)))[0];
    expect(podsFor({})?.pods.map(({ manifest }) => manifest.id.name)).toEqual(['web']);
    expect(podsFor({})?.isForAll).toBe(false);
    for (const podSelector of [{}, undefined]) {
      expect(podsFor({ podSelector })?.pods.map(({ manifest }) => manifest.id.name)).toEqual(['web', 'api']);
      expect(podsFor({ podSelector })?.isForAll).toBe(true);
    }
  });

  it('is found by pods, and by the workload whose ingress it limits', () => {
    const all = cluster(pod('web'), pod('api'), policy({ policyTypes: ['Egress'] }), policy({}));
    const [web, api] = podsOf(all);
    if (web === undefined || api === undefined) throw new Error('no pods');
    expect(
      policiesByPods(all)
        .of(web)
        .map(({ length }) => length),
    ).toEqual([2]);
    expect(policiesByPods(all).has(api)).toBe(false);
    expect(
      ingressPolicies(all)
        .of(web)
        .flat()
        .map(({ rules }) => Object.keys(rules)),
    ).toEqual([['ingress']]);
  });
});

describe('a peer', () => {
  const all = (from: object) =>
    cluster(
      namespace('mail', { team: 'mail' }),
      pod('web'),
      pod('api'),
      pod('api', 'mail'),
      policy({ ingress: [{ from: [from] }] }),
    );
  const meant = (from: object): string[] => {
    const made = all(from);
    const peer = policiesOf(made)[0]?.rules.ingress?.[0]?.peers[0];
    if (peer === undefined) throw new Error('no peer');
    return podsOf(made)
      .filter((pods) => isPeer(worldOf(made), 'shop', peer, pods))
      .map((pods) => `${pods.namespace}/${pods.manifest.id.name}`);
  };

  it('means pods of the namespace of the policy, or of those that it selects', () => {
    expect(meant(selecting('api'))).toEqual(['shop/api']);
    expect(meant({ podSelector: {} })).toEqual(['shop/web', 'shop/api']);
    expect(meant({ ...selecting('api'), namespaceSelector: {} })).toEqual(['shop/api', 'mail/api']);
    expect(meant({ namespaceSelector: { matchLabels: { team: 'mail' } } })).toEqual(['mail/api']);
    const byName = { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } };
    expect(meant({ ...selecting('web'), namespaceSelector: byName })).toEqual(['shop/web']);
    expect(meant({ ipBlock: { cidr: '10.0.0.0/8' } })).toHaveLength(3);
  });

  it('is known only as far as it selects pods', () => {
    const known = (from: object) => {
      const made = all(from);
      const [first] = policiesOf(made);
      const rule = first?.rules.ingress?.[0];
      if (first === undefined || rule === undefined) throw new Error('no rule');
      return peersOf(worldOf(made), first, rule)?.map((pods) => `${pods.namespace}/${pods.manifest.id.name}`);
    };
    expect(known(selecting('api'))).toEqual(['shop/api']);
    expect(known({ ...selecting('api'), namespaceSelector: { matchLabels: { team: 'mail' } } })).toEqual([
      'mail/api',
    ]);
    for (const open of [{ podSelector: {} }, { ipBlock: {} }, selecting('none'), { namespaceSelector: {} }])
      expect(known(open)).toBeUndefined();
  });

  it('may be somebody from outside the namespace', () => {
    const peerOf = (from: object) => {
      const peer = policiesOf(cluster(policy({ ingress: [{ from: [from] }] })))[0]?.rules.ingress?.[0]
        ?.peers[0];
      if (peer === undefined) throw new Error('no peer');
      return peer;
    };
    const gateway = { podSelector: { matchLabels: { 'gateway.networking.k8s.io/gateway-name': 'edge' } } };
    expect([mayBeOutside(peerOf(selecting('api'))), isGateway(peerOf(selecting('api')))]).toEqual([
      false,
      false,
    ]);
    expect([mayBeOutside(peerOf(gateway)), isGateway(peerOf(gateway))]).toEqual([true, true]);
    expect(mayBeOutside(peerOf({ ipBlock: {} }))).toBe(true);
    expect(mayBeOutside(peerOf({ namespaceSelector: {} }))).toBe(true);
    const name = namespaceName(
      peerOf({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'a' } } }),
    );
    expect([name.text, name.path]).toEqual([
      'a',
      'spec.ingress[0].from[0].namespaceSelector.matchLabels[kubernetes.io/metadata.name]',
    ]);
  });
});

describe('a port', () => {
  const [web] = podsOf(cluster(pod('web')));
  const ruleWith = (port: object) => {
    const rule = policiesOf(cluster(policy({ ingress: [{ ports: [port] }] })))[0]?.rules.ingress?.[0];
    if (rule === undefined) throw new Error('no rule');
    return rule;
  };

  it.each([
    [{}, true],
    [{ protocol: 'UDP' }, false],
    [{ port: 8080 }, true],
    [{ port: 8081 }, false],
    [{ port: 'http' }, true],
    [{ port: 'https' }, false],
    [{ port: 8000, endPort: 8080 }, true],
    [{ port: 8000, endPort: 8079 }, false],
    [{ port: 8081, endPort: 9000 }, false],
  ])('%j is about 8080/TCP: %p', (port, isAbout) => {
    expect(isAboutPort(ruleWith(port), web, { number: 8080, protocol: 'TCP' })).toBe(isAbout);
  });

  it('by name means nothing outside of the cluster', () => {
    expect(isAboutPort(ruleWith({ port: 'http' }), undefined, { number: 8080, protocol: 'TCP' })).toBe(false);
    expect(portOf(undefined, 80, 'TCP')).toEqual({ number: 80, protocol: 'TCP' });
    expect(portOf(web, 'http', 'TCP')).toEqual({ number: 8080, protocol: 'TCP' });
    expect(portOf(web, 'http', 'UDP')).toBeUndefined();
  });

  it('that no pod has breaks the policy', () => {
    const made = cluster(pod('web'), pod('api'), policy({ ingress: [{ ports: [{ port: 9090 }] }] }));
    expect(policyPorts(made).map(({ at, pods }) => [at.path, pods.length])).toEqual([
      ['spec.ingress[0].ports[0].port', 1],
    ]);
    expect([...brokenPolicies(made)].map(({ id }) => id.kind)).toEqual(['NetworkPolicy']);
    expect(
      brokenPolicies(cluster(pod('web'), policy({ ingress: [{ ports: [{ port: 'http' }] }] }))).size,
    ).toBe(0);
  });

  it('of egress is one of the peers', () => {
    const egress = [{ to: [selecting('api')], ports: [{ port: 9090 }] }];
    const made = cluster(pod('web'), pod('api'), policy({ policyTypes: ['Egress'], egress }));
    expect(policyPorts(made).map(({ at, pods }) => [at.path, pods[0]?.manifest.id.name])).toEqual([
      ['spec.egress[0].ports[0].port', 'api'],
    ]);
  });

  it('may be one of pods that an operator makes, whose ports are not known', () => {
    const db = {
      apiVersion: 'postgresql.cnpg.io/v1',
      kind: 'Cluster',
      metadata: { name: 'db', namespace: 'shop' },
      spec: { instances: 3 },
    };
    const podSelector = { matchLabels: { 'cnpg.io/cluster': 'db' } };
    const rules = policy({ podSelector, ingress: [{ ports: [{ port: 'metrics' }] }] });
    expect(policyPorts(cluster(db, rules))).toEqual([]);
  });

  it('may be any where the policy is for pods that are not known', () => {
    expect(policyPorts(cluster(policy({ ingress: [{ ports: [{ port: 9 }] }] })))).toEqual([]);
  });

  it('of a policy for all pods may be that of others', () => {
    const made = cluster(pod('web'), policy({ podSelector: {}, ingress: [{ ports: [{ port: 9090 }] }] }));
    expect(policyPorts(made)).toEqual([]);
  });
});

describe('what the scheduler counts', () => {
  const labelSelector = (app: string) => ({ labelSelector: { matchLabels: { app } } });
  const podsWith = (spec: object) => {
    const [pods] = podsOf(cluster(pod('web', 'shop', spec)));
    if (pods === undefined) throw new Error('no pods');
    return pods;
  };

  it('by a spread constraint is in its own namespace', () => {
    const topologySpreadConstraints = [labelSelector('web'), labelSelector('api'), {}];
    const found = spreadConstraints(podsWith({ topologySpreadConstraints }));
    expect(found.map(({ selectsItself, namespaces }) => [selectsItself, namespaces])).toEqual([
      [true, ['shop']],
      [false, ['shop']],
      [false, ['shop']],
    ]);
    expect(found.map(({ selector }) => selector?.matchLabels)).toEqual([
      { app: 'web' },
      { app: 'api' },
      undefined,
    ]);
    expect(found[1]?.selectorField.path).toBe('spec.topologySpreadConstraints[1].labelSelector');
  });

  it('by an affinity is in the namespaces that it names, or that a selector finds', () => {
    const podAntiAffinity = {
      requiredDuringSchedulingIgnoredDuringExecution: [
        labelSelector('web'),
        { ...labelSelector('web'), namespaces: ['mail'] },
        { ...labelSelector('web'), namespaceSelector: {} },
      ],
      preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, podAffinityTerm: labelSelector('web') }],
    };
    const pods = podsWith({ affinity: { podAntiAffinity } });
    const required = affinityTerms(pods, 'podAntiAffinity', 'required');
    expect(required.map(({ selectsItself, namespaces }) => [selectsItself, namespaces])).toEqual([
      [true, ['shop']],
      [false, ['mail']],
      [true, undefined],
    ]);
    const [preferred] = affinityTerms(pods, 'podAntiAffinity', 'preferred');
    expect(preferred?.field.path).toBe(
      'spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm',
    );
    expect(affinityTerms(pods, 'podAffinity', 'required')).toEqual([]);
  });
});
