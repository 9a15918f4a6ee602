import type { Field } from '../../manifest/field';
import { service, type Derived, type Maker, type Scope } from './maker';

/** The namespace at the first of some fields, or that of the object; anywhere where none is said. */
function into(...fields: readonly (readonly string[])[]): NonNullable<Maker['opens']> {
  return (object, own) => {
    const named = fields.map((path) => object.at(...path).text).find((text) => text !== '');
    const namespace = named ?? own;
    return { except: FLUX_GROUPS, ...(namespace !== undefined && { namespace }) };
  };
}

/** Charts hold no sources for charts. */
const FLUX_GROUPS = ['helm.toolkit.fluxcd.io', 'kustomize.toolkit.fluxcd.io', 'source.toolkit.fluxcd.io'];

/** What applies a repository may apply to any namespace. */
const anywhere = (): Scope => ({});

/** What applies a repository to one namespace, where it is told so. */
function anywhereUnless(...path: readonly string[]): NonNullable<Maker['opens']> {
  return (object) => {
    const namespace = object.at(...path).text;
    return namespace === '' ? {} : { namespace };
  };
}

/** An Application of a chart alone stays in its namespace; a repository may say its own. */
function application(object: Field): Scope {
  const spec = object.at('spec');
  const sources = [spec.at('source'), ...spec.list('sources')].filter(({ isSet }) => isSet);
  const namespace = spec.at('destination', 'namespace').text;
  const isChart = sources.length > 0 && sources.every((source) => source.at('chart').isSet);
  return isChart && namespace !== '' ? { namespace } : {};
}

/** Flux objects by which the operator has Flux sync a cluster: named after the namespace. */
function fluxSync(object: Field, _name: string, namespace: string): Derived[] {
  const sync = object.at('spec', 'sync');
  const kind = sync.at('kind').text;
  if (kind === '') return [];
  const name = sync.at('name').text || namespace;
  return [
    { target: { group: SOURCES, kind, namespace, name } },
    { target: { group: 'kustomize.toolkit.fluxcd.io', kind: 'Kustomization', namespace, name } },
  ];
}

/** The artifacts that a generator makes of others. */
function artifacts(object: Field, _name: string, namespace: string): Derived[] {
  const names = object.list('spec', 'artifacts').map((each) => each.at('name').text);
  return names.map((name) => ({ target: { group: SOURCES, kind: 'ExternalArtifact', namespace, name } }));
}

const SOURCES = 'source.toolkit.fluxcd.io';
const FLUX = 'https://fluxcd.io/flux/components';
const FLUX_OPERATOR = 'https://fluxoperator.dev/docs';
const ARGO = 'https://argo-cd.readthedocs.io/en/stable/operator-manual';

/** The claims of a StatefulSet, of as many pods as it may have: `<template>-<name>-<ordinal>`. */
function claims(object: Field, name: string, namespace: string): Derived[] {
  const spec = object.at('spec');
  const first = spec.at('ordinals', 'start').number || 0;
  const count = Math.min(Math.max(spec.at('replicas').number || 1, FEWEST), MOST);
  const ordinals = Array.from({ length: count }, (_, index) => first + index);
  return spec.list('volumeClaimTemplates').flatMap((template) =>
    ordinals.map((ordinal) => ({
      target: {
        group: '',
        kind: 'PersistentVolumeClaim',
        namespace,
        name: `${template.at('metadata', 'name').text}-${name}-${ordinal}`,
      },
    })),
  );
}

/** Pods that an autoscaler or a person may add without a word in the manifest. */
const FEWEST = 3;
const MOST = 100;

