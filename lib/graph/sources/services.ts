import type { ReferenceCollector, ReferenceSource } from '../reference-collector';
import { serviceSelector } from '../services';
import type { Field } from '../../manifest/field';

/** The pods behind a Service. The addresses of one without a selector come from its EndpointSlices. */
export const service: ReferenceSource = (collect, object) => {
  const at = object.at('spec', 'selector');
  const selector = serviceSelector({ root: object });
  if (selector !== undefined) collect.pods('service-pods', at, selector, [collect.namespace]);
};

/** The Service whose addresses an EndpointSlice lists. */
export const endpointSlice: ReferenceSource = (collect, object) => {
  ofService(collect, object.at('metadata', 'labels', 'kubernetes.io/service-name'));
};

function ofService(collect: ReferenceCollector, name: Field): void {
  collect.name('endpoints-service', name, {
    group: '',
    kind: 'Service',
    namespace: collect.namespace,
    name: name.text,
  });
}

export const ingress: ReferenceSource = (collect, object) => {
  const spec = object.at('spec');
  const className = spec.at('ingressClassName');
  collect.name('ingress-class', className, {
    group: 'networking.k8s.io',
    kind: 'IngressClass',
    name: className.text,
  });
  ofIngressBackend(collect, spec.at('defaultBackend'));
  for (const rule of spec.list('rules')) {
    for (const path of rule.list('http', 'paths')) ofIngressBackend(collect, path.at('backend'));
  }
  for (const tls of spec.list('tls')) {
    const name = tls.at('secretName');
    collect.name('tls-secret', name, {
      group: '',
      kind: 'Secret',
      namespace: collect.namespace,
      name: name.text,
    });
  }
  const issuer = object.at('metadata', 'annotations', 'cert-manager.io/cluster-issuer');
  collect.name('issuer', issuer, { group: 'cert-manager.io', kind: 'ClusterIssuer', name: issuer.text });
  const near = object.at('metadata', 'annotations', 'cert-manager.io/issuer');
  const { namespace } = collect;
  collect.name('issuer', near, { group: 'cert-manager.io', kind: 'Issuer', namespace, name: near.text });
};

function ofIngressBackend(collect: ReferenceCollector, backend: Field): void {
  const { namespace } = collect;
  const service = backend.at('service');
  const name = service.at('name');
  const named = service.at('port', 'name');
  const at = named.isSet ? named : service.at('port', 'number');
  const target = { group: '', kind: 'Service', namespace, name: name.text };
  // The controllers that have annotations of their own for it take this name of a port for an action.
  const part = named.text === 'use-annotation' ? undefined : ({ type: 'port', at } as const);
  if (part !== undefined) collect.name('ingress-backend', name, target, { part });
  const resource = backend.at('resource');
  const [group, kind] = [resource.at('apiGroup').text, resource.at('kind').text];
  collect.name('other', resource.at('name'), { group, kind, namespace, name: resource.at('name').text });
}
