import type { Field } from '../../manifest/field';
import { type NamingOptions, type ReferenceCollector, type ReferenceSource } from '../reference-collector';

const GATEWAY = 'gateway.networking.k8s.io';

/** The parents and the backends of a route of the Gateway API. */
export const route: ReferenceSource = (collect, object) => {
  const spec = object.at('spec');
  for (const parent of spec.list('parentRefs')) ofParent(collect, parent);
  for (const rule of spec.list('rules')) {
    for (const backend of rule.list('backendRefs')) {
      ofBackend(collect, backend);
      ofFilters(collect, backend);
    }
    ofFilters(collect, rule);
  }
};

function ofParent(collect: ReferenceCollector, parent: Field): void {
  const kind = parent.at('kind').text || 'Gateway';
  const isService = kind === 'Service';
  const group = parent.at('group').isSet ? parent.at('group').text : isService ? '' : GATEWAY;
  const target = { group, kind, namespace: namespaceAt(collect, parent), name: parent.at('name').text };
  const part = { type: 'listener', at: parent.at('sectionName') } as const;
  const options: NamingOptions = kind === 'Gateway' ? { part } : {};
  collect.name(isService ? 'route-backend' : 'gateway', parent.at('name'), target, options);
}

function ofFilters(collect: ReferenceCollector, rule: Field): void {
  for (const filter of rule.list('filters')) {
    const mirror = filter.at('requestMirror', 'backendRef');
    if (mirror.isSet) ofBackend(collect, mirror);
  }
}

function ofBackend(collect: ReferenceCollector, backend: Field): void {
  const group = backend.at('group').text;
  const kind = backend.at('kind').text || 'Service';
  const target = { group, kind, namespace: namespaceAt(collect, backend), name: backend.at('name').text };
  const isService = group === '' && kind === 'Service';
  collect.name(isService ? 'route-backend' : 'other', backend.at('name'), target, {
    ...(isService && { part: { type: 'port', at: backend.at('port') } }),
  });
}

/** The class of a Gateway, and the certificates of its listeners. */
export const gateway: ReferenceSource = (collect, object) => {
  const spec = object.at('spec');
  const className = spec.at('gatewayClassName');
  collect.name('gateway-class', className, { group: GATEWAY, kind: 'GatewayClass', name: className.text });
  for (const listener of spec.list('listeners')) {
    for (const ref of listener.list('tls', 'certificateRefs')) {
      if (ref.at('kind').isSet && ref.at('kind').text !== 'Secret') continue;
      const target = { group: '', kind: 'Secret', namespace: namespaceAt(collect, ref) };
      collect.name('tls-secret', ref.at('name'), { ...target, name: ref.at('name').text });
    }
  }
};

function namespaceAt(collect: ReferenceCollector, ref: Field): string {
  return ref.at('namespace').text || collect.namespace;
}