/** What deploys charts, packages and repositories, and the sources that it deploys. */
export const deployers: readonly Maker[] = [
  {
    kind: 'helm.toolkit.fluxcd.io/HelmRelease',
    source: `${FLUX}/helm/helmreleases/#target-namespace`,
    opens: into(['spec', 'targetNamespace']),
  },
  {
    kind: 'kustomize.toolkit.fluxcd.io/Kustomization',
    source: `${FLUX}/kustomize/kustomizations/#target-namespace`,
    opens: anywhereUnless('spec', 'targetNamespace'),
  },
  {
    // It makes no Service: Flux is installed with the one that routes to receivers name.
    kind: 'notification.toolkit.fluxcd.io/Receiver',
    source: `${FLUX}/notification/receivers/`,
    makes: (_object, _name, namespace) => [{ target: service('webhook-receiver', namespace) }],
    isWhole: true,
  },
  {
    kind: 'source.extensions.fluxcd.io/ArtifactGenerator',
    source: `${FLUX}/source/artifactgenerators/`,
    makes: artifacts,
  },
  {
    kind: 'fluxcd.controlplane.io/FluxInstance',
    source: `${FLUX_OPERATOR}/instance/sync`,
    makes: fluxSync,
    opens: anywhere,
  },
  {
    kind: 'fluxcd.controlplane.io/ResourceSet',
    source: `${FLUX_OPERATOR}/crd/resourceset`,
    opens: anywhere,
  },
  { kind: 'argoproj.io/Application', source: `${ARGO}/declarative-setup/`, opens: application },
  { kind: 'argoproj.io/ApplicationSet', source: `${ARGO}/applicationset/`, opens: anywhere },
  {
    kind: 'helm.cattle.io/HelmChart',
    source: 'https://docs.k3s.io/add-ons/helm',
    opens: into(['spec', 'targetNamespace']),
  },
  { kind: 'fleet.cattle.io/GitRepo', source: 'https://fleet.rancher.io/ref-gitrepo', opens: anywhere },
  { kind: 'fleet.cattle.io/Bundle', source: 'https://fleet.rancher.io/ref-bundle', opens: anywhere },
  {
    kind: 'helm.crossplane.io/Release',
    source: 'https://github.com/crossplane-contrib/provider-helm/blob/main/README.md',
    opens: into(['spec', 'forProvider', 'namespace']),
  },
  {
    kind: 'kubernetes.crossplane.io/Object',
    source: 'https://github.com/crossplane-contrib/provider-kubernetes/blob/main/README.md',
    opens: anywhereUnless('spec', 'forProvider', 'manifest', 'metadata', 'namespace'),
  },
  {
    kind: 'kappctrl.k14s.io/App',
    source: 'https://github.com/carvel-dev/kapp-controller/tree/develop/pkg/apis/kappctrl/v1alpha1',
    opens: anywhere,
  },
  {
    kind: 'packaging.carvel.dev/PackageInstall',
    source: 'https://github.com/carvel-dev/kapp-controller/tree/develop/pkg/apis/packaging/v1alpha1',
    opens: anywhere,
  },
  {
    kind: 'operators.coreos.com/Subscription',
    source:
      'https://github.com/operator-framework/api/blob/master/pkg/operators/v1alpha1/subscription_types.go',
    opens: into(),
  },
  {
    kind: 'operators.coreos.com/ClusterServiceVersion',
    source:
      'https://github.com/operator-framework/api/blob/master/pkg/operators/v1alpha1/clusterserviceversion_types.go',
    opens: into(),
  },
  {
    kind: 'operator.knative.dev/KnativeServing',
    source: 'https://github.com/knative/operator/blob/main/pkg/apis/operator/v1beta1/knativeserving_types.go',
    opens: into(),
  },
  {
    kind: 'operator.knative.dev/KnativeEventing',
    source:
      'https://github.com/knative/operator/blob/main/pkg/apis/operator/v1beta1/knativeeventing_types.go',
    opens: into(),
  },
  {
    kind: 'operator.tigera.io/Installation',
    source: 'https://docs.tigera.io/calico/latest/reference/installation/api',
    opens: anywhere,
  },
  {
    kind: 'apps/StatefulSet',
    source: 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#stable-storage',
    makes: claims,
  },
  {
    kind: 'serving.knative.dev/Service',
    source: 'https://knative.dev/docs/serving/services/',
    makes: (_object, name, namespace) => [{ target: service(name, namespace) }],
  },
  {
    kind: 'kyverno.io/ClusterPolicy',
    source: 'https://kyverno.io/docs/policy-types/cluster-policy/generate/',
    makes: generated,
  },
  {
    kind: 'kyverno.io/Policy',
    source: 'https://kyverno.io/docs/policy-types/cluster-policy/generate/',
    makes: generated,
  },
];

/** What the rules of a policy generate in the namespaces that they match. */
function generated(object: Field): Derived[] {
  return object.list('spec', 'rules').flatMap((rule) => {
    const generate = rule.at('generate');
    const [kind, name] = [generate.at('kind').text, generate.at('name').text];
    const [group = ''] = generate.at('apiVersion').text.split('/').slice(0, -1);
    return name === '' ? [] : [{ target: { group, kind, name } }];
  });
}
