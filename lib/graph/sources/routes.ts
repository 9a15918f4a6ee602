import type { Place } from '../place';
import { type NamingOptions, type Seeing, type Source } from '../seeing';

const GATEWAY = 'gateway.networking.k8s.io';

/** What a route of the Gateway API hangs on, and where it leads to. */
export const route: Source = (see, object) => {
  const spec = object.at('spec');
  for (const parent of spec.list('parentRefs')) ofParent(see, parent);
  for (const rule of spec.list('rules')) {
    for (const backend of rule.list('backendRefs')) {
      ofBackend(see, backend);
      ofFilters(see, backend);
    }
    ofFilters(see, rule);
  }
};

function ofParent(see: Seeing, parent: Place): void {
  const kind = parent.at('kind').text || 'Gateway';
  const isService = kind === 'Service';
  const group = parent.at('group').isSet ? parent.at('group').text : isService ? '' : GATEWAY;
  const target = { group, kind, namespace: namespaceAt(see, parent), name: parent.at('name').text };
  const part = { type: 'listener', at: parent.at('sectionName') } as const;
  const options: NamingOptions = kind === 'Gateway' ? { part } : {};
  see.name(isService ? 'route-backend' : 'gateway', parent.at('name'), target, options);
}

function ofFilters(see: Seeing, rule: Place): void {
  for (const filter of rule.list('filters')) {
    const mirror = filter.at('requestMirror', 'backendRef');
    if (mirror.isSet) ofBackend(see, mirror);
  }
}

function ofBackend(see: Seeing, backend: Place): void {
  const group = backend.at('group').text;
  const kind = backend.at('kind').text || 'Service';
  const target = { group, kind, namespace: namespaceAt(see, backend), name: backend.at('name').text };
  const isService = group === '' && kind === 'Service';
  see.name(isService ? 'route-backend' : 'other', backend.at('name'), target, {
    ...(isService && { part: { type: 'port', at: backend.at('port') } }),
  });
}

/** The class of a Gateway, and the certificates of its listeners. */
export const gateway: Source = (see, object) => {
  const spec = object.at('spec');
  const className = spec.at('gatewayClassName');
  see.name('gateway-class', className, { group: GATEWAY, kind: 'GatewayClass', name: className.text });
  for (const listener of spec.list('listeners')) {
    for (const ref of listener.list('tls', 'certificateRefs')) {
      if (ref.at('kind').isSet && ref.at('kind').text !== 'Secret') continue;
      const target = { group: '', kind: 'Secret', namespace: namespaceAt(see, ref) };
      see.name('tls-secret', ref.at('name'), { ...target, name: ref.at('name').text });
    }
  }
};

function namespaceAt(see: Seeing, ref: Place): string {
  return ref.at('namespace').text || see.namespace;
}
